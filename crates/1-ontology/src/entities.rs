//! The things that policies speak about, with the facts they may ask for. Cedar's schema is generated from these
//! types, so a policy can only name what is declared here.

/// A value that a policy can look at.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Long(i64),
    /// A word.
    Text(String),
}

/// The type of a [`Value`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Yes or no.
    Bool,
    /// A whole number.
    Long,
    /// A word.
    Text,
}

/// A Rust type that can be a fact.
pub trait Fact {
    /// Its type in policies.
    const KIND: Kind;
    /// Itself as a value.
    fn value(&self) -> Value;
}

impl Fact for bool {
    const KIND: Kind = Kind::Bool;
    fn value(&self) -> Value {
        Value::Bool(*self)
    }
}
impl Fact for i64 {
    const KIND: Kind = Kind::Long;
    fn value(&self) -> Value {
        Value::Long(*self)
    }
}
impl Fact for String {
    const KIND: Kind = Kind::Text;
    fn value(&self) -> Value {
        Value::Text(self.clone())
    }
}

/// One fact of an entity.
#[derive(Clone, Copy, Debug)]
pub struct Attribute {
    /// Its name in policies.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// What it means, in a sentence.
    pub about: &'static str,
}

/// The description of an entity type, for generators.
#[derive(Clone, Copy, Debug)]
pub struct Description {
    /// The name used in policies, pages and the JSON-LD context.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub about: &'static str,
    /// Its facts.
    pub attributes: &'static [Attribute],
}

/// A thing that policies speak about.
pub trait Entity: Clone + PartialEq + Send + Sync + 'static {
    /// Its description.
    const DESCRIPTION: Description;
    /// Its facts, in the order of the description.
    fn values(&self) -> Vec<(&'static str, Value)>;
}

