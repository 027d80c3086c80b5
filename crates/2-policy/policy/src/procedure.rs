//! Procedures: how members decide about an act, as typed data. Consent, majority and two signatures are values of
//! one type; nothing here or elsewhere asks what a procedure is called. Counting is in [`crate::counting`].

use crate::measure::{Seconds, Share};
use planet_ontology::roles::Role;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// How an act is decided.
///
/// What is not written has no say: a procedure without a quorum needs none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a line of its own in the rules that members read")]
pub struct Procedure {
    /// The name that members call it by. Taken from its key in [`crate::Procedures::named`] when it is read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What it is, in a sentence for members.
    pub about: String,
    /// Whether whoever is permitted to act simply does it. Nothing else of the procedure matters then.
    #[serde(default)]
    pub at_once: bool,
    /// How long it is open for votes.
    #[serde(default)]
    pub open_for: Seconds,
    /// Who may vote.
    #[serde(default)]
    pub electorate: Electorate,
    /// How many have to take part.
    #[serde(default)]
    pub quorum: Quorum,
    /// The share that yes needs among yes, no and objections. Abstaining counts for the quorum only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yes_share: Option<YesShare>,
    /// How many have to say yes, whatever the size of the electorate. Two signatures: 2.
    #[serde(default)]
    pub yes_at_least: u32,
    /// How many objections block it. Without this an objection counts as a no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objections_block: Option<u32>,
    /// Whether it passes when nobody says anything.
    #[serde(default)]
    pub silence_passes: bool,
    /// Whether it is settled before its time, once those who have not voted yet cannot change the outcome.
    #[serde(default)]
    pub early: bool,
    /// Whether somebody who asks for it agrees to it by that, if they may vote: their wish is the first signature.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub opener_agrees: bool,
    /// How long it waits, once passed, before it takes effect.
    #[serde(default)]
    pub delay: Seconds,
}

/// Who may vote: those members of the group concerned who hold one of these roles when the proposal opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Electorate {
    /// The roles. Everybody in the group, unless said otherwise.
    pub roles: Vec<Role>,
}

impl Default for Electorate {
    fn default() -> Self {
        Self { roles: vec![Role::Member, Role::Treasurer, Role::Steward] }
    }
}

impl Electorate {
    /// Whether somebody of this role may vote.
    pub fn includes(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

/// How many have to take part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quorum {
    /// The share of the electorate that has to vote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of_electorate: Option<Share>,
    /// The number that has to vote; everybody, in an electorate smaller than that.
    #[serde(default)]
    pub at_least: u32,
}

impl Quorum {
    /// The number of ballots that this electorate needs.
    pub fn needed(self, electorate: u32) -> u32 {
        let share = self.of_electorate.map_or(0, |share| share.of_all(electorate));
        share.max(self.at_least.min(electorate))
    }
}

/// The share of votes that yes needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YesShare {
    /// The share.
    pub share: Share,
    /// Whether yes needs more than the share: a majority is more than half.
    #[serde(default)]
    pub strict: bool,
}

/// Something in the rules that cannot be, with the place where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{place}: {why}")]
pub struct Problem {
    /// The file and policy, or the field: `procedures.named.majority.yes_share`.
    pub place: String,
    /// What is wrong and what to do, in a sentence.
    pub why: String,
}

impl Problem {
    /// This is wrong there.
    pub fn new(place: impl Into<String>, why: impl Into<String>) -> Self {
        Self { place: place.into(), why: why.into() }
    }
}

/// A year: the longest that anything may stay open or wait.
const YEAR: Seconds = Seconds::days(366);

