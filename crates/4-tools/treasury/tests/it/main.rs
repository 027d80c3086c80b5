//! The stories of the treasury, on both engines.

#[cfg(test)]
mod cards;
#[cfg(test)]
mod club;
#[cfg(test)]
mod matrix;
#[cfg(test)]
mod paying;
#[cfg(test)]
mod reconciling;
#[cfg(test)]
mod statements;
