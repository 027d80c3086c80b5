//! The stories of the wallet tool, on both engines.

#[cfg(test)]
mod payments;
#[cfg(test)]
mod replay;
#[cfg(test)]
mod story;
#[cfg(test)]
mod town;
