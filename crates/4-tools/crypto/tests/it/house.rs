//! A club with two members, and a chain that does as the test says: it grows, goes another way, refuses, lies, is away.

use planet_corridor::actor::Actor;
use planet_corridor::agents::{self, NewAgent};
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Fault;
use planet_corridor::registry::Registry;
use planet_corridor::task::Call;
use planet_crypto::chains::{Chain, Chains};
use planet_crypto::views::{Wallet, WalletView};
use planet_crypto::{Watcher, acts::Watch};
use planet_exchange::chain::{
    Answer, Block, ChainError, ChainSource, Coin, Fees, Pay, Tip, TokenFacts, Transaction, Watched,
};
use planet_ontology::ids::{ActKey, GroupId, MemberId};
use planet_ontology::roles::{Mode, Role};
use planet_ontology::units::Moment;
use planet_policy::testing::AllowAll;
use planet_store::{Migration, Store};
use std::sync::{Arc, Mutex, MutexGuard};
use uuid::Uuid;

pub const NOW: Moment = Moment(1_795_400_000_000_000);
pub const ADA: MemberId = MemberId(Uuid::from_u128(0xada));
pub const BEN: MemberId = MemberId(Uuid::from_u128(0xbe0));
/// The account of BIP84's vectors, and its first addresses: two for receiving, one for change.
pub const KEY: &str = "zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs";
pub const FIRST: &str = "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu";
pub const SECOND: &str = "bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g";
pub const OTHER: &str = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";

pub fn migrations() -> Vec<Migration> {
    [planet_corridor::MIGRATIONS, planet_crypto::MIGRATIONS].concat()
}

/// What the chain says at present.
#[derive(Default)]
pub struct Says {
    pub network: String,
    pub blocks: Vec<Block>,
    pub waiting: Vec<Transaction>,
    pub lying: Vec<(String, Transaction, Option<i64>)>,
    pub balance: String,
    /// Why it refuses what is handed in; empty if it takes it.
    pub refuses: String,
    pub handed_in: Vec<String>,
    pub away: bool,
}

impl Says {
    /// One more block, made of these transactions; `way` tells blocks of the same height apart.
    pub fn grow(&mut self, way: &str, transactions: Vec<Transaction>) {
        let height = i64::try_from(self.blocks.len()).unwrap();
        let parent = self.blocks.last().map(|block| block.hash.clone()).unwrap_or_default();
        self.waiting.retain(|waiting| transactions.iter().all(|it| it.id != waiting.id));
        self.blocks.push(Block { height, hash: format!("{way}{height}"), parent, time: NOW, transactions });
    }

    /// So many blocks without anything.
    pub fn idle(&mut self, way: &str, blocks: usize) {
        (0..blocks).for_each(|_| self.grow(way, Vec::new()));
    }
}

/// The chain.
#[derive(Default)]
pub struct Tale(Mutex<Says>);

impl Tale {
    pub fn says(&self) -> MutexGuard<'_, Says> {
        self.0.lock().unwrap()
    }

    fn asked<T: Send + 'static>(&self, answer: impl FnOnce(&mut Says) -> T) -> Answer<'static, T> {
        let mut says = self.says();
        let answer = if says.away { Err(ChainError::Unreachable) } else { Ok(answer(&mut says)) };
        Box::pin(async move { answer })
    }
}

impl ChainSource for Tale {
    fn network(&self) -> Answer<'_, String> {
        self.asked(|says| says.network.clone())
    }
    fn tip(&self) -> Answer<'_, Tip> {
        self.asked(|says| {
            let last = says.blocks.last().unwrap();
            Tip { height: last.height, hash: last.hash.clone() }
        })
    }
    fn block<'a>(&'a self, height: i64, watched: &'a Watched) -> Answer<'a, Option<Block>> {
        self.asked(|says| {
            let mut block = says.blocks.get(usize::try_from(height).unwrap())?.clone();
            block.transactions.retain(|tx| watched.touched_by(tx));
            Some(block)
        })
    }
    fn waiting(&self) -> Answer<'_, Vec<String>> {
        self.asked(|says| says.waiting.iter().map(|it| it.id.clone()).collect())
    }
    fn transaction<'a>(&'a self, id: &'a str) -> Answer<'a, Option<Transaction>> {
        self.asked(|says| {
            let mined = says.blocks.iter().flat_map(|block| &block.transactions);
            says.waiting.iter().chain(mined).find(|it| it.id == id).cloned()
        })
    }
    fn unspent<'a>(&'a self, address: &'a str) -> Answer<'a, Vec<(Transaction, Option<i64>)>> {
        self.asked(|says| {
            let here = says.lying.iter().filter(|(at, ..)| at == address);
            here.map(|(_, tx, height)| (tx.clone(), *height)).collect()
        })
    }
    fn fees(&self) -> Answer<'_, Fees> {
        self.asked(|_| Fees { base: "0".into(), slow: "1".into(), normal: "2".into(), fast: "5".into() })
    }
    fn send<'a>(&'a self, raw: &'a str) -> Answer<'a, ()> {
        let mut says = self.says();
        let answer = if says.away {
            Err(ChainError::Unreachable)
        } else if says.refuses.is_empty() {
            says.handed_in.push(raw.to_owned());
            let network = planet_exchange::chain::Network::Main;
            let read = planet_exchange::chain::read_bitcoin(raw, network)
                .or_else(|_| planet_exchange::chain::read_evm(raw));
            says.waiting.push(read.unwrap().tx);
            Ok(())
        } else {
            Err(ChainError::Refused(says.refuses.clone()))
        };
        Box::pin(async move { answer })
    }
    fn balance<'a>(&'a self, _: &'a str, token: &'a str) -> Answer<'a, String> {
        let token = token.to_owned();
        self.asked(move |says| if token.is_empty() { says.balance.clone() } else { "700".into() })
    }
    fn token<'a>(&'a self, _: &'a str) -> Answer<'a, TokenFacts> {
        self.asked(|_| TokenFacts { symbol: "PEAR".into(), decimals: 2 })
    }
}

