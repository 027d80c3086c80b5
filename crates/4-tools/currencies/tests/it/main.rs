//! The stories of the currencies tool, on both engines.

#[cfg(test)]
mod cast;
#[cfg(test)]
mod deli;
