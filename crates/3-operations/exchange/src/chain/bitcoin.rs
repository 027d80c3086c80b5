//! Bitcoin through a node's RPC (Bitcoin Core, bcoin) or through Esplora. Blocks are read as they are, so one reading serves
//! all of them, and a block that is not what its hash says is noticed.

use super::account::Network;
use super::numbers::fits;
use super::{Answer, Block, ChainError, ChainSource, Coin, Endpoint, Fees, Pay, Tip, Transaction, Watched};
use crate::error::ExchangeError;
use bitcoin::consensus::deserialize;
use bitcoin::hashes::hex::FromHex;
use planet_ontology::units::Moment;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::sync::OnceCell;

/// Searching all coins of the chain takes a node some minutes.
const SEARCH: Duration = Duration::from_mins(15);
/// What to pay for a virtual byte where nobody can say: nodes pass on nothing below one.
const USUAL: [i64; 3] = [1, 2, 5];
/// In how many blocks a transaction should be included: slow, normal, fast.
const BLOCKS: [i64; 3] = [24, 6, 2];
/// More than this for a virtual byte was never needed; a node that says so is wrong or means ill.
const MOST: i64 = 2_000;

/// How the other side speaks.
enum Speech {
    Rpc,
    Esplora,
}

/// A Bitcoin node.
pub struct BitcoinSource {
    endpoint: Endpoint,
    speech: Speech,
    network: OnceCell<Network>,
}

impl BitcoinSource {
    /// A node such as `http://user:password@localhost:8332`, or `esplora+https://host/api`.
    pub fn new(address: &str) -> Result<Self, ExchangeError> {
        let (speech, address) = match address.strip_prefix("esplora+") {
            Some(rest) => (Speech::Esplora, rest),
            None => (Speech::Rpc, address),
        };
        Ok(Self { endpoint: Endpoint::new(address)?, speech, network: OnceCell::new() })
    }

    /// Where it is, for the log.
    pub fn shown(&self) -> String {
        self.endpoint.shown()
    }

    async fn rpc(&self, method: &str, params: Value) -> Result<Value, ChainError> {
        self.endpoint.rpc("1.0", method, params).await
    }

    async fn text(&self, path: &str) -> Result<Option<String>, ChainError> {
        let body = self.endpoint.get(path).await?;
        body.map(|body| String::from_utf8(body).map_err(|_| ChainError::Nonsense("no text"))).transpose()
    }

    async fn json(&self, path: &str) -> Result<Option<Value>, ChainError> {
        let body = self.endpoint.get(path).await?;
        body.map(|body| serde_json::from_slice(&body).map_err(|_| ChainError::Nonsense("no JSON")))
            .transpose()
    }

    async fn known_network(&self) -> Result<Network, ChainError> {
        self.network.get_or_try_init(|| self.ask_network()).await.copied()
    }

    async fn ask_network(&self) -> Result<Network, ChainError> {
        let found = match self.speech {
            Speech::Rpc => {
                let info = self.rpc("getblockchaininfo", json!([])).await?;
                match info.get("chain").and_then(Value::as_str) {
                    Some("testnet" | "testnet4") => Some(Network::Test),
                    word => word.and_then(Network::from_word),
                }
            }
            Speech::Esplora => {
                let first = self.text("/block-height/0").await?.unwrap_or_default();
                let all = [Network::Main, Network::Test, Network::Signet, Network::Regtest];
                all.into_iter().find(|network| {
                    let genesis = bitcoin::constants::genesis_block(network.library());
                    genesis.block_hash().to_string() == first.trim()
                })
            }
        };
        found.ok_or(ChainError::Nonsense("an unknown network"))
    }

    async fn ask_tip(&self) -> Result<Tip, ChainError> {
        let (height, hash) = match self.speech {
            Speech::Rpc => {
                let info = self.rpc("getblockchaininfo", json!([])).await?;
                let hash = info.get("bestblockhash").and_then(Value::as_str).map(str::to_owned);
                (info.get("blocks").and_then(Value::as_i64), hash)
            }
            Speech::Esplora => {
                let height = self.text("/blocks/tip/height").await?;
                let height = height.and_then(|text| text.trim().parse().ok());
                let hash = match height {
                    Some(height) => self.hash_at(height).await?,
                    None => None,
                };
                (height, hash)
            }
        };
        match (height, hash) {
            (Some(height), Some(hash)) if height >= 0 && is_hash(&hash) => Ok(Tip { height, hash }),
            _ => Err(ChainError::Nonsense("no end of the chain")),
        }
    }

    async fn hash_at(&self, height: i64) -> Result<Option<String>, ChainError> {
        let hash = match self.speech {
            Speech::Rpc => match self.rpc("getblockhash", json!([height])).await {
                Ok(hash) => hash.as_str().map(str::to_owned),
                // There is no such height, perhaps no longer.
                Err(ChainError::Refused(_)) => None,
                Err(error) => return Err(error),
            },
            Speech::Esplora => {
                self.text(&format!("/block-height/{height}")).await?.map(|text| text.trim().to_owned())
            }
        };
        hash.map(|hash| if is_hash(&hash) { Ok(hash) } else { Err(ChainError::Nonsense("no hash")) })
            .transpose()
    }

