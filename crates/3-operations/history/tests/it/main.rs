//! Exports as people bring them: whole ones, broken ones, and those that mean harm.

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod making;
#[cfg(test)]
mod reading;
