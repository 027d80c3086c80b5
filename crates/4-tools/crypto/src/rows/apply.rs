//! What a transaction means to the wallets that it touches: the one place where a chain's words become rows. Saying the same
//! twice changes nothing, and what a later block says otherwise replaces what was said before.

use super::coins::{self, CoinRow};
use super::history::{self, MoveRow, TransactionRow};
use super::wallets;
use crate::chains::{BITCOIN, EVM, Place};
use planet_corridor::refusal::Fault;
use planet_exchange::chain::{Account, Coin, Network, Pay, Transaction, fits, gwei};
use planet_ontology::ids::MemberId;
use planet_ontology::units::Moment;
use planet_store::Tx;
use std::collections::BTreeSet;

/// How many unused addresses are watched beyond the last used one (BIP44's gap limit).
pub const GAP: i64 = 20;

/// Where a transaction was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// The height and the time of its block; none while it waits.
    pub block: Option<(i64, Moment)>,
    /// When we learnt of it.
    pub now: Moment,
    /// For what is about to be handed in: by whom, and as it was signed. Others learn of it from the chain.
    pub ours: Option<(MemberId, &'a str)>,
}

/// Writes a transaction into every wallet that it touches. Answers whose they are.
pub fn apply(
    tx: &mut Tx,
    place: &Place,
    it: &Transaction,
    found: &Found<'_>,
) -> Result<BTreeSet<MemberId>, Fault> {
    let mut owners = if place.chain == BITCOIN { touched(tx, place, it)? } else { parties(tx, place, it)? };
    let raw = found.ours.map_or("", |(_, raw)| raw);
    if let Some((owner, _)) = found.ours {
        owners.retain(|it| *it == owner);
    }
    for owner in &owners {
        let block = found.block;
        let row = TransactionRow {
            tx: it.id.clone(),
            state: if found.ours.is_some() { "queued" } else { "seen" }.to_owned(),
            height: block.map(|(height, _)| height),
            block_time: block.map(|(_, time)| time),
            first_seen: found.now,
            fee: String::new(),
            failed: it.failed,
            mined: it.mined,
            problem: String::new(),
        };
        if place.chain == BITCOIN {
            settle_coins(tx, place, *owner, it, &row, raw)?;
        } else {
            settle_accounts(tx, place, *owner, it, row, raw)?;
        }
    }
    Ok(owners)
}

/// Whose coins a Bitcoin transaction makes or spends.
fn touched(tx: &mut Tx, place: &Place, it: &Transaction) -> Result<BTreeSet<MemberId>, Fault> {
    let mut owners = BTreeSet::new();
    for pay in it.pays.iter().filter(|pay| !pay.to.is_empty()) {
        let holders = wallets::holders(tx, &place.chain, &place.network, &pay.to)?;
        owners.extend(holders.into_iter().map(|holder| holder.owner));
    }
    for coin in &it.spends {
        let holders = coins::holders(tx, &place.chain, &place.network, coin)?;
        owners.extend(holders.into_iter().map(|(owner, ..)| owner));
    }
    Ok(owners)
}

/// Whose address an EVM transaction names.
fn parties(tx: &mut Tx, place: &Place, it: &Transaction) -> Result<BTreeSet<MemberId>, Fault> {
    let mut addresses = BTreeSet::from([it.sender.as_str()]);
    addresses.extend(it.pays.iter().flat_map(|pay| [pay.from.as_str(), pay.to.as_str()]));
    let mut owners = BTreeSet::new();
    for address in addresses.into_iter().filter(|address| !address.is_empty()) {
        let holders = wallets::holders(tx, &place.chain, &place.network, address)?;
        owners.extend(holders.into_iter().map(|holder| holder.owner));
    }
    Ok(owners)
}

/// One owner's part of a Bitcoin transaction: coins made and spent, and the one move that remains.
fn settle_coins(
    tx: &mut Tx,
    place: &Place,
    owner: MemberId,
    it: &Transaction,
    row: &TransactionRow,
    raw: &str,
) -> Result<(), Fault> {
    let chain = &place.chain;
    for pay in &it.pays {
        let mine = wallets::holders(tx, chain, &place.network, &pay.to)?;
        let Some(mine) = mine.into_iter().find(|holder| holder.owner == owner) else { continue };
        // More than there will ever be is a lie; the row would not be worth anything.
        let Some(sats) = pay.amount.parse().ok().filter(|sats| (0..=MOST_SATS).contains(sats)) else {
            continue;
        };
        let (branch, position) = (mine.branch, mine.position);
        let coin = CoinRow {
            tx: it.id.clone(),
            output: pay.position,
            branch,
            position,
            sats,
            height: None,
            mined: it.mined,
        };
        coins::add(tx, owner, chain, &coin)?;
        if !mine.used {
            wallets::use_address(tx, owner, chain, &pay.to)?;
            extend(tx, owner, place, branch, false)?;
        }
    }
    let mut all_mine = !it.spends.is_empty();
    for coin in &it.spends {
        let mine = coins::holders(tx, chain, &place.network, coin)?;
        let Some((_, _, before)) = mine.into_iter().find(|(holder, ..)| *holder == owner) else {
            all_mine = false;
            continue;
        };
        replace(tx, place, owner, coin, before.as_deref(), row)?;
    }
    let (brought, took) = coins::brought_and_took(tx, owner, chain, &it.id)?;
    let fee = if all_mine && took >= it.sum { (took - it.sum).to_string() } else { String::new() };
    history::put(tx, owner, chain, &TransactionRow { fee, ..row.clone() }, raw)?;
    let net = brought - took;
    let other = if net < 0 { foreign(tx, place, owner, &it.pays)? } else { String::new() };
    history::clear_moves(tx, owner, chain, &it.id)?;
    let change = MoveRow {
        tx: it.id.clone(),
        position: 0,
        asset: String::new(),
        other,
        booked: Some(net),
        exact: net.to_string(),
    };
    Ok(history::add_move(tx, owner, chain, &change)?)
}

