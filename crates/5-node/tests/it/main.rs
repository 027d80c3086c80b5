//! The program as an operator meets it: what it says and how it exits when something is not as it should be.

#[cfg(test)]
mod program;
