//! Membership: the front door. Founding the club, inviting, joining, applying, being suspended, leaving with everything one has.
//!
//! Acts: found, invite, `invite_many`, `withdraw_invitation`, accept, apply, admit, `decline_application`, leave, export, suspend,
//! reinstate, `end_suspension`, `set_home`, rename, and `places.add`. Pages: `/found`, `/welcome`, `/invite`, `/join`, `/apply`,
//! `/applications`, `/settings/home`, `/settings/leave`, `/settings/export`. It also serves the logs of identifiers.
//! Signing in, devices and recovery are in [`keys`].
//! Who may do what is for the rules; where somebody lives is kept by `planet_places`, and their keys by `planet_identity`.

pub mod acts;
pub mod arrival;
pub mod checks;
pub mod door;
pub mod error;
pub mod keys;
mod letters;
pub mod pages;
pub mod rows;
pub mod views;

pub use door::Door;

use axum::Router;
use planet_corridor::refusal::Fault;
use planet_corridor::registry::Registry;
use planet_kit::ui::{Accent, Club};
use planet_kit::web::{Desk, Tool};
use planet_store::{Migration, Tx};

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { name: "membership-0001", sql: include_str!("../migrations/membership-0001.sql") }];

/// The texts of this room.
pub const TEXTS: (&str, &str) =
    ("en", concat!(include_str!("../texts/en.ftl"), "\n", include_str!("../texts/keys.en.ftl")));

/// The tool, for the node. It needs the service [`Door`], and the tables of identity, places, ledger and exchange.
pub const TOOL: Tool =
    Tool { name: "membership", migrations: MIGRATIONS, register, pages: routes, texts: TEXTS, rooms: &[] };

/// The pages of this room.
pub fn routes() -> Router<Desk> {
    pages::routes().merge(keys::routes())
}

/// Adds the acts, views and reactions of this room.
pub fn register(registry: Registry) -> Registry {
    keys::register(registry)
        .act::<acts::Found>()
        .act::<acts::Invite>()
        .act::<acts::InviteMany>()
        .act::<acts::WithdrawInvitation>()
        .act::<acts::Accept>()
        .act::<acts::Apply>()
        .act::<acts::Admit>()
        .act::<acts::DeclineApplication>()
        .act::<acts::Leave>()
        .act::<acts::Export>()
        .act::<acts::Suspend>()
        .act::<acts::Reinstate>()
        .act::<acts::EndSuspension>()
        .act::<acts::SetHome>()
        .act::<acts::Rename>()
        .act::<acts::AddPlace>()
        .view::<views::TheClub>()
        .view::<views::Welcome>()
        .view::<views::Invitations>()
        .view::<views::InvitationAt>()
        .view::<views::Applications>()
        .view::<views::ApplicationAt>()
        .view::<views::MyHome>()
        .view::<views::MyStanding>()
        .view::<views::MyData>()
        .view::<views::Leaving>()
        .reaction(rows::members::REMEMBER_FIRSTS)
}

/// The club's name and colour, for `Furniture::club`.
pub fn club(tx: &mut Tx) -> Result<Option<Club>, Fault> {
    let row = rows::clubs::find(tx)?;
    Ok(row.map(|row| Club {
        name: row.name,
        accent: Accent::from_word(&row.accent).unwrap_or_default(),
        trial: false,
    }))
}
