//! Choosing: a question with two or more options, each of which may carry an act; and elections, whose options are people who
//! accepted to stand. A question is a proposal with more to say than yes and no: its list, electorate, closing and performing are
//! those of all proposals. Counting is not done here: see `planet_count::vote`.

pub mod acts;
pub mod ask;
pub mod method;
pub mod pages;
pub mod rows;
pub mod secret;
pub mod settle;
pub mod views;