    async fn raw_block(&self, hash: &str) -> Result<Option<Vec<u8>>, ChainError> {
        match self.speech {
            Speech::Rpc => {
                // Core's older word for "raw" is no word of bcoin, and the other way about; both take a number.
                let hex = self.rpc("getblock", json!([hash, 0])).await?;
                let bytes = hex.as_str().and_then(|hex| Vec::from_hex(hex).ok());
                bytes.map(Some).ok_or(ChainError::Nonsense("no block"))
            }
            Speech::Esplora => self.endpoint.get(&format!("/block/{hash}/raw")).await,
        }
    }

    async fn ask_block(&self, height: i64, watched: &Watched) -> Result<Option<Block>, ChainError> {
        let network = self.known_network().await?;
        let Some(hash) = self.hash_at(height).await? else { return Ok(None) };
        let Some(bytes) = self.raw_block(&hash).await? else { return Ok(None) };
        let block: bitcoin::Block = deserialize(&bytes).map_err(|_| ChainError::Nonsense("no block"))?;
        if block.block_hash().to_string() != hash || !block.check_merkle_root() {
            return Err(ChainError::Nonsense("a block that is another one"));
        }
        // A coin may be made and spent in one block.
        let mut watched = watched.clone();
        let mut transactions = Vec::new();
        for tx in block.txdata.iter().map(|tx| read(tx, network)) {
            if watched.touched_by(&tx) {
                watched.expect_coins_of(&tx);
                transactions.push(tx);
            }
        }
        Ok(Some(Block {
            height,
            hash,
            parent: block.header.prev_blockhash.to_string(),
            time: Moment(0).plus_seconds(i64::from(block.header.time)),
            transactions,
        }))
    }

    async fn ask_transaction(&self, id: &str) -> Result<Option<Transaction>, ChainError> {
        let network = self.known_network().await?;
        if !is_hash(id) {
            return Ok(None);
        }
        let hex = match self.speech {
            Speech::Rpc => match self.rpc("getrawtransaction", json!([id, 0])).await {
                Ok(hex) => hex.as_str().map(str::to_owned),
                Err(ChainError::Refused(_)) => return Ok(None),
                Err(error) => return Err(error),
            },
            Speech::Esplora => match self.text(&format!("/tx/{id}/hex")).await? {
                Some(hex) => Some(hex),
                None => return Ok(None),
            },
        };
        let bytes = hex.and_then(|hex| Vec::from_hex(hex.trim()).ok());
        let tx: bitcoin::Transaction =
            bytes.and_then(|bytes| deserialize(&bytes).ok()).ok_or(ChainError::Nonsense("no transaction"))?;
        let tx = read(&tx, network);
        if tx.id == id { Ok(Some(tx)) } else { Err(ChainError::Nonsense("another transaction")) }
    }

    async fn ask_waiting(&self) -> Result<Vec<String>, ChainError> {
        let list = match self.speech {
            Speech::Rpc => Some(self.rpc("getrawmempool", json!([])).await?),
            Speech::Esplora => self.json("/mempool/txids").await?,
        };
        let list = list.as_ref().and_then(Value::as_array).ok_or(ChainError::Nonsense("no list"))?;
        Ok(list.iter().filter_map(Value::as_str).filter(|id| is_hash(id)).map(str::to_owned).collect())
    }

    async fn ask_unspent(&self, address: &str) -> Result<Vec<(Transaction, Option<i64>)>, ChainError> {
        let list = match self.speech {
            Speech::Rpc => match self.endpoint.get(&format!("/coin/address/{address}")).await {
                // bcoin keeps a list by address and answers at once.
                Ok(Some(body)) if body.starts_with(b"[") => serde_json::from_slice(&body).ok(),
                _ => {
                    let asked = json!(["start", [format!("addr({address})")]]);
                    let found = self.endpoint.slow_rpc("1.0", "scantxoutset", asked, SEARCH).await?;
                    found.get("unspents").cloned()
                }
            },
            Speech::Esplora => self.json(&format!("/address/{address}/utxo")).await?,
        };
        let list = list.as_ref().and_then(Value::as_array).ok_or(ChainError::Nonsense("no list of coins"))?;
        list.iter().map(|coin| read_coin(coin, address).ok_or(ChainError::Nonsense("no coin"))).collect()
    }

