//! Tests of the whole house: all tools over real rules, on both engines, through HTTP.

mod amending;
mod dues;
mod first_week;
mod forms;
mod http;
mod limits;
mod limits_currencies;
mod own_affairs;
mod purse;
mod rules;
mod spending;
mod standing;
mod statements;
mod street;
mod trial;
mod verify;
