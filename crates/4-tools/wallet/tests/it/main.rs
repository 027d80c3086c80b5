//! The stories of the wallet tool, on both engines.

#[cfg(test)]
mod club;
#[cfg(test)]
mod dodging;
#[cfg(test)]
mod exchange;
#[cfg(test)]
mod notes;
#[cfg(test)]
mod payments;
#[cfg(test)]
mod programs;
#[cfg(test)]
mod proofs;
#[cfg(test)]
mod replay;
#[cfg(test)]
mod rule;
#[cfg(test)]
mod standing;
#[cfg(test)]
mod statement;
#[cfg(test)]
mod story;
#[cfg(test)]
mod town;