/// Declares an entity: a struct of facts and its description from one source.
macro_rules! entities {
    ($(#[doc = $about:literal] $name:ident { $(#[doc = $fdoc:literal] $field:ident: $type:ty,)* })+) => {
        $(
            #[doc = $about]
            #[derive(Clone, Debug, PartialEq, Eq)]
            pub struct $name { $(#[doc = $fdoc] pub $field: $type,)* }

            impl Entity for $name {
                const DESCRIPTION: Description = Description {
                    name: stringify!($name),
                    about: $about,
                    attributes: &[$(Attribute {
                        name: stringify!($field), kind: <$type as Fact>::KIND, about: $fdoc,
                    }),*],
                };
                fn values(&self) -> Vec<(&'static str, Value)> {
                    vec![$((stringify!($field), self.$field.value())),*]
                }
            }
        )+

        /// Every entity type there is.
        pub const ALL: &[Description] = &[$($name::DESCRIPTION),+];
    };
}

entities! {
    #[doc = " A person who belongs to the club."]
    Member {
        #[doc = " How the member stands: active, suspended or left."]
        standing: String,
        #[doc = " When the member joined, in seconds since 1970."]
        joined: i64,
        #[doc = " Whether founder's powers are in force for this member now."]
        founder: bool,
    }
    #[doc = " Somebody who is not signed in."]
    Guest {}
    #[doc = " The node's own clock and housekeeping."]
    House {}
    #[doc = " People who act together. The club is the first of all groups."]
    Group {
        #[doc = " Its mode: chat, working or trading."]
        mode: String,
        #[doc = " Whether anybody in the club may join without being asked."]
        open: bool,
        #[doc = " Whether it is the club itself."]
        club: bool,
    }
    #[doc = " Somebody who is to come into a group."]
    Arrival {
        #[doc = " Whether the one who acts is the group itself, by a decision."]
        own: bool,
        #[doc = " Whether the members of the group admit, by a procedure that they chose, and not its stewards alone."]
        by_members: bool,
    }
    #[doc = " What an agent holds of one currency."]
    Account {
        #[doc = " Whether it belongs to the one who acts."]
        own: bool,
        #[doc = " Whether it belongs to a group."]
        group: bool,
        #[doc = " The amount that the act would move, in minor units."]
        amount: i64,
    }
    #[doc = " A kind of money that a group made."]
    Currency {
        #[doc = " Whether the one who acts is the group that issued it, by a decision."]
        own: bool,
        #[doc = " Whether its terms let the one who acts issue it."]
        issues: bool,
        #[doc = " Its kind: mutual-credit, voucher, time, conventional or crypto."]
        kind: String,
    }
    #[doc = " A bill that somebody else may approve or decline."]
    PaymentRequest {
        #[doc = " Whether the one who acts is asked to pay."]
        payer: bool,
        #[doc = " Whether the one who acts asked."]
        payee: bool,
    }
    #[doc = " An amount that is put aside for somebody."]
    Hold {
        #[doc = " Whether the one who acts put it aside."]
        payer: bool,
        #[doc = " Whether it is put aside for the one who acts."]
        payee: bool,
    }
    #[doc = " Addresses on a chain of blocks that the node watches for a member, who alone has the keys."]
    CoinWallet {
        #[doc = " Whether it belongs to the one who acts."]
        own: bool,
    }
    #[doc = " Money of the world on its way in, until its holder confirms it."]
    PayIn {
        #[doc = " Whether it is for the one who acts, or for a group whose wallet they keep."]
        own: bool,
        #[doc = " Whether the one who acts is to be handed the cash."]
        named: bool,
        #[doc = " How it comes: bank, cash or card."]
        how: String,
    }
    #[doc = " Money of the world on its way out, until its holder has sent it."]
    PayOut {
        #[doc = " Whether it is for the one who acts, or for a group whose wallet they keep."]
        own: bool,
    }
    #[doc = " What is between a member and the club: what is owed, shares given back, a request to owe less."]
    Dues {
        #[doc = " Whether it is the affair of the one who acts."]
        own: bool,
    }
    #[doc = " Something said to others in the feed."]
    Post {
        #[doc = " Whether the one who acts wrote it."]
        own: bool,
        #[doc = " Whether the one who acts is among its audience."]
        visible: bool,
    }
    #[doc = " A post in the blog of a group."]
    BlogPost {
        #[doc = " Whether the one who acts wrote it, or is the group itself, by a decision."]
        own: bool,
        #[doc = " Whether it is published."]
        published: bool,
    }
    #[doc = " Where a group talks."]
    Channel {
        #[doc = " Whether its group is private, so that no words may be kept here."]
        sealed: bool,
    }
    #[doc = " Something said in a channel."]
    Message {
        #[doc = " Whether the one who acts said it."]
        own: bool,
        #[doc = " Whether its group is private, so that no words may be kept here."]
        sealed: bool,
    }
    #[doc = " What a member shows of himself or herself."]
    Profile {
        #[doc = " Whether it belongs to the one who acts."]
        own: bool,
    }
    #[doc = " An invitation to join the club."]
    Invitation {
        #[doc = " Whether the one who acts made it."]
        own: bool,
    }
    #[doc = " A question put to the members, with what happens when it passes."]
    Proposal {
        #[doc = " Whether the one who acts is in its electorate."]
        electorate: bool,
        #[doc = " Whether the one who acts opened it."]
        own: bool,
        #[doc = " Whether it is open for votes."]
        open: bool,
    }
    #[doc = " A statement in the register of assumptions."]
    Assumption {
        #[doc = " Whether the one who acts added it."]
        own: bool,
    }
    #[doc = " A private conversation, which the club hands on and cannot read."]
    Conversation {
        #[doc = " Whether the one who acts takes part in it."]
        part: bool,
        #[doc = " Whether the one who acts began it."]
        own: bool,
    }
    #[doc = " A place in the tree of places."]
    Place {
        #[doc = " Its kind: country, district, town, neighbourhood or street."]
        kind: String,
    }
}