/// A club that watches one chain.
pub struct House {
    pub corridor: Corridor,
    pub tale: Arc<Tale>,
    pub chain: Arc<Chain>,
    pub watcher: Watcher,
}

pub fn by(member: MemberId) -> Call {
    Call { actor: Actor::Member(member), key: ActKey(Uuid::new_v4()), now: NOW }
}

pub fn house() -> Call {
    Call { actor: Actor::House, key: ActKey(Uuid::new_v4()), now: NOW }
}

pub fn code(result: Result<impl std::fmt::Debug, Fault>) -> String {
    match result {
        Err(Fault::Refused(refusal)) => refusal.code,
        other => panic!("not refused: {other:?}"),
    }
}

/// A club of Ada and Ben whose node watches a chain of ten blocks.
pub async fn club(store: &Store, name: &'static str, network: &str) -> House {
    store
        .write(|tx| {
            let new = |handle, name| NewAgent { handle, name, now: NOW };
            agents::create_group(tx, GroupId::CLUB, &new("club", "Club"), Mode::Chat, false)?;
            agents::create_member(tx, ADA, &new("ada", "Ada"), Role::Member, None)?;
            agents::create_member(tx, BEN, &new("ben", "Ben"), Role::Member, None)
        })
        .await
        .unwrap();
    let registry = planet_crypto::register(Registry::default());
    let corridor =
        Corridor::open(store.clone(), registry, Box::new(|_, _| Ok(Arc::new(AllowAll)))).await.unwrap();
    let tale = Arc::new(Tale::default());
    tale.says().network = network.into();
    tale.says().balance = "0".into();
    tale.says().idle("a", 10);
    let source: Arc<dyn ChainSource> = Arc::<Tale>::clone(&tale);
    let chain = Arc::new(Chain::new(name, source));
    let watcher = Watcher::new(corridor.clone(), Arc::new(Chains::new(vec![Arc::clone(&chain)])));
    House { corridor, tale, chain, watcher }
}

impl House {
    /// The watcher looks at the chain once.
    pub async fn look(&self) {
        self.watcher.round(&self.chain, NOW).await;
    }

    /// The same, and nothing goes wrong.
    pub async fn look_well(&self) {
        self.look().await;
        assert_eq!(self.chain.standing().trouble, "");
    }

    pub async fn watch(&self, member: MemberId, key: &str) {
        let network = self.tale.says().network.clone();
        let watch = Watch { chain: self.chain.name.into(), network, key: key.into() };
        self.corridor.act(by(member), watch).await.unwrap();
        self.look_well().await;
    }

    pub async fn wallet(&self, member: MemberId) -> WalletView {
        let viewer = self.corridor.viewer(member).await.unwrap();
        let chain = self.chain.name.to_owned();
        self.corridor.view(&viewer, Wallet { chain, at: None, after: None }, NOW).await.unwrap()
    }

    /// Balance, what waits, and the history as words: how far, by how many blocks, how much.
    pub async fn account(&self, member: MemberId) -> (String, i64, Vec<String>) {
        let view = self.wallet(member).await;
        let lines = view.lines.iter().map(|line| {
            let moves: Vec<_> = line.moves.iter().map(|it| it.amount.exact.as_str()).collect();
            format!("{} {} {}", line.state.word(), line.confirmations, moves.join(" "))
        });
        // Lines of one moment have no order that matters; the stories tell them by their end.
        let mut lines: Vec<String> = lines.collect();
        lines.sort_by_key(|line| (line.split(' ').nth(1).unwrap().parse::<i64>().unwrap(), line.clone()));
        (view.holdings[0].exact.clone(), view.pending, lines)
    }
}

/// A Bitcoin transaction that pays so many satoshis to an address, out of nowhere in particular.
pub fn paying(id: &str, to: &str, sats: i64) -> Transaction {
    let pay = Pay {
        position: 0,
        asset: String::new(),
        from: String::new(),
        to: to.into(),
        amount: sats.to_string(),
    };
    let spends = vec![Coin { tx: "ee".repeat(32), output: 0 }];
    Transaction { id: id.into(), spends, pays: vec![pay], sum: sats, ..Transaction::default() }
}

pub fn words(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}
