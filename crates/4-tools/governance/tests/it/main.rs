//! The stories of the governance tool, on both engines.

#[cfg(test)]
mod asking;
#[cfg(test)]
mod assuming;
#[cfg(test)]
mod choosing;
#[cfg(test)]
mod delegating;
#[cfg(test)]
mod many;
#[cfg(test)]
mod secret;
#[cfg(test)]
mod signing;
#[cfg(test)]
mod story;
#[cfg(test)]
mod talking;
