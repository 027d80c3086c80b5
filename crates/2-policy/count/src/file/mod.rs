//! The files in which elections elsewhere are published: BLT, the cast-vote records of `RCTab`, and Pabulib's `.pb`. They are read
//! strictly, with the line at which something is wrong.

pub mod blt;
pub mod pabulib;
pub mod rctab;

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct FileError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub why: String,
}

impl FileError {
    /// This is wrong there.
    pub fn at(line: usize, why: impl Into<String>) -> Self {
        Self { line, why: why.into() }
    }
}
