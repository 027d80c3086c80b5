//! What the chain is heard to say, told by the house. News that concerns members are recorded; that the chain went on, and what
//! accounts have, are only counted. A tale that does not fit the trail is refused, so that nothing counts twice or out of order.

use super::nobodys;
use crate::chains::Place;
use crate::error::CryptoError;
use crate::rows::apply::{Found, apply, give_up};
use crate::rows::{blocks, coins, history, wallets};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_exchange::chain::{Block, Transaction, fits};
use planet_ontology::acts::{Authority, Trace};
use planet_ontology::entities::CoinWallet;
use planet_ontology::ids::MemberId;
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Higher than any chain will be.
const MOST_HEIGHT: i64 = 1 << 53;

/// One thing that was heard.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// The next block, with transactions that concern members.
    Block(Block),
    /// Transactions that wait.
    Waiting(Vec<Transaction>),
    /// What lay at an address before it was watched, with heights.
    Lying {
        /// The address.
        address: String,
        /// Transactions with their height.
        found: Vec<(Transaction, Option<i64>)>,
    },
    /// The chain went another way: everything above this height is undone.
    Undone {
        /// The last height that stays.
        above: i64,
    },
    /// What came of handing a transaction in.
    Answered {
        /// Whose it is.
        owner: MemberId,
        /// The transaction.
        tx: String,
        /// What the chain said against it; nothing if it took it.
        refused: Option<String>,
    },
    /// A waiting transaction that the chain no longer knows.
    Gone {
        /// The transaction.
        tx: String,
    },
}

/// Tell what the chain said that concerns members.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// Which chain.
    pub place: Place,
    /// What was heard.
    pub news: News,
}

impl Act for Seen {
    const NAME: &'static str = "crypto.seen";
    const ABOUT: &'static str = "The node tells what a chain said of members' coins.";
    const AUTHORITY: Authority = Authority::House;
    type Touches = CoinWallet;
    type Output = ();

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(nobodys())
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let (place, now) = (&self.place, cx.now);
        let waits = Found { block: None, now, ours: None };
        match &self.news {
            News::Block(block) => {
                go_on(tx, place, block)?;
                let found = Found { block: Some((block.height, block.time)), ..waits };
                apply_all(tx, place, &block.transactions, found)
            }
            News::Waiting(transactions) => apply_all(tx, place, transactions, waits),
            News::Lying { address, found } => {
                for (it, height) in found {
                    let block = height.map(|height| (height, now));
                    apply_all(tx, place, std::slice::from_ref(it), Found { block, ..waits })?;
                }
                Ok(wallets::looked_at(tx, &place.chain, address)?)
            }
            News::Undone { above } => {
                blocks::back_to(tx, &place.chain, &place.network, *above)?;
                history::undo_above(tx, &place.chain, &place.network, *above)?;
                Ok(())
            }
            News::Answered { owner, tx: id, refused } => answered(tx, place, *owner, id, refused.as_deref()),
            News::Gone { tx: id } => {
                for (owner,) in history::owners(tx, &place.chain, &place.network, id)? {
                    let known = history::find(tx, owner, &place.chain, id)?;
                    if known.is_some_and(|known| known.height.is_none() && known.state == "seen") {
                        give_up(tx, place, owner, id)?;
                    }
                }
                Ok(())
            }
        }
    }
}

fn apply_all(tx: &mut Tx, place: &Place, all: &[Transaction], found: Found<'_>) -> Result<(), Fault> {
    for it in all {
        apply(tx, place, it, &found)?;
    }
    Ok(())
}

/// The chain took a transaction, or said no; only one that still waits for the answer can get it.
fn answered(
    tx: &mut Tx,
    place: &Place,
    owner: MemberId,
    id: &str,
    refused: Option<&str>,
) -> Result<(), Fault> {
    let known = history::find(tx, owner, &place.chain, id)?.ok_or(CryptoError::Late)?;
    if known.state != "queued" {
        return Err(CryptoError::Late.into());
    }
    match refused {
        None => history::set_state(tx, owner, &place.chain, id, "seen", "")?,
        Some(why) => {
            history::set_state(tx, owner, &place.chain, id, "refused", why)?;
            coins::release(tx, owner, &place.chain, id)?;
        }
    }
    Ok(())
}

/// Goes one block further, if it is the next.
fn go_on(tx: &mut Tx, place: &Place, block: &Block) -> Result<(), Fault> {
    if !(0..MOST_HEIGHT).contains(&block.height) {
        return Err(CryptoError::Nonsense.into());
    }
    if let Some(tip) = blocks::tip(tx, &place.chain, &place.network)?
        && (block.height != tip.height + 1 || block.parent != tip.hash)
    {
        return Err(CryptoError::Late.into());
    }
    // Of two nodes that tell the same block at once, one finds it told: the trail has one row for each height.
    if blocks::push(tx, &place.chain, &place.network, block.height, &block.hash)? {
        Ok(())
    } else {
        Err(CryptoError::Late.into())
    }
}

/// Tell that the chain went on without anything that concerns members.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Followed {
    /// Which chain.
    pub place: Place,
    /// The next blocks, in order.
    pub blocks: Vec<Block>,
}

impl Act for Followed {
    const NAME: &'static str = "crypto.followed";
    const ABOUT: &'static str = "The node tells how far a chain has come.";
    const AUTHORITY: Authority = Authority::House;
    const TRACE: Trace = Trace::Counted;
    type Touches = CoinWallet;
    type Output = ();

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(nobodys())
    }

    fn perform(&self, tx: &mut Tx, _: &mut Cx) -> Result<(), Fault> {
        self.blocks.iter().try_for_each(|block| go_on(tx, &self.place, block))
    }
}

/// What an account has.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Whose it is.
    pub owner: MemberId,
    /// The token's contract; empty for the coin itself.
    pub asset: String,
    /// In the smallest unit.
    pub exact: String,
}

/// Tell what accounts have.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// Which chain.
    pub place: Place,
    /// At which height.
    pub height: i64,
    /// What accounts have.
    pub balances: Vec<Measure>,
}

impl Act for Measured {
    const NAME: &'static str = "crypto.measured";
    const ABOUT: &'static str = "The node tells what accounts on a chain have.";
    const AUTHORITY: Authority = Authority::House;
    const TRACE: Trace = Trace::Counted;
    type Touches = CoinWallet;
    type Output = ();

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(nobodys())
    }

    fn perform(&self, tx: &mut Tx, _: &mut Cx) -> Result<(), Fault> {
        for it in &self.balances {
            if !fits(&it.exact) {
                return Err(CryptoError::Nonsense.into());
            }
            if wallets::find(tx, it.owner, &self.place.chain)?
                .is_some_and(|it| it.network == self.place.network)
            {
                wallets::set_balance(tx, it.owner, &self.place.chain, &it.asset, &it.exact, self.height)?;
            }
        }
        Ok(())
    }
}
