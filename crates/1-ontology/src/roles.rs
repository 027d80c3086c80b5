//! Roles in a group and standings in the club, as words shared by tables, policies and pages.

use serde::{Deserialize, Serialize};

/// Declares an enum whose variants have one word each.
macro_rules! worded {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "lowercase")]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl $name {
            /// All of them, in order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in tables, policies and the API.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The variant of a word, if it is one.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.word() == word)
            }
        }
    };
}

worded! {
    /// What somebody is in a group.
    Role {
        /// Not in the group.
        None = "none",
        /// Belongs to it.
        Member = "member",
        /// Keeps its wallet.
        Treasurer = "treasurer",
        /// Looks after its affairs: profile, people, roles.
        Steward = "steward",
    }
}

worded! {
    /// How an agent stands with the club.
    Standing {
        /// Belongs to the club, with all rights.
        Active = "active",
        /// May read, export, appeal and leave; until a date.
        Suspended = "suspended",
        /// Has gone, and took everything along.
        Left = "left",
    }
}

worded! {
    /// Who may read what is in a group. Chosen when the group is made, and never changed: a change is a new group.
    /// Not to be confused with whether anybody of the club may join.
    Visibility {
        /// Anybody may read, also who is not signed in.
        Open = "open",
        /// Its members read. The operator of the node could.
        Restricted = "restricted",
        /// Only the devices of its members can read; the node cannot.
        Private = "private",
    }
}

worded! {
    /// What an open group shows of its people to those outside the club.
    Shown {
        /// Nothing.
        Nothing = "nothing",
        /// How many there are.
        Count = "count",
        /// Their names.
        People = "people",
    }
}

worded! {
    /// What a group is for. Each mode has the tools of the one before it.
    Mode {
        /// Talk.
        Chat = "chat",
        /// Documents, calendars, projects.
        Working = "working",
        /// Customers, accounts, budgets, payments.
        Trading = "trading",
    }
}
