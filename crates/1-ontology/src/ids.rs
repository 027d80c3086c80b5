//! Identifiers: one newtype per kind of thing. Making one needs randomness and time, so it happens elsewhere.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Declares id newtypes over UUID, all of the same shape.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { text.parse().map(Self) }
        }
        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self { Self(id) }
        }
        impl From<$name> for Uuid {
            fn from(id: $name) -> Self { id.0 }
        }
    )+};
}

ids! {
    /// Whoever can act and own: a member or a group.
    AgentId;
    /// A person who belongs to the club.
    MemberId;
    /// A group of members. The club is the first of them.
    GroupId;
    /// Members chosen by one member, to whom that member shows some things.
    CircleId;
    /// Who may see a row. See [`crate::audience`].
    AudienceId;
    /// A place in the tree of places. See [`crate::relevance`].
    PlaceId;
    /// A post in the feed.
    PostId;
    /// A post in the blog of a group.
    BlogPostId;
    /// A channel in which a group talks.
    ChannelId;
    /// A webhook of a channel.
    HookId;
    /// Somebody who is known from another chat.
    PersonId;
    /// A kind of money.
    CurrencyId;
    /// What an agent holds of one currency.
    AccountId;
    /// A rate at which people exchange.
    RateId;
    /// A sale of vouchers.
    SaleId;
    /// One movement of value; made by the payer's device, so that it can be repeated safely.
    TransferId;
    /// A bill that somebody else may approve or decline.
    RequestId;
    /// A file that belongs to something, such as a photograph of a till receipt to a payment.
    AttachmentId;
    /// Money of the world that is announced, or has come in.
    PayInId;
    /// Money of the world that is to go out, or has gone.
    PayOutId;
    /// A member's account at a bank, to be paid out to.
    BankAccountId;
    /// One line of a bank statement.
    BankLineId;
    /// A bill that was split among several people.
    SplitId;
    /// What is paid again and again.
    StandingId;
    /// What a member owes the club for one period, or for joining.
    DuesLineId;
    /// A member's request to owe less, later or nothing.
    ReliefId;
    /// Shares of the club that a member bought at one time.
    ShareLotId;
    /// Shares that a member gives back, to be repaid.
    RepaymentId;
    /// One entry of the event log.
    EventId;
    /// An invitation to join.
    InvitationId;
    /// An application to join.
    ApplicationId;
    /// A question put to the members, carrying the acts that it performs when it passes.
    ProposalId;
    /// A signed-in device.
    SessionId;
    /// One detail of a profile.
    DetailId;
    /// A statement in the register of assumptions.
    AssumptionId;
    /// A piece of work that is due at some time.
    JobId;
    /// Names one attempt of somebody to do something, so that repeating it has one outcome.
    ActKey;
}

impl GroupId {
    /// The club itself: the first group of every node.
    pub const CLUB: Self = Self(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0001));
}

impl From<MemberId> for AgentId {
    fn from(id: MemberId) -> Self {
        Self(id.0)
    }
}

impl From<GroupId> for AgentId {
    fn from(id: GroupId) -> Self {
        Self(id.0)
    }
}
