//! The stories of the groups tool, on both engines.

#[cfg(test)]
mod door;
#[cfg(test)]
mod statements;
#[cfg(test)]
mod story;
#[cfg(test)]
mod tree;
