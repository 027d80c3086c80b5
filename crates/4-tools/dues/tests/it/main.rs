//! The stories of dues and shares, on both engines.

#[cfg(test)]
mod club;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod matrix;
#[cfg(test)]
mod owing;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod programs;
#[cfg(test)]
mod sharing;
#[cfg(test)]
mod statements;
