//! The tables of this room: plain functions over a transaction. They decide nothing about who may call them.

pub mod applications;
pub mod clubs;
pub mod invitations;
pub mod members;
