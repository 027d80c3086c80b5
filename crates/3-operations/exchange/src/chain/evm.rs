//! Ethereum and its like through JSON-RPC: blocks with what concerns the watched, messages of tokens, balances.

use super::numbers::{decimal, hex, large, product, quantity};
use super::{
    Answer, Block, ChainError, ChainSource, Endpoint, Fees, Pay, Tip, TokenFacts, Transaction, Watched,
};
use crate::error::ExchangeError;
use planet_ontology::units::Moment;
use serde_json::{Value, json};
use sha3::{Digest, Keccak256};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The topic of `Transfer(address,address,uint256)` (ERC-20).
const TRANSFER: &str = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
/// The longest short name of a token, in characters.
const SYMBOL: usize = 12;

/// A node of an EVM chain.
pub struct EvmSource {
    endpoint: Endpoint,
}

impl EvmSource {
    /// A node such as `http://localhost:8545`.
    pub fn new(address: &str) -> Result<Self, ExchangeError> {
        Ok(Self { endpoint: Endpoint::new(address)? })
    }

    /// Where it is, for the log.
    pub fn shown(&self) -> String {
        self.endpoint.shown()
    }

    async fn rpc(&self, method: &str, params: Value) -> Result<Value, ChainError> {
        self.endpoint.rpc("2.0", method, params).await
    }

    async fn ask_network(&self) -> Result<String, ChainError> {
        let id = self.rpc("eth_chainId", json!([])).await?;
        quantity(Some(&id), "no chain id").map(|id| id.to_string())
    }

    async fn ask_tip(&self) -> Result<Tip, ChainError> {
        let block = self.rpc("eth_getBlockByNumber", json!(["latest", false])).await?;
        let hash = hash_of(block.get("hash"))?;
        Ok(Tip { height: quantity(block.get("number"), "no number of a block")?, hash })
    }

    async fn ask_block(&self, height: i64, watched: &Watched) -> Result<Option<Block>, ChainError> {
        let block = self.rpc("eth_getBlockByNumber", json!([format!("{height:#x}"), true])).await?;
        if block.is_null() {
            return Ok(None);
        }
        let hash = hash_of(block.get("hash"))?;
        if quantity(block.get("number"), "no number of a block")? != height {
            return Err(ChainError::Nonsense("a block that is another one"));
        }
        let all = block.get("transactions").and_then(Value::as_array);
        let all = all.ok_or(ChainError::Nonsense("no transactions"))?;
        let mut found = BTreeMap::new();
        for (place, tx) in all.iter().map(read).enumerate() {
            let tx = tx?;
            found.insert(tx.id.clone(), (place, tx));
        }
        if !watched.tokens.is_empty() {
            for (id, pay) in self.token_pays(&hash, &watched.tokens).await? {
                if let Some((_, tx)) = found.get_mut(&id) {
                    tx.pays.push(pay);
                }
            }
        }
        let mut touching: Vec<(usize, Transaction)> =
            found.into_values().filter(|(_, tx)| watched.touched_by(tx)).collect();
        touching.sort_by_key(|(place, _)| *place);
        let mut transactions = Vec::new();
        for (_, mut tx) in touching {
            self.add_receipt(&mut tx).await?;
            transactions.push(tx);
        }
        let time = quantity(block.get("timestamp"), "no time")?;
        let parent = hash_of(block.get("parentHash"))?;
        Ok(Some(Block { height, hash, parent, time: Moment(0).plus_seconds(time), transactions }))
    }

    /// What tokens moved in a block, by transaction.
    async fn token_pays(&self, block: &str, tokens: &[String]) -> Result<Vec<(String, Pay)>, ChainError> {
        let asked = json!([{ "blockHash": block, "address": tokens, "topics": [TRANSFER] }]);
        let logs = self.rpc("eth_getLogs", asked).await?;
        let logs = logs.as_array().ok_or(ChainError::Nonsense("no messages"))?;
        logs.iter()
            // A token that is one of a kind (ERC-721) has a third topic, and no amount.
            .filter(|log| log.get("topics").and_then(Value::as_array).is_some_and(|topics| topics.len() == 3))
            .map(|log| {
                let party =
                    |at: &str| log.pointer(at).and_then(Value::as_str).and_then(|word| word.get(26..66));
                let party = |at| party(at).map(|digits| format!("0x{digits}")).filter(|it| is_address(it));
                let (from, to) = (party("/topics/1"), party("/topics/2"));
                let nonsense = ChainError::Nonsense("no message of a token");
                let (Some(from), Some(to)) = (from, to) else { return Err(nonsense) };
                let position = quantity(log.get("logIndex"), "no place of a message")?.saturating_add(1);
                let asset = address_of(log.get("address"))?;
                let amount = large(log.get("data"), "no amount of a token")?;
                Ok((hash_of(log.get("transactionHash"))?, Pay { position, asset, from, to, amount }))
            })
            .collect()
    }