    async fn ask_fees(&self) -> Result<Fees, ChainError> {
        let table = match self.speech {
            Speech::Rpc => None,
            Speech::Esplora => self.json("/fee-estimates").await?,
        };
        let mut rates = USUAL;
        for (rate, blocks) in rates.iter_mut().zip(BLOCKS) {
            let per_byte = if let Some(table) = &table {
                table.get(blocks.to_string()).and_then(Value::as_f64)
            } else {
                let estimate = match self.rpc("estimatesmartfee", json!([blocks])).await {
                    // A node that has seen too little to say pays what is usual.
                    Err(ChainError::Refused(_)) => Value::Null,
                    other => other?,
                };
                let per_kilobyte = estimate.get("feerate").or_else(|| estimate.get("fee"));
                // Bitcoins for a thousand bytes.
                per_kilobyte.and_then(Value::as_f64).map(|bitcoins| bitcoins * 100_000.0)
            };
            if let Some(found) = per_byte.filter(|found| *found > 0.0).and_then(whole) {
                *rate = found.clamp(1, MOST);
            }
        }
        // Whoever pays more must not wait longer.
        rates.sort_unstable();
        let [slow, normal, fast] = rates.map(|rate| rate.to_string());
        Ok(Fees { base: "0".into(), slow, normal, fast })
    }

    async fn hand_in(&self, raw: &str) -> Result<(), ChainError> {
        let result = match self.speech {
            Speech::Rpc => self.rpc("sendrawtransaction", json!([raw])).await.map(drop),
            Speech::Esplora => self.endpoint.post("/tx", raw.to_owned()).await.map(drop),
        };
        match result {
            // Handed in before, by us or by somebody else.
            Err(ChainError::Refused(why)) if why.contains("already in") || why.contains("already-in") => {
                Ok(())
            }
            other => other,
        }
    }
}

/// A number as a whole one, rounded up.
fn whole(number: f64) -> Option<i64> {
    format!("{:.0}", number.ceil()).parse().ok()
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// A coin as bcoin, Core and Esplora list it.
fn read_coin(coin: &Value, address: &str) -> Option<(Transaction, Option<i64>)> {
    let text = |names: [&str; 2]| names.iter().find_map(|name| coin.get(name)?.as_str());
    let number = |names: [&str; 2]| names.iter().find_map(|name| coin.get(name)?.as_i64());
    let id = text(["txid", "hash"]).filter(|id| is_hash(id))?;
    let output = number(["vout", "index"]).filter(|output| *output >= 0)?;
    let amount = match number(["value", "value"]) {
        Some(sats) => sats,
        None => format!("{:.0}", coin.get("amount")?.as_f64()? * 1e8).parse().ok()?,
    };
    let amount = Some(amount.to_string()).filter(|amount| fits(amount))?;
    let height = coin.pointer("/status/block_height").or_else(|| coin.get("height")).and_then(Value::as_i64);
    let pay =
        Pay { position: output, asset: String::new(), from: String::new(), to: address.to_owned(), amount };
    let mined = coin.get("coinbase").and_then(Value::as_bool).unwrap_or(false);
    let tx = Transaction { id: id.to_owned(), pays: vec![pay], mined, ..Transaction::default() };
    Some((tx, height.filter(|height| *height >= 0)))
}

/// A transaction, read.
pub(super) fn read(tx: &bitcoin::Transaction, network: Network) -> Transaction {
    let pays: Vec<Pay> = tx
        .output
        .iter()
        .zip(0_i64..)
        .map(|(output, position)| Pay {
            position,
            asset: String::new(),
            from: String::new(),
            to: bitcoin::Address::from_script(&output.script_pubkey, network.library())
                .map(|address| address.to_string())
                .unwrap_or_default(),
            amount: output.value.to_sat().to_string(),
        })
        .collect();
    let sum = tx.output.iter().try_fold(0_u64, |sum, output| sum.checked_add(output.value.to_sat()));
    let spent = tx.input.iter().map(|input| input.previous_output).filter(|coin| !coin.is_null());
    Transaction {
        id: tx.compute_txid().to_string(),
        spends: spent.map(|coin| Coin { tx: coin.txid.to_string(), output: i64::from(coin.vout) }).collect(),
        pays,
        sum: sum.and_then(|sum| i64::try_from(sum).ok()).unwrap_or(i64::MAX),
        mined: tx.is_coinbase(),
        ..Transaction::default()
    }
}

impl ChainSource for BitcoinSource {
    fn network(&self) -> Answer<'_, String> {
        Box::pin(async { self.known_network().await.map(|network| network.word().to_owned()) })
    }
    fn tip(&self) -> Answer<'_, Tip> {
        Box::pin(self.ask_tip())
    }
    fn block<'a>(&'a self, height: i64, watched: &'a Watched) -> Answer<'a, Option<Block>> {
        Box::pin(self.ask_block(height, watched))
    }
    fn waiting(&self) -> Answer<'_, Vec<String>> {
        Box::pin(self.ask_waiting())
    }
    fn transaction<'a>(&'a self, id: &'a str) -> Answer<'a, Option<Transaction>> {
        Box::pin(self.ask_transaction(id))
    }
    fn unspent<'a>(&'a self, address: &'a str) -> Answer<'a, Vec<(Transaction, Option<i64>)>> {
        Box::pin(self.ask_unspent(address))
    }
    fn fees(&self) -> Answer<'_, Fees> {
        Box::pin(self.ask_fees())
    }
    fn send<'a>(&'a self, raw: &'a str) -> Answer<'a, ()> {
        Box::pin(self.hand_in(raw))
    }
}
