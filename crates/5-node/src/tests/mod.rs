//! Tests of the whole house: all tools over real rules, on both engines, through HTTP.

mod amending;
mod first_week;
mod dues;
mod forms;
mod http;
mod limits;
mod limits_currencies;
mod purse;
mod rules;
mod spending;
mod standing;
mod statements;
mod street;
mod trial;
mod verify;
