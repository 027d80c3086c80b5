//! The rows of private conversations: devices, who takes part, the logs. What may be done with them is not decided here.

pub mod devices;
pub mod log;
pub mod people;
pub mod quota;