    /// Adds the fee and whether it worked.
    async fn add_receipt(&self, tx: &mut Transaction) -> Result<(), ChainError> {
        let receipt = self.rpc("eth_getTransactionReceipt", json!([tx.id])).await?;
        tx.failed = receipt.get("status").and_then(Value::as_str) == Some("0x0");
        let used = quantity(receipt.get("gasUsed"), "no gas")?;
        tx.fee = product(used, quantity(receipt.get("effectiveGasPrice"), "no price of gas")?);
        Ok(())
    }

    async fn ask_transaction(&self, id: &str) -> Result<Option<Transaction>, ChainError> {
        let tx = self.rpc("eth_getTransactionByHash", json!([id])).await?;
        if tx.is_null() { Ok(None) } else { read(&tx).map(Some) }
    }

    async fn ask_fees(&self) -> Result<Fees, ChainError> {
        let history = self.rpc("eth_feeHistory", json!(["0xa", "latest", [10, 50, 90]])).await?;
        let bases = history.get("baseFeePerGas").and_then(Value::as_array);
        let base = quantity(bases.and_then(|bases| bases.last()), "no base fee")?;
        let mut tips = [0_i64; 3];
        let blocks = history.get("reward").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        for (at, tip) in tips.iter_mut().enumerate() {
            let mut seen: Vec<i64> =
                blocks.iter().filter_map(|block| quantity(block.get(at), "no tip").ok()).collect();
            seen.sort_unstable();
            *tip = seen.get(seen.len() / 2).copied().unwrap_or(0);
        }
        if tips.iter().all(|tip| *tip == 0) {
            let usual = self.rpc("eth_maxPriorityFeePerGas", json!([])).await?;
            let usual = quantity(Some(&usual), "no tip")?;
            tips = [usual / 2, usual, usual.saturating_mul(2)];
        }
        tips.sort_unstable();
        let [slow, normal, fast] = tips.map(|tip| tip.to_string());
        Ok(Fees { base: base.to_string(), slow, normal, fast })
    }

    async fn call(&self, contract: &str, data: &str) -> Result<String, ChainError> {
        let answer = self.rpc("eth_call", json!([{ "to": contract, "data": data }, "latest"])).await?;
        let digits = answer.as_str().and_then(|text| text.strip_prefix("0x"));
        digits.map(str::to_owned).ok_or(ChainError::Nonsense("no answer of a contract"))
    }

    async fn ask_balance(&self, address: &str, token: &str) -> Result<String, ChainError> {
        if token.is_empty() {
            let wei = self.rpc("eth_getBalance", json!([address, "latest"])).await?;
            return large(Some(&wei), "no balance");
        }
        let owner = address.strip_prefix("0x").unwrap_or_default();
        let word = self.call(token, &format!("0x70a08231{owner:0>64}")).await?;
        word.get(..64).and_then(decimal).ok_or(ChainError::Nonsense("no balance of a token"))
    }

    async fn ask_token(&self, contract: &str) -> Result<TokenFacts, ChainError> {
        let word = self.call(contract, "0x313ce567").await?;
        let decimals = word
            .get(..64)
            .and_then(|word| i64::from_str_radix(word.trim_start_matches('0'), 16).ok().or(Some(0)));
        let decimals = decimals.filter(|decimals| (0..=36).contains(decimals));
        let symbol = self.call(contract, "0x95d89b41").await?;
        let symbol = read_text(&symbol).ok_or(ChainError::Nonsense("no name of a token"))?;
        Ok(TokenFacts { symbol, decimals: decimals.ok_or(ChainError::Nonsense("no decimals of a token"))? })
    }
}

/// A text as contracts answer it: length and bytes, or 32 bytes in the older way. Only what can stand in a line.
fn read_text(digits: &str) -> Option<String> {
    let bytes = |digits: &str| -> Option<Vec<u8>> {
        let pairs = (0..digits.len()).step_by(2);
        pairs.map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()).collect()
    };
    let bytes = if digits.len() > 128 {
        let length = usize::from_str_radix(digits.get(64..128)?, 16).ok()?.min(64);
        bytes(digits.get(128..128 + length * 2)?)?
    } else {
        bytes(digits.get(..64)?)?
    };
    let text = String::from_utf8(bytes).ok()?;
    let text: String = text.chars().filter(char::is_ascii_graphic).take(SYMBOL).collect();
    Some(text).filter(|text| !text.is_empty())
}

fn hash_of(value: Option<&Value>) -> Result<String, ChainError> {
    let text = value.and_then(Value::as_str).filter(|text| text.len() == 66);
    let digits = text.and_then(|text| text.strip_prefix("0x"));
    match (text, digits) {
        (Some(text), Some(digits)) if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            Ok(text.to_lowercase())
        }
        _ => Err(ChainError::Nonsense("no hash")),
    }
}

fn address_of(value: Option<&Value>) -> Result<String, ChainError> {
    let text = value.and_then(Value::as_str).map(str::to_lowercase);
    text.filter(|text| is_address(text)).ok_or(ChainError::Nonsense("no address"))
}

