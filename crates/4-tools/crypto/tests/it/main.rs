//! The stories of coins on chains, on both engines, with a chain that does as it is told.

#[cfg(test)]
mod bitcoin;
#[cfg(test)]
mod evm;
#[cfg(test)]
mod house;
#[cfg(test)]
mod statements;
