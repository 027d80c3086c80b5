//! Delegation: a member names another, who votes for them where they do not vote themself. It is read when a vote is counted and gives
//! nobody a weight: what a delegate said is cast once more, as the ballot of each who named them. How ways and circles are read is in
//! `planet_policy::delegation`.

pub mod acts;
pub mod cast;
pub mod error;
pub mod pages;
pub mod rows;
pub mod views;

/// What decisions can be about: the words of the topics, as they are offered. One is about the first whose tools it uses.
pub const TOPICS: [&str; 4] = ["people", "money", "rules", "other"];
/// The word of all topics together.
pub const EVERYTHING: &str = "";
/// How long somebody is named: a year, in seconds. Whoever wants it longer names them again.
pub const LASTS: i64 = 365 * 86_400;

/// The topic of an act: who belongs and holds roles, what is paid and owed, what the rules say, or anything else.
pub fn topic_of(act: &str) -> &'static str {
    match act.split('.').next().unwrap_or_default() {
        "membership" | "groups" => "people",
        "wallet" | "currencies" | "treasury" | "crypto" => "money",
        "constitution" => "rules",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choice::ask::SEAT;

    #[test]
    fn everything_that_is_decided_has_a_topic_that_can_be_named() {
        for (act, topic) in [
            (SEAT, "people"),
            ("wallet.set_rule", "money"),
            ("constitution.set_parameter", "rules"),
            ("", "other"),
        ] {
            assert_eq!(topic_of(act), topic);
            assert!(TOPICS.contains(&topic));
        }
    }
}
