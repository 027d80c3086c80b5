//! The stories of the constitution, on both engines. Those under real rules are told by the node.

#[cfg(test)]
mod rehearsing;
#[cfg(test)]
mod seeing;
#[cfg(test)]
mod shop;
