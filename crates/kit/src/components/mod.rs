//! The components that pages are built from. Each is a small value that renders itself: make it with a function, chain what
//! differs, put it into `html!` with parentheses. None of them reads anything but what it is given.

mod avatar;
mod button;
mod chart;
mod choice;
mod disclosure;
mod entry;
mod field;
mod form;
mod lists;
mod meter;
mod money;
mod notice;
mod qr;
mod small;
mod steps;
mod suggest;
mod table;
mod taste;
mod time;

pub(crate) use avatar::club_mark;
pub use avatar::{Avatar, Scale, avatar, mark, quilt};
pub use button::{Button, button, link_button};
pub use chart::{Bar, Flow, bars, course, flows, sparkline};
pub use choice::{Check, Choices, Select, check, choices, select};
pub use disclosure::{dialog, dialog_button, menu, more, more_open};
pub use entry::{Entry, ProfileHead, entry, profile_head};
pub use field::{Field, field};
pub use form::{ActButton, Filled, Form, act_button, form};
pub use lists::{Empty, Row, card, empty, list, row, section};
pub use meter::{Meter, meter};
pub use money::{Unit, balance, money, money_signed};
pub use notice::{Tone, notice, toast};
pub use qr::qr;
pub use small::{badge, badge_tone, chip, copy, icon, skip_text, tags, with_icon};
pub use steps::{pager, steps, tabs};
pub use suggest::suggest;
pub use table::{Column, facts, table};
pub use taste::{accents, theme_switch};
pub use time::{ago, date, day, day_and_time, left};
