//! Between HTTP and the corridor: the desk that handlers share, who visits, what a form sent, and how a refusal is
//! answered. Knows no tool and no page.

pub mod address;
pub mod desk;
pub mod fields;
pub mod guard;
pub mod knock;
pub mod session;
pub mod sheet;
pub mod sorry;
pub mod tool;
pub mod visit;

pub use address::in_query;
pub use desk::{Desk, Origin};
pub use fields::{Fields, Upload};
pub use knock::{Knock, Known};
pub use sorry::{Answer, Sorry};
pub use tool::{Door, Room, Tool};
pub use visit::{Caller, Signed, Visit};
