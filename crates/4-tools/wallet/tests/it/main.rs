//! The stories of the wallet tool, on both engines.

#[cfg(test)]
mod story;
