//! The register of members. Who may take a copy of it sees all of it; others see who is a member since when, and all of their own
//! entry. Nothing here says where somebody lives or how to reach them: that is the profile's, for those who may see it.

use super::{Money, moneys};
use crate::acts::register::TakeRegister;
use crate::error::DuesError;
use crate::rows::people::{self, Entry};
use crate::rows::shares::{self, LotRow, RepaymentRow};
use crate::rows::terms::in_force;
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::receipt;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{CurrencyId, EventId, MemberId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Error, Tx};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How many entries a page has.
const PAGE: i64 = 100;
/// How many entries a copy has at the most.
const COPY: i64 = 20_000;
/// How many repayments of an entry are shown.
const FEW: i64 = 50;
/// Days in a year of keeping, leap years included.
const YEAR: i64 = 366;

/// The register of members.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Only those whose name or handle has this in it.
    #[serde(default)]
    pub q: Option<String>,
    /// Those who are members no more, as long as the terms have them kept.
    #[serde(default)]
    pub past: bool,
    /// Only those behind this handle.
    #[serde(default)]
    pub after: Option<String>,
    /// Everything in one piece, for a copy.
    #[serde(default)]
    pub whole: bool,
}

/// Shares in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Holding {
    /// How many.
    pub number: i64,
    /// What was paid for them.
    pub paid: Amount,
    /// In which currency.
    pub currency: CurrencyId,
}

/// A line of the register as the viewer may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RegisterLine {
    /// Who, since when and until when.
    pub entry: Entry,
    /// Shares; nothing where they are not for the viewer to see.
    pub shares: Option<Vec<Holding>>,
}

/// A page of the register.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RegisterView {
    /// The entries.
    pub lines: Vec<RegisterLine>,
    /// The handle behind which it goes on.
    pub next: Option<String>,
    /// How many members there are, and members of the past.
    pub counts: (i64, i64),
    /// Whether the viewer sees the whole of it.
    pub whole: bool,
    /// The currencies of the shares.
    pub moneys: Vec<Money>,
}

impl View for Register {
    const NAME: &'static str = "dues.register";
    const ABOUT: &'static str =
        "The register of members: who, since when, and for those who keep it, with how many shares.";
    type Output = RegisterView;

    fn read(&self, look: &mut Look) -> Result<RegisterView, Fault> {
        let me = look.member()?;
        let whole = look.may(&TakeRegister {})?;
        if (self.past || self.whole) && !whole {
            return Err(DuesError::KeepersOnly.into());
        }
        let after = match self.after.as_deref().filter(|it| !it.is_empty()) {
            Some(handle) => people::entry(look.tx, handle)?.map(|it| (it.name, it.id)),
            None => None,
        };
        let after = after.unwrap_or((String::new(), MemberId(Uuid::nil())));
        let kept = kept_since(look.tx, look.now)?;
        let limit = if self.whole { COPY } else { PAGE };
        let search = self.q.as_deref().unwrap_or_default();
        let entries = people::register(look.tx, search, self.past, kept, &after, limit + 1)?;
        let more = i64::try_from(entries.len()).is_ok_and(|count| count > limit);
        let shown: Vec<Entry> =
            entries.into_iter().take(usize::try_from(limit).unwrap_or(usize::MAX)).collect();
        let seen: Vec<MemberId> = shown.iter().map(|it| it.id).filter(|id| whole || *id == me).collect();
        let holdings = shares::held_by(look.tx, &seen)?;
        let moneys = moneys(look.tx, holdings.iter().map(|it| it.1))?;
        Ok(RegisterView {
            next: shown.last().filter(|_| more).map(|it| it.handle.clone()),
            lines: shown
                .into_iter()
                .map(|entry| {
                    let shares = seen.contains(&entry.id).then(|| holdings_of(&holdings, entry.id));
                    RegisterLine { entry, shares }
                })
                .collect(),
            counts: people::counts(look.tx, kept)?,
            whole,
            moneys,
        })
    }
}

fn holdings_of(all: &[(MemberId, CurrencyId, i64, Amount)], member: MemberId) -> Vec<Holding> {
    let own = all.iter().filter(|it| it.0 == member);
    own.map(|(_, currency, number, paid)| Holding { number: *number, paid: *paid, currency: *currency })
        .collect()
}

