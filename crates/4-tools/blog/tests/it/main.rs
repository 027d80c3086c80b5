//! The stories of the blog tool, on both engines.

#[cfg(test)]
mod feeds;
#[cfg(test)]
mod statements;
#[cfg(test)]
mod story;
