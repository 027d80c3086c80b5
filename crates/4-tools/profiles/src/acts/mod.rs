//! What can be done about profiles: the details, and the circles to which some of them are shown.

mod circles;
mod details;

pub use circles::{ChangeCircle, EndCircle, MakeCircle};
pub use details::{RemoveDetail, SetDetail};

/// The most details a profile has.
pub const MAX_DETAILS: i64 = 60;
/// The most circles a member has.
pub const MAX_CIRCLES: usize = 20;
/// The most people in a circle.
pub const MAX_IN_CIRCLE: i64 = 150;
/// The longest name of a circle, in characters.
pub const MAX_CIRCLE_NAME: u32 = 40;
