//! Stories about the ledger, each on both engines. What is true of accounts and amounts alone is in the sources.

#[cfg(test)]
mod audit;
#[cfg(test)]
mod club;
#[cfg(test)]
mod concurrency;
#[cfg(test)]
mod dated;
#[cfg(test)]
mod holds;
#[cfg(test)]
mod model;
#[cfg(test)]
mod opening;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod statement;
#[cfg(test)]
mod statements;
#[cfg(test)]
mod sweeps;
#[cfg(test)]
mod worked_example;
