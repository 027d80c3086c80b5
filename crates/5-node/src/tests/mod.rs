//! Tests of the whole house: all tools over real rules, on both engines, through HTTP.

mod http;
mod rules;
mod statements;
mod street;
