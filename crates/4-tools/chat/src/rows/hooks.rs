//! The rows of webhooks. A secret is kept as its hash only.

use planet_ontology::ids::{AgentId, ChannelId, GroupId, HookId};
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};
use schemars::JsonSchema;
use serde::Serialize;

record! {
    /// A webhook.
    #[derive(Clone, Debug, Serialize, JsonSchema)]
    pub struct Hook {
        /// Which one.
        pub id: HookId,
        /// Where it writes.
        pub channel: ChannelId,
        /// The group that it belongs to.
        pub group: GroupId,
        /// Who made it.
        pub maker: AgentId,
        /// Its name, which stands on everything that it says.
        pub name: String,
        /// When it was made.
        pub created: Moment,
    }
}

/// Makes a webhook.
pub fn make(tx: &mut Tx, hook: &Hook, secret: &[u8; 32]) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO chat_hooks (id, channel_id, group_id, maker_id, name, secret, created, minute, said)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0)"
        ),
        &[&hook.id, &hook.channel, &hook.group, &hook.maker, &hook.name, secret, &hook.created],
    )?;
    Ok(())
}

/// The webhook with this secret.
pub fn by_secret(tx: &mut Tx, secret: &[u8; 32]) -> Result<Option<Hook>, Error> {
    tx.row(
        sql!("SELECT id, channel_id, group_id, maker_id, name, created FROM chat_hooks WHERE secret = ?1"),
        &[secret],
    )
}

/// The webhook with this id.
pub fn find(tx: &mut Tx, id: HookId) -> Result<Option<Hook>, Error> {
    tx.row(
        sql!("SELECT id, channel_id, group_id, maker_id, name, created FROM chat_hooks WHERE id = ?1"),
        &[&id],
    )
}

/// The webhooks of a group.
pub fn of_group(tx: &mut Tx, group: GroupId) -> Result<Vec<Hook>, Error> {
    tx.rows(
        sql!(
            "SELECT id, channel_id, group_id, maker_id, name, created FROM chat_hooks WHERE group_id = ?1 ORDER BY id"
        ),
        &[&group],
    )
}

/// Ends a webhook: its secret opens nothing from now on.
pub fn revoke(tx: &mut Tx, id: HookId) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM chat_hooks WHERE id = ?1"), &[&id])?;
    Ok(())
}

/// Counts that a webhook says something in a minute. Answers how often it did in that minute.
pub fn count(tx: &mut Tx, id: HookId, minute: i64) -> Result<i64, Error> {
    tx.exec(
        sql!(
            "UPDATE chat_hooks SET said = CASE WHEN minute = ?2 THEN said + 1 ELSE 1 END, minute = ?2 WHERE id = ?1"
        ),
        &[&id, &minute],
    )?;
    Ok(tx.row::<(i64,)>(sql!("SELECT said FROM chat_hooks WHERE id = ?1"), &[&id])?.map_or(0, |(said,)| said))
}