/// Since when somebody must have left to be in the register still.
fn kept_since(tx: &mut Tx, now: Moment) -> Result<Moment, Fault> {
    let years = in_force(tx)?.map_or(crate::terms::MOST_YEARS, |it| it.terms.keep_years);
    Ok(now.plus_seconds(-years * YEAR * 86_400))
}

/// One entry of the register.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryPage {
    /// Whose, by the handle.
    pub handle: String,
}

/// Something that happened and the event that proves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Proven {
    /// What happened: `joined`, `bought`, `repaid` or `left`.
    pub what: String,
    /// When.
    pub at: Moment,
    /// How many shares.
    pub number: i64,
    /// How much was paid, and in which currency.
    pub paid: Option<(Amount, CurrencyId)>,
    /// The event in the club's log, and its place there once it is sealed; nothing where the log does not have it.
    pub event: Option<(EventId, Option<i64>)>,
}

/// One entry with what proves it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EntryView {
    /// Who.
    pub entry: Entry,
    /// Shares held.
    pub shares: Vec<Holding>,
    /// What happened, in order of time.
    pub proven: Vec<Proven>,
    /// The currencies.
    pub moneys: Vec<Money>,
    /// Whether it is the viewer's own.
    pub own: bool,
}

impl View for EntryPage {
    const NAME: &'static str = "dues.entry";
    const ABOUT: &'static str = "One entry of the register of members, with the events that prove it.";
    type Output = EntryView;

    fn read(&self, look: &mut Look) -> Result<EntryView, Fault> {
        let me = look.member()?;
        let entry = people::entry(look.tx, &self.handle)?.ok_or(DuesError::MemberUnknown)?;
        let own = entry.id == me;
        if !own && !look.may(&TakeRegister {})? {
            return Err(DuesError::MemberUnknown.into());
        }
        let kept = kept_since(look.tx, look.now)?;
        if entry.standing == "left" && entry.left_at.is_some_and(|left| left < kept) {
            return Err(DuesError::MemberUnknown.into());
        }
        let holdings = shares::held_by(look.tx, &[entry.id])?;
        let lots = shares::lots(look.tx, entry.id)?;
        let repaid = shares::repayments_of(look.tx, entry.id, FEW)?;
        let currencies: Vec<CurrencyId> = lots.iter().map(|it| it.currency).collect();
        Ok(EntryView {
            shares: holdings_of(&holdings, entry.id),
            proven: proven(look.tx, &entry, &lots, &repaid)?,
            moneys: moneys(look.tx, currencies)?,
            own,
            entry,
        })
    }
}

/// What happened with a member and its shares, each with its event.
fn proven(
    tx: &mut Tx,
    entry: &Entry,
    lots: &[LotRow],
    repaid: &[RepaymentRow],
) -> Result<Vec<Proven>, Error> {
    let joined = proof(tx, "joined", "/joined", &entry.id.to_string(), entry.since)?;
    let mut all = vec![joined];
    for lot in lots {
        let it = proof(tx, "bought", "/moved/transfer", &lot.transfer.to_string(), lot.bought)?;
        let paid = Amount(lot.price.0.saturating_mul(lot.number));
        all.push(Proven { number: lot.number, paid: Some((paid, lot.currency)), ..it });
    }
    for it in repaid.iter().filter(|it| it.state == "paid") {
        let found = proof(tx, "repaid", "/repaid", &it.id.to_string(), it.ended.unwrap_or(it.due))?;
        all.push(Proven { number: it.number, paid: Some((it.amount, it.currency)), ..found });
    }
    if let Some(left) = entry.left_at {
        all.push(proof(tx, "left", "/left", &entry.id.to_string(), left)?);
    }
    all.sort_by_key(|it| it.at);
    Ok(all)
}

/// The event that says so, by what it says of an id.
fn proof(tx: &mut Tx, what: &str, says: &str, id: &str, at: Moment) -> Result<Proven, Error> {
    let tells = |entry: &planet_corridor::event::Entry| {
        entry.effects.iter().any(|effect| effect.pointer(says).is_some_and(|it| *it == id))
    };
    let event = receipt::find(tx, id, at, tells)?.map(|(event, _)| (event.id, event.position));
    Ok(Proven { what: what.to_owned(), at, number: 0, paid: None, event })
}
