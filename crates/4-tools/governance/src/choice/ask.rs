//! Asking: a question with options opens, or the nominations of an election. Everything that it is counted by is frozen here.

use crate::acts::{Close, MAX_TITLE, MOST_OPEN, Proposed, check_reason, group_resource};
use crate::choice::acts::Begin;
use crate::choice::method;
use crate::choice::rows::{self as questions, OptionRow, QuestionRow};
use crate::choice::secret::acts::ballot_of;
use crate::choice::secret::{SECRET, rows as secrets};
use crate::error::GovernanceError;
use crate::rows::{self, ProposalRow};
use planet_corridor::act::Act;
use planet_corridor::cx::{Cx, Referral};
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_count::secret::oprf::Key;
use planet_count::vote::Method;
use planet_kit::web::sheet::one_line;
use planet_ontology::entities::Group;
use planet_ontology::ids::{GroupId, ProposalId};
use planet_ontology::roles::Role;
use planet_ontology::units::{Moment, longer_than};
use planet_policy::measure::Seconds;
use planet_policy::procedure::Procedure;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The most options of a question.
pub const MOST_OPTIONS: usize = 40;
/// The longest name of an option, in characters.
pub const MAX_OPTION: u32 = 100;
/// The longest text about an option, in characters.
pub const MAX_ABOUT: u32 = 2_000;
/// The shortest time that a question is open.
const HOUR: i64 = 3_600;
/// The shortest time for nominations, and for the vote of an election.
const DAY: i64 = 24 * HOUR;
/// The longest.
const LONGEST: i64 = 90 * DAY;
/// The latest that a term ends: in ten years.
const LONGEST_TERM: i64 = 3_652 * DAY;

/// Ask members to choose.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// The group whose members choose.
    pub group: GroupId,
    /// The question.
    pub title: String,
    /// Why, for those who vote.
    #[serde(default)]
    pub reason: String,
    /// `question`, `check` (it performs nothing) or `election`.
    pub kind: String,
    /// `one`, `approval`, `score`, `dots`, `quadratic`, `schulze`, `irv`, `scottish`, `meek`, `greedy`, `equal_shares`, `lot` or `dates`.
    pub method: String,
    /// How many win.
    pub seats: u16,
    /// Dots or credits of each ballot.
    #[serde(default)]
    pub points: u32,
    /// The money that there is, in minor units.
    #[serde(default)]
    pub budget: i64,
    /// What there is to choose from; none in an election, where members stand.
    #[serde(default)]
    pub options: Vec<Offer>,
    /// How long it is open for votes, in seconds.
    pub open_for: i64,
    /// In an election: how long members can stand before that, in seconds.
    #[serde(default)]
    pub nominate_for: i64,
    /// In an election: `treasurer` or `steward`.
    #[serde(default)]
    pub role: Option<String>,
    /// In an election: when the term ends.
    #[serde(default)]
    pub until: Option<Moment>,
    /// `open` or `secret`. If it is not said, people are elected in secret and everything else is open.
    #[serde(default)]
    pub ballot: Option<String>,
}

/// An option.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// Its name.
    pub title: String,
    /// More about it.
    #[serde(default)]
    pub about: String,
    /// What it costs, in a vote on a budget, in minor units.
    #[serde(default)]
    pub cost: i64,
    /// The act that is performed if it wins.
    #[serde(default)]
    pub act: Option<String>,
    /// The act's arguments.
    #[serde(default)]
    pub args: Option<Value>,
}

impl Act for Ask {
    const NAME: &'static str = "governance.ask";
    const ABOUT: &'static str = "Ask members to choose between options, or to elect somebody.";
    touches!(Group, |act, tx, _| group_resource(tx, act.group));
    type Output = Proposed;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Proposed, Fault> {
        check_reason(&self.reason)?;
        let method = self.checked()?;
        let opener = cx.agent()?;
        if rows::count_open(tx, opener)? >= MOST_OPEN {
            return Err(GovernanceError::TooManyOpen(MOST_OPEN).into());
        }
        let id: ProposalId = cx.id();
        let election = self.kind == "election";
        let ballot = ballot_of(self.ballot.as_deref(), election)?;
        let begins = if election { cx.now.plus_seconds(self.nominate_for) } else { cx.now };
        let closes = begins.plus_seconds(self.open_for);
        if election
            && self.until.is_none_or(|until| until <= closes || until > cx.now.plus_seconds(LONGEST_TERM))
        {
            return Err(GovernanceError::TermWrong.into());
        }
        let options = if election { Vec::new() } else { self.options(method)? };
        let mut procedure = self.procedure(tx, cx, &options)?;
        let least = procedure.open_for.0;
        if self.open_for < least {
            return Err(GovernanceError::OpenTooShort(hours(least)).into());
        }
        procedure.open_for = Seconds(self.open_for + if election { self.nominate_for } else { 0 });
        let row = ProposalRow {
            id,
            group: self.group,
            opener,
            title: one_line(&self.title),
            reason: self.reason.trim().to_owned(),
            act: if election { SEAT.to_owned() } else { String::new() },
            args: json!({}),
            procedure: serde_json::to_value(&procedure).map_err(|error| Fault::Damaged(error.to_string()))?,
            voters: 0,
            opened: cx.now,
            closes,
            state: "open".into(),
            outcome: String::new(),
        };
        rows::create(tx, &row, &procedure)?;
        let question = QuestionRow {
            kind: self.kind.clone(),
            method: json!(method),
            seats: if method.one_seat() { 1 } else { i64::from(self.seats) },
            role: self.role.clone().filter(|_| election),
            term_ends: self.until.filter(|_| election),
            begins,
            begun: !election,
            result: None,
            ballot: ballot.to_owned(),
            shape: method::shape(&self.method).to_owned(),
        };
        questions::create(tx, id, &question)?;
        if ballot == SECRET {
            secrets::keep_key(tx, id, &Key::derive(&cx.random()))?;
        }
        for option in &options {
            questions::add_option(tx, id, option)?;
        }
        if election {
            cx.later(tx, begins, Begin::NAME, &json!({ "proposal": id }))?;
        }
        cx.later(tx, closes, Close::NAME, &json!({ "proposal": id }))?;
        Ok(Proposed { proposal: id })
    }
}

