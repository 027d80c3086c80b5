//! What can be seen of payments that are more than one transfer, a file for each.

mod holds;
mod lists;
mod offers;
mod overview;
mod quote;
mod refunds;
mod splits;
mod standing;
mod worth;

pub use holds::{HoldView, Holds};
pub use lists::{Listed, ListedRow, read_list};
pub use offers::{Offer, OfferView, Offers};
pub use overview::{Overview, OverviewOf};
pub use quote::{Quote, Quoted};
pub use refunds::{Refundable, RefundableView};
pub use splits::{SplitView, Splits};
pub use standing::{StandingPayments, StandingView, stopped};
pub use worth::{Part, RateView, Worth};
