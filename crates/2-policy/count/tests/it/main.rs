//! Counting, told in small votes, in what holds for all votes, and beside programs that others wrote.

#[cfg(test)]
mod beside_others;
#[cfg(test)]
mod dice;
#[cfg(test)]
mod holds;
#[cfg(test)]
mod published;
#[cfg(test)]
mod small;
#[cfg(test)]
mod twice;
