//! What can be seen at the front door: one read model per screen.

mod applications;
mod club;
mod home;
mod invitations;
mod leaving;
mod my_data;
mod welcome;

pub use applications::{ApplicationAt, ApplicationLine, ApplicationList, Applications, Applied};
pub use club::{ClubView, TheClub};
pub use home::{HomeView, MyHome, MyStanding, StandingView};
pub use invitations::{InvitationAt, InvitationLine, InvitationList, Invitations, Invited};
pub use leaving::{Leaving, Orphan};
pub use my_data::MyData;
pub use welcome::{Step, Welcome, WelcomeView};

/// How many lines a page of a list has.
pub const PAGE: i64 = 30;
