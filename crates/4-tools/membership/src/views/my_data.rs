//! Everything that the node holds about a member, to take along. What other people wrote is not in it.

use crate::acts::Export;
use crate::error;
use crate::rows::{clubs, invitations, members};
use planet_corridor::act::View;
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::event::{Entry, EventRow};
use planet_corridor::look::Look;
use planet_corridor::refusal::{Fault, Refusal};
use planet_identity::IdentityError;
use planet_identity::encoding::b64u;
use planet_identity::rows::{device_keys, did_logs, passkeys, recovery, sessions, vaults};
use planet_ledger as ledger;
use planet_ontology::ids::{InvitationId, MemberId};
use planet_ontology::units::Moment;
use planet_store::{Tx, sql};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

/// The most events and the most lines of a statement.
const MOST: i64 = 100_000;

/// Everything about the viewer.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MyData {}

impl View for MyData {
    const NAME: &'static str = "membership.my_data";
    const ABOUT: &'static str = "Everything that the club's node holds about you.";
    type Output = Value;

    fn read(&self, look: &mut Look) -> Result<Value, Fault> {
        let member = look.member()?;
        let decision = look.could(&Export {})?;
        if !decision.allowed {
            return Err(Refusal::not_allowed("not_permitted", decision.reason).into());
        }
        let (tx, now) = (&mut *look.tx, look.now);
        let home = planet_places::home(tx, member.into()).map_err(error::places)?;
        let home = match home {
            Some(home) => {
                let line = planet_places::ancestors(tx, home.place).map_err(error::places)?;
                json!({ "home": home, "lies_in": line })
            }
            None => Value::Null,
        };
        let suspension = members::suspension(tx, member)?;
        Ok(json!({
            "about": "Everything that this club's node holds about you. Times are microseconds since 1970, money is in minor units.",
            "taken": now.rfc3339(),
            "club": clubs::find(tx)?.map(|club| club.name),
            "member": agents::find(tx, member.into())?,
            "number": clubs::number_of(tx, member)?,
            "suspension": suspension.map(|it| json!({ "until": it.until, "reason": it.reason })),
            "groups": agents::groups_of(tx, member.into())?,
            "circles": circles(tx, member)?,
            "home": home,
            "identity": identity(tx, member, now).map_err(error::identity)?,
            "invitations": invited(tx, member)?,
            "accounts": accounts(tx, member)?,
            "acts": acts(tx, member)?,
        }))
    }
}

fn circles(tx: &mut Tx, member: MemberId) -> Result<Vec<Value>, Fault> {
    let mut all = Vec::new();
    for (id, name) in agents::circles(tx, member)? {
        let people = tx.rows::<(String, String)>(
            sql!(
                "SELECT a.handle, a.name FROM circle_members c JOIN agents a ON a.id = c.agent_id
                  WHERE c.circle_id = ?1 ORDER BY a.handle"
            ),
            &[&id],
        )?;
        all.push(json!({ "id": id, "name": name, "people": people }));
    }
    Ok(all)
}

/// Identifier, ways in, devices. The vault is encrypted; only its owner can open it.
fn identity(tx: &mut Tx, member: MemberId, now: Moment) -> Result<Value, IdentityError> {
    let agent = member.into();
    let hosted = did_logs::of(tx, agent)?;
    let vault = match vaults::of(tx, agent) {
        Ok(vault) => Some(vault),
        Err(IdentityError::VaultUnknown) => None,
        Err(error) => return Err(error),
    };
    let wraps: Vec<Value> = vaults::wraps(tx, agent)?
        .into_iter()
        .map(|wrap| json!({ "kind": wrap.kind, "reference": wrap.reference, "wrap": b64u(&wrap.wrapped) }))
        .collect();
    let passkeys: Vec<Value> = passkeys::of(tx, agent)?
        .into_iter()
        .map(|it| {
            json!({ "id": b64u(&it.credential_id), "label": it.label, "created": it.created, "last_used": it.last_used })
        })
        .collect();
    let devices: Vec<Value> = sessions::of(tx, agent, now)?
        .into_iter()
        .map(|it| json!({ "label": it.label, "created": it.created, "last_seen": it.last_seen }))
        .collect();
    let keys: Vec<Value> = device_keys::of(tx, agent)?
        .into_iter()
        .map(|it| json!({ "key": it.did_key, "label": it.label, "created": it.created, "last_used": it.last_used }))
        .collect();
    Ok(json!({
        "did": hosted.as_ref().map(|hosted| hosted.did.clone()),
        "held_for_you": hosted.is_some_and(|hosted| hosted.held_by_node),
        "log": did_logs::text_of(tx, agent)?,
        "vault": vault.map(|vault| json!({ "version": vault.version, "ciphertext": b64u(&vault.ciphertext), "wraps": wraps })),
        "passkeys": passkeys,
        "signed_in_devices": devices,
        "program_keys": keys,
        "recovery_codes_left": recovery::left(tx, agent)?,
    }))
}

fn invited(tx: &mut Tx, member: MemberId) -> Result<Vec<Value>, Fault> {
    let first = (Moment(i64::MAX), InvitationId(uuid::Uuid::max()));
    let rows = invitations::list(tx, Some(member.into()), first, MOST)?;
    let show = |row: invitations::InvitationRow| {
        json!({ "id": row.id, "name": row.name, "email": row.email, "note": row.note, "created": row.created,
                "expires": row.expires, "used": row.used, "withdrawn": row.withdrawn })
    };
    Ok(rows.into_iter().map(show).collect())
}

fn accounts(tx: &mut Tx, member: MemberId) -> Result<Vec<Value>, Fault> {
    let mut all = Vec::new();
    for account in ledger::accounts_of(tx, member.into())? {
        let currency = ledger::find_currency(tx, account.currency)?;
        let lines = ledger::statement(tx, account.id, None, MOST)?;
        all.push(json!({
            "account": account.id,
            "currency": currency.map(|it| json!({ "code": it.code, "name": it.name, "symbol": it.symbol, "decimals": it.decimals })),
            "balance": account.balance(),
            "statement": lines,
        }));
    }
    Ok(all)
}

/// All that the member ever did here, with everything that was written in doing so.
fn acts(tx: &mut Tx, member: MemberId) -> Result<Vec<Entry>, Fault> {
    let pattern = format!("%\"member\":\"{member}\"%");
    let events = tx.rows::<EventRow>(
        sql!(
            "SELECT id, at, act, body, salt, commitment, position FROM events WHERE body LIKE ?1 ORDER BY at, id LIMIT ?2"
        ),
        &[&pattern, &MOST],
    )?;
    let own = |entry: &Entry| entry.actor == Actor::Member(member);
    Ok(events.iter().flat_map(EventRow::entries).flatten().filter(own).collect())
}