/// All bitcoins that there will ever be, in satoshis.
const MOST_SATS: i64 = 2_100_000_000_000_000;

/// Notes that a transaction spends a coin. Another that would have spent it, and is in no block, is gone.
fn replace(
    tx: &mut Tx,
    place: &Place,
    owner: MemberId,
    coin: &Coin,
    before: Option<&str>,
    row: &TransactionRow,
) -> Result<(), Fault> {
    let chain = &place.chain;
    if let Some(other) = before.filter(|other| *other != row.tx) {
        let known = history::find(tx, owner, chain, other)?;
        let confirmed = known.is_some_and(|known| known.height.is_some());
        if confirmed && row.height.is_none() {
            return Ok(());
        }
        give_up(tx, place, owner, other)?;
    }
    Ok(coins::spend(tx, owner, chain, coin, &row.tx)?)
}

/// Gives a transaction up that the chain no longer has: what it spent is there again, what it made is not.
pub fn give_up(tx: &mut Tx, place: &Place, owner: MemberId, id: &str) -> Result<(), Fault> {
    history::set_state(tx, owner, &place.chain, id, "gone", "")?;
    Ok(coins::release(tx, owner, &place.chain, id)?)
}

/// The first address of a payment that is not the owner's own.
fn foreign(tx: &mut Tx, place: &Place, owner: MemberId, pays: &[Pay]) -> Result<String, Fault> {
    for pay in pays.iter().filter(|pay| !pay.to.is_empty()) {
        let holders = wallets::holders(tx, &place.chain, &place.network, &pay.to)?;
        if holders.iter().all(|holder| holder.owner != owner) {
            return Ok(pay.to.clone());
        }
    }
    Ok(String::new())
}

/// One owner's part of an EVM transaction: a move for ether, and one for each token of the owner's list.
fn settle_accounts(
    tx: &mut Tx,
    place: &Place,
    owner: MemberId,
    it: &Transaction,
    row: TransactionRow,
    raw: &str,
) -> Result<(), Fault> {
    let Some(wallet) = wallets::find(tx, owner, EVM)? else { return Ok(()) };
    let listed: BTreeSet<String> =
        wallets::tokens(tx, owner)?.into_iter().map(|token| token.contract).collect();
    let mine = |pay: &&Pay| {
        (pay.from == wallet.key || pay.to == wallet.key)
            && (pay.asset.is_empty() || listed.contains(&pay.asset))
            && fits(&pay.amount)
    };
    let own: Vec<&Pay> = it.pays.iter().filter(mine).collect();
    let sent = it.sender == wallet.key;
    if own.is_empty() && !sent {
        return Ok(());
    }
    let fee = if sent { it.fee.clone() } else { String::new() };
    history::put(tx, owner, &place.chain, &TransactionRow { fee, ..row }, raw)?;
    history::clear_moves(tx, owner, &place.chain, &it.id)?;
    let tokens = own.iter().any(|pay| !pay.asset.is_empty());
    for pay in own {
        let nothing = it.failed || pay.from == pay.to;
        if pay.asset.is_empty() && pay.amount == "0" && tokens {
            continue; // The call that moves a token carries no ether.
        }
        let out = pay.from == wallet.key;
        let amount = if nothing { "0" } else { pay.amount.as_str() };
        let booked = if pay.asset.is_empty() { gwei(amount) } else { amount.parse().ok() };
        let signed = |text: &str| if out && text != "0" { format!("-{text}") } else { text.to_owned() };
        let change = MoveRow {
            tx: it.id.clone(),
            position: pay.position,
            asset: pay.asset.clone(),
            other: if out { pay.to.clone() } else { pay.from.clone() },
            booked: booked.map(|booked: i64| if out { -booked } else { booked }),
            exact: signed(amount),
        };
        history::add_move(tx, owner, &place.chain, &change)?;
    }
    Ok(())
}

/// Watches as many addresses beyond the last used one as other wallets look for. `looked` for those at which nothing can lie yet.
pub fn extend(tx: &mut Tx, owner: MemberId, place: &Place, branch: i64, looked: bool) -> Result<(), Fault> {
    let Some(wallet) = wallets::find(tx, owner, &place.chain)? else { return Ok(()) };
    let network = Network::from_word(&wallet.network)
        .ok_or_else(|| Fault::Damaged(format!("There is no network {}.", wallet.network)))?;
    let account = Account::parse(&wallet.key, network).map_err(|error| Fault::Damaged(error.to_string()))?;
    let (count, last) = wallets::extent(tx, owner, &place.chain, branch)?;
    for position in count..=last.saturating_add(GAP) {
        let at = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        let address =
            account.address(at(branch), at(position)).map_err(|error| Fault::Damaged(error.to_string()))?;
        let row = wallets::AddressRow { owner, branch, position, address, used: false };
        wallets::add_address(tx, &place.chain, &row, looked)?;
    }
    Ok(())
}
