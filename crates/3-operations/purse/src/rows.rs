//! The rows of wallets' rules, and of what keepers paid alone.

use crate::rule::{Rule, Spend, Step, WINDOW};
use planet_corridor::cx::Cx;
use planet_ontology::ids::{AgentId, CurrencyId, GroupId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Bind, Error, Ids, Tx, record, sql};
use serde_json::Value;
use std::collections::HashMap;
use uuid::Uuid;

record! {
    struct RuleRow { group: GroupId, currency: CurrencyId, alone: Option<Amount>, steps: Value }
}

impl From<RuleRow> for Rule {
    /// Steps that cannot be read leave a rule that nobody's payment fits: the corridor refuses and says so.
    fn from(row: RuleRow) -> Self {
        let unreadable = || vec![Step { up_to: None, procedure: "?".into() }];
        match serde_json::from_value(row.steps) {
            Ok(steps) => Self { alone: row.alone, steps },
            Err(_) => Self { alone: None, steps: unreadable() },
        }
    }
}

/// The rules of these groups' wallets, held as they are until the transaction ends.
pub(crate) fn hold(
    tx: &mut Tx,
    groups: impl Iterator<Item = GroupId>,
) -> Result<HashMap<(GroupId, CurrencyId), Rule>, Error> {
    let groups = Ids(groups.map(|group| group.0).collect());
    let rows = tx.lock_rows::<RuleRow>(
        sql!(
            "SELECT group_id, currency_id, alone, steps FROM spending_rules
              WHERE group_id IN (SELECT id FROM ids(?1)) ORDER BY group_id, currency_id"
        ),
        &[&groups],
    )?;
    Ok(rows.into_iter().map(|row| ((row.group, row.currency), row.into())).collect())
}

/// The rule of a wallet in a currency, if it has one.
pub fn find(tx: &mut Tx, group: GroupId, currency: CurrencyId) -> Result<Option<Rule>, Error> {
    let row = tx.row::<RuleRow>(
        sql!(
            "SELECT group_id, currency_id, alone, steps FROM spending_rules WHERE group_id = ?1 AND currency_id = ?2"
        ),
        &[&group, &currency],
    )?;
    Ok(row.map(Rule::from))
}

/// Puts a rule in place of the one before.
pub fn set(tx: &mut Tx, group: GroupId, currency: CurrencyId, rule: &Rule, now: Moment) -> Result<(), Error> {
    let steps = serde_json::to_value(&rule.steps).unwrap_or_default();
    tx.exec(
        sql!(
            "INSERT INTO spending_rules (group_id, currency_id, alone, steps, since) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (group_id, currency_id)
             DO UPDATE SET alone = excluded.alone, steps = excluded.steps, since = excluded.since"
        ),
        &[&group, &currency, &rule.alone, &steps, &now],
    )?;
    Ok(())
}

/// Takes a rule away: the keepers pay alone again.
pub fn remove(tx: &mut Tx, group: GroupId, currency: CurrencyId) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM spending_rules WHERE group_id = ?1 AND currency_id = ?2"),
        &[&group, &currency],
    )?;
    Ok(())
}

/// What these keepers paid alone from these wallets within a day.
pub(crate) fn alone_since(
    tx: &mut Tx,
    spends: &[&Spend],
    now: Moment,
) -> Result<HashMap<(GroupId, CurrencyId, AgentId), Amount>, Error> {
    let groups = Ids(spends.iter().map(|spend| spend.group.0).collect());
    let keepers = Ids(spends.iter().map(|spend| spend.keeper.0).collect());
    let rows = tx.rows::<(GroupId, CurrencyId, AgentId, Amount)>(
        sql!(
            "SELECT group_id, currency_id, keeper_id, CAST(sum(amount) AS BIGINT) FROM paid_alone
              WHERE group_id IN (SELECT id FROM ids(?1)) AND keeper_id IN (SELECT id FROM ids(?2)) AND at > ?3
              GROUP BY group_id, currency_id, keeper_id"
        ),
        &[&groups, &keepers, &Moment(now.0.saturating_sub(WINDOW))],
    )?;
    Ok(rows.into_iter().map(|(group, currency, keeper, sum)| ((group, currency, keeper), sum)).collect())
}

/// What one keeper paid alone from a wallet within a day.
pub fn paid_alone(
    tx: &mut Tx,
    group: GroupId,
    currency: CurrencyId,
    keeper: AgentId,
    now: Moment,
) -> Result<Amount, Error> {
    let spend = Spend { group, currency: Some(currency), amount: Amount(0), keeper };
    Ok(alone_since(tx, &[&spend], now)?.get(&(group, currency, keeper)).copied().unwrap_or_default())
}

/// A payment that a keeper made alone.
pub struct Alone {
    /// The transfer, the list, or what was put aside.
    id: Uuid,
    /// Whose wallet paid.
    group: GroupId,
    /// In which currency.
    currency: CurrencyId,
    /// Who decided it.
    keeper: AgentId,
    /// How much.
    amount: Amount,
    /// When.
    at: Moment,
}

impl Alone {
    /// What the one who acts has spent from somebody else's wallet on nobody else's word, under this id.
    pub fn by(
        cx: &Cx,
        whose: Option<AgentId>,
        currency: CurrencyId,
        amount: Amount,
        id: Uuid,
    ) -> Option<Self> {
        let Spend { group, keeper, amount, .. } = Spend::by(&cx.actor, whose, Some(currency), amount)?;
        Some(Self { id, group, currency, keeper, amount, at: cx.now })
    }
}

/// Remembers what keepers paid alone, from wallets that have a rule.
pub fn note_alone(tx: &mut Tx, paid: &[Alone]) -> Result<(), Error> {
    if paid.is_empty() {
        return Ok(());
    }
    let groups = Ids(paid.iter().map(|it| it.group.0).collect());
    let ruled = tx.rows::<(GroupId, CurrencyId)>(
        sql!("SELECT group_id, currency_id FROM spending_rules WHERE group_id IN (SELECT id FROM ids(?1))"),
        &[&groups],
    )?;
    let rows: Vec<Vec<&dyn Bind>> = paid
        .iter()
        .filter(|it| ruled.contains(&(it.group, it.currency)))
        .map(|it| {
            let row: [&dyn Bind; 6] = [&it.id, &it.group, &it.currency, &it.keeper, &it.amount, &it.at];
            row.to_vec()
        })
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO paid_alone (id, group_id, currency_id, keeper_id, amount, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
        ),
        &rows,
    )?;
    Ok(())
}