/// A transaction as blocks list it.
fn read(tx: &Value) -> Result<Transaction, ChainError> {
    let sender = address_of(tx.get("from"))?;
    let amount = large(tx.get("value"), "no amount")?;
    let to = match tx.get("to") {
        // A new contract.
        None | Some(Value::Null) => String::new(),
        to => address_of(to)?,
    };
    let pay = Pay { position: 0, asset: String::new(), from: sender.clone(), to, amount };
    Ok(Transaction { id: hash_of(tx.get("hash"))?, sender, pays: vec![pay], ..Transaction::default() })
}

/// An address with the capital letters that show a slip of the pen (EIP-55).
pub fn checksum(address: &str) -> String {
    let lower = address.trim_start_matches("0x").to_lowercase();
    let hash = Keccak256::digest(lower.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    let letters = lower.chars().zip(hash.chars()).map(|(letter, mark)| {
        if mark.to_digit(16).is_some_and(|mark| mark >= 8) { letter.to_ascii_uppercase() } else { letter }
    });
    letters.fold("0x".to_owned(), |mut text, letter| {
        text.push(letter);
        text
    })
}

/// Whether a text is an address. One in mixed case must bear the right checksum.
pub fn is_address(text: &str) -> bool {
    let Some(letters) = text.strip_prefix("0x") else { return false };
    if letters.len() != 40 || !letters.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return false;
    }
    let one_case = letters == letters.to_lowercase() || letters == letters.to_uppercase();
    one_case || text == checksum(letters)
}

impl ChainSource for EvmSource {
    fn network(&self) -> Answer<'_, String> {
        Box::pin(self.ask_network())
    }
    fn tip(&self) -> Answer<'_, Tip> {
        Box::pin(self.ask_tip())
    }
    fn block<'a>(&'a self, height: i64, watched: &'a Watched) -> Answer<'a, Option<Block>> {
        Box::pin(self.ask_block(height, watched))
    }
    fn waiting(&self) -> Answer<'_, Vec<String>> {
        Box::pin(async { Ok(Vec::new()) })
    }
    fn transaction<'a>(&'a self, id: &'a str) -> Answer<'a, Option<Transaction>> {
        Box::pin(self.ask_transaction(id))
    }
    fn unspent<'a>(&'a self, _: &'a str) -> Answer<'a, Vec<(Transaction, Option<i64>)>> {
        Box::pin(async { Ok(Vec::new()) })
    }
    fn fees(&self) -> Answer<'_, Fees> {
        Box::pin(self.ask_fees())
    }
    fn send<'a>(&'a self, raw: &'a str) -> Answer<'a, ()> {
        Box::pin(async move {
            match self.rpc("eth_sendRawTransaction", json!([raw])).await {
                Err(ChainError::Refused(why)) if why.contains("already known") => Ok(()),
                other => other.map(drop),
            }
        })
    }
    fn balance<'a>(&'a self, address: &'a str, token: &'a str) -> Answer<'a, String> {
        Box::pin(self.ask_balance(address, token))
    }
    fn sent<'a>(&'a self, address: &'a str) -> Answer<'a, i64> {
        Box::pin(async move {
            let count = self.rpc("eth_getTransactionCount", json!([address, "pending"])).await?;
            quantity(Some(&count), "no number of transactions")
        })
    }
    fn gas<'a>(&'a self, from: &'a str, to: &'a str, value: &'a str, data: &'a str) -> Answer<'a, i64> {
        Box::pin(async move {
            let value = hex(value).ok_or(ChainError::Nonsense("no amount"))?;
            let asked = json!([{ "from": from, "to": to, "value": value, "data": data }]);
            let gas = quantity(Some(&self.rpc("eth_estimateGas", asked).await?), "no gas")?;
            // Contracts may need a little more when their turn comes; ether alone never does.
            Ok(if data == "0x" { gas } else { gas.saturating_add(gas / 5) })
        })
    }
    fn token<'a>(&'a self, contract: &'a str) -> Answer<'a, TokenFacts> {
        Box::pin(self.ask_token(contract))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_the_proposals_examples() {
        for address in [
            "0x52908400098527886E0F7030069857D2E4169EE7",
            "0xde709f2102306220921060314715629080e2fb77",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        ] {
            assert_eq!(checksum(&address.to_lowercase()), address);
            assert!(is_address(address) && is_address(&address.to_lowercase()));
        }
        for wrong in ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed", "0x", "", "0xé", &"0".repeat(42)] {
            assert!(!is_address(wrong), "{wrong}");
        }
    }

    #[test]
    fn names_of_tokens_are_cut_to_what_can_be_shown() {
        let word = |text: &str| format!("{text:0<64}");
        let modern = format!("{:0>64}{:0>64}{}", "20", "4", word("5553444f"));
        assert_eq!(read_text(&modern).as_deref(), Some("USDO"));
        assert_eq!(read_text(&word("4d4b52")).as_deref(), Some("MKR"));
        assert_eq!(read_text(&word("3c0a0d3e")).as_deref(), Some("<>"));
        for wrong in ["", "00", &word(""), &format!("{:0>64}{}", "20", "f".repeat(64))] {
            assert_eq!(read_text(wrong), None, "{wrong}");
        }
    }
}
