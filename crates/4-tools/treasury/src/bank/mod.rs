//! What banks write and read, as pure functions: account numbers, references, payment codes, statements. No tables.

pub mod camt;
pub mod csv;
pub mod details;
pub mod epc;
pub mod ofx;
pub mod reference;
pub mod statement;
