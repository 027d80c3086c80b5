//! The stories of the groups tool, on both engines.

#[cfg(test)]
mod story;