impl Procedure {
    /// Done at once by whoever is permitted: the procedure of every act that none is named for.
    pub fn at_once() -> &'static Self {
        static AT_ONCE: LazyLock<Procedure> = LazyLock::new(|| Procedure {
            name: "at once".into(),
            about: "Whoever is permitted to do it does it at once.".into(),
            at_once: true,
            open_for: Seconds(0),
            electorate: Electorate::default(),
            quorum: Quorum::default(),
            yes_share: None,
            yes_at_least: 0,
            objections_block: None,
            silence_passes: false,
            early: false,
            opener_agrees: false,
            delay: Seconds(0),
        });
        &AT_ONCE
    }

    /// The stricter of two: itself, unless the other is stricter.
    ///
    /// Any decision is stricter than none. Of two decisions that is stricter which asks more roles; then, which silence
    /// does not pass, which needs a larger share of yes, more who say yes, a larger quorum, and which waits longer.
    pub fn stricter<'a>(&'a self, other: &'a Self) -> &'a Self {
        if other.is_stricter_than(self) { other } else { self }
    }

    /// Whether it is stricter than another, in the order of [`Procedure::stricter`].
    pub fn is_stricter_than(&self, other: &Self) -> bool {
        self.strictness() > other.strictness()
    }

    /// What [`Procedure::stricter`] compares, in this order.
    fn strictness(&self) -> impl Ord + use<> {
        let roles = Role::ALL.iter().filter(|role| self.electorate.includes(**role)).count();
        let share = self.yes_share.map(|YesShare { share, strict }| (share.in_millionths(), strict));
        let quorum = (self.quorum.of_electorate.map(Share::in_millionths), self.quorum.at_least);
        (!self.at_once).then_some((roles, !self.silence_passes, share, self.yes_at_least, quorum, self.delay))
    }

    /// Whether it asks for signatures: so many who agree, of a few, and nobody's no counts against them.
    pub const fn is_signed(&self) -> bool {
        self.yes_at_least > 0 && self.yes_share.is_none() && self.objections_block.is_none()
    }

    /// What is wrong with it; nothing, if it can be used. Places are names of its fields.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut wrong = |field: &str, why: &str| problems.push(Problem::new(field, why));
        if self.about.trim().is_empty() {
            wrong("about", "Members need a sentence that says what this procedure is.");
        }
        if self.at_once {
            if *self
                != (Self { name: self.name.clone(), about: self.about.clone(), ..Self::at_once().clone() })
            {
                wrong(
                    "at_once",
                    "What is done at once has no vote: remove the other fields or set it to false.",
                );
            }
            return problems;
        }
        for (field, span, least) in [("open_for", self.open_for, 1), ("delay", self.delay, 0)] {
            if span.0 < least || span > YEAR {
                wrong(field, "This must be a span between a second and a year.");
            }
        }
        if self.electorate.roles.is_empty() || self.electorate.includes(Role::None) {
            wrong(
                "electorate.roles",
                "Name at least one role, and only roles that people hold in the group.",
            );
        }
        if self.quorum.of_electorate.is_some_and(|share| !share.is_sane()) {
            wrong("quorum.of_electorate", "A share cannot be more than the whole.");
        }
        if let Some(YesShare { share, strict }) = self.yes_share {
            if !share.is_sane() {
                wrong("yes_share.share", "A share cannot be more than the whole.");
            } else if share.parts == 0 {
                wrong("yes_share.share", "A share of nothing lets everything pass; leave it out instead.");
            } else if strict && share.parts == share.of {
                wrong("yes_share.strict", "Nobody can get more than all votes: set strict to false.");
            }
        }
        if self.objections_block == Some(0) {
            wrong("objections_block", "No objections at all would block it: write 1 or more.");
        }
        if self.yes_share.is_none() && self.yes_at_least == 0 && self.objections_block.is_none() {
            wrong("yes_share", "Nothing could stop it: set yes_share, yes_at_least or objections_block.");
        }
        if self.silence_passes && (self.yes_at_least > 0 || self.quorum != Quorum::default()) {
            wrong("silence_passes", "Silence cannot pass where votes are required: remove one or the other.");
        }
        problems
    }
}
