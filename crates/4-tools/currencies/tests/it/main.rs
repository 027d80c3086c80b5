//! The stories of the currencies tool, on both engines.

#[cfg(test)]
mod cast;
#[cfg(test)]
mod credit;
#[cfg(test)]
mod deli;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod rates;
#[cfg(test)]
mod sight;