/// The act by which a group gives a role to those whom it elected.
pub const SEAT: &str = "groups.seat";

impl Ask {
    /// Everything that is wrong with the question by itself.
    fn checked(&self) -> Result<Method, GovernanceError> {
        if !self.title.contains(char::is_alphanumeric) {
            return Err(GovernanceError::QuestionMissing);
        }
        if longer_than(&self.title, MAX_TITLE) {
            return Err(GovernanceError::QuestionTooLong(MAX_TITLE));
        }
        let method = method::of_word(&self.method, self.points, self.budget)?;
        if self.seats == 0 || usize::from(self.seats) > MOST_OPTIONS {
            return Err(GovernanceError::SeatsWrong);
        }
        let shortest = match self.kind.as_str() {
            "question" | "check" => HOUR,
            "election" => DAY,
            _ => return Err(GovernanceError::KindUnknown),
        };
        if !(shortest..=LONGEST).contains(&self.open_for) {
            return Err(GovernanceError::OpenTooShort(hours(shortest)));
        }
        if self.kind != "election" {
            let foreign = self.nominate_for != 0 || self.role.is_some() || self.until.is_some();
            return if foreign { Err(GovernanceError::ElectionOnly) } else { Ok(method) };
        }
        if method.budget().is_some() || !self.options.is_empty() {
            return Err(GovernanceError::ElectionOptions);
        }
        if !(DAY..=LONGEST).contains(&self.nominate_for) {
            return Err(GovernanceError::NominationsTooShort);
        }
        let role = self.role.as_deref().and_then(Role::from_word);
        if !matches!(role, Some(Role::Treasurer | Role::Steward)) {
            return Err(GovernanceError::RoleUnknown);
        }
        Ok(method)
    }

    fn options(&self, method: Method) -> Result<Vec<OptionRow>, GovernanceError> {
        let offered = self.options.len();
        if !(2..=MOST_OPTIONS).contains(&offered) {
            return Err(GovernanceError::OptionsWrong(MOST_OPTIONS));
        }
        if usize::from(self.seats) > offered {
            return Err(GovernanceError::SeatsWrong);
        }
        let mut options: Vec<OptionRow> = Vec::with_capacity(offered);
        for (place, offer) in (0..).zip(&self.options) {
            let title = one_line(&offer.title);
            if !title.contains(char::is_alphanumeric) || longer_than(&title, MAX_OPTION) {
                return Err(GovernanceError::OptionTitle(MAX_OPTION));
            }
            if options.iter().any(|other| other.title.to_lowercase() == title.to_lowercase()) {
                return Err(GovernanceError::OptionTwice);
            }
            if longer_than(&offer.about, MAX_ABOUT) {
                return Err(GovernanceError::OptionTooLong(MAX_ABOUT));
            }
            let free = offer.cost == 0;
            if method.budget().map_or(!free, |budget| offer.cost <= 0 || offer.cost > budget) {
                return Err(GovernanceError::CostWrong);
            }
            if self.kind == "check" && offer.act.is_some() {
                return Err(GovernanceError::CheckPerforms);
            }
            options.push(OptionRow {
                place,
                title,
                about: offer.about.trim().to_owned(),
                cost: offer.cost,
                act: offer.act.clone(),
                args: offer.act.as_ref().map(|_| offer.args.clone().unwrap_or_else(|| json!({}))),
                agent: None,
            });
        }
        Ok(options)
    }

    /// Who chooses, and what an option needs beyond winning. Where options carry acts, that is the procedure by which those would be
    /// decided alone, so that no question is a way around it; a plain question needs nothing more.
    fn procedure(&self, tx: &mut Tx, cx: &mut Cx, options: &[OptionRow]) -> Result<Procedure, Fault> {
        let plain = Procedure {
            name: String::new(),
            about: "Members choose between options.".into(),
            at_once: false,
            ..Procedure::at_once().clone()
        };
        if self.kind == "election" {
            let seat = json!({ "group": self.group, "role": self.role, "people": [], "until": self.until });
            let found = cx.referral(tx, SEAT, &seat)?.procedure;
            return Ok(if found.at_once {
                plain
            } else {
                Procedure { early: false, delay: found.delay, ..found }
            });
        }
        let mut by: Option<Procedure> = None;
        for option in options {
            let (Some(act), Some(args)) = (&option.act, &option.args) else { continue };
            let Referral { procedure, group, .. } = cx.referral(tx, act, args)?;
            if procedure.at_once {
                return Err(GovernanceError::NeedsNoProposal.into());
            }
            if group != self.group {
                return Err(GovernanceError::OtherGroup.into());
            }
            // An objection is to one thing; among options it has no place.
            if procedure.objections_block.is_some() {
                return Err(GovernanceError::NeedsOwnProposal.into());
            }
            if by.as_ref().is_some_and(|by| *by != procedure) {
                return Err(GovernanceError::ProceduresDiffer.into());
            }
            cx.rehearse(tx, group, act, args)?;
            by = Some(procedure);
        }
        Ok(by.map_or(plain, |by| Procedure { early: false, opener_agrees: false, ..by }))
    }
}

const fn hours(seconds: i64) -> i64 {
    seconds / HOUR
}
