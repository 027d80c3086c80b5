//! What surrounds a decision: members talk about it before, state what came of it, and take on what follows from it. Nothing here
//! counts as a vote.

pub mod acts;
pub mod due;
pub mod hearing;
pub mod pages;
pub mod rows;
pub mod views;
