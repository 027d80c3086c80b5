//! Founding the club: its name, its rules, its money and its first member, in one act that succeeds once.

use super::{open_account, settle_home, take_into_use};
use crate::arrival::{self, Welcome};
use crate::checks;
use crate::error::MembershipError;
use crate::rows::clubs::{self, ClubRow};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents::{self, NewAgent};
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::rules;
use planet_kit::ui::Accent;
use planet_ontology::acts::Authority;
use planet_ontology::entities::Group;
use planet_ontology::ids::{GroupId, MemberId, PlaceId};
use planet_ontology::roles::{Mode, Role};
use planet_ontology::units::Moment;
use planet_policy::bundle::Bundle;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Decimals of every club's credit: hours and coins alike are written with hundredths.
const DECIMALS: u8 = 2;

/// Found the club. The page handler has checked the founding link and the passkey.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Found {
    /// The club's name.
    pub club: String,
    /// What it is for.
    pub purpose: String,
    /// Its colour.
    pub accent: String,
    /// The rules that it begins with: policies, procedures and parameters of a starter kit.
    pub bundle: Value,
    /// The name of its credit: `Hours`.
    pub unit: String,
    /// The symbol of its credit: `h`.
    pub symbol: String,
    /// The town where it is at home, and where its founder lives.
    pub place: PlaceId,
    /// The founder's name.
    pub name: String,
    /// What the founder's browser made, waiting under this token.
    pub arrival: String,
}

impl Found {
    /// The same with all texts trimmed, or what is wrong with it. Begins no transaction.
    pub fn checked(&self) -> Result<Self, MembershipError> {
        let accent = Accent::from_word(&self.accent).ok_or(MembershipError::AccentUnknown)?;
        Ok(Self {
            club: checks::name(&self.club, checks::CLUB)?,
            purpose: checks::within(&self.purpose, checks::PURPOSE)?,
            accent: accent.word().into(),
            unit: checks::name(&self.unit, checks::UNIT)?,
            symbol: checks::needed(&self.symbol, checks::SYMBOL)?,
            name: checks::name(&self.name, checks::NAME)?,
            ..self.clone()
        })
    }
}

impl Act for Found {
    const NAME: &'static str = "membership.found";
    const ABOUT: &'static str = "Found the club and become its first member.";
    const AUTHORITY: Authority = Authority::House;
    type Touches = Group;
    type Output = MemberId;

    fn resource(&self, tx: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        if clubs::find(tx)?.is_some() {
            return Err(MembershipError::FoundedAlready.into());
        }
        // What it will be: there is no club yet.
        Ok(Resource::club(
            GroupId::CLUB,
            &Group { mode: Mode::Trading.word().into(), open: false, club: true },
        ))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<MemberId, Fault> {
        let new = self.checked()?;
        let bundle: Bundle =
            serde_json::from_value(self.bundle.clone()).map_err(|_| MembershipError::KitUnknown)?;
        if !bundle.problems().is_empty() {
            return Err(MembershipError::KitUnknown.into());
        }
        let place = take_into_use(tx, self.place)?;
        let row = ClubRow {
            name: new.club.clone(),
            purpose: new.purpose,
            accent: new.accent,
            unit: new.unit.clone(),
            symbol: new.symbol.clone(),
            place,
            founded: cx.now,
            joined: 0,
        };
        if !clubs::create(tx, &row)? {
            return Err(MembershipError::FoundedAlready.into());
        }
        let handle = agents::free_handle(tx, &new.club)?;
        let agent = NewAgent { handle: &handle, name: &new.club, now: cx.now };
        agents::create_group(tx, GroupId::CLUB, &agent, Mode::Trading, false)?;
        rules::adopt(tx, &bundle, cx.now)?;

        let days = i64::from(bundle.parameters.founder_days);
        let founder_until = Some(cx.now.plus_seconds(days * 86_400));
        let welcome = Welcome { name: &new.name, role: Role::Steward, founder_until, invitation: None };
        let founder = arrival::take(tx, &self.arrival, cx.now)?.come_in(tx, cx, &welcome)?;
        settle_home(tx, cx, founder.into(), place)?;

        let limits = bundle.parameters.credit;
        let credit = json!({
            "name": new.unit, "symbol": new.symbol, "decimals": DECIMALS, "min": limits.min, "max": limits.max,
        });
        cx.call_as(tx, Actor::House, "wallet.create_credit", credit)?;
        open_account(tx, cx, GroupId::CLUB.into())?;
        open_account(tx, cx, founder.into())?;
        Ok(founder)
    }
}
