//! Chains' nodes that answer well, badly, too much, too late or elsewhere: what the guarded client takes and what it does not.

use bitcoin::consensus::encode::serialize_hex;
use bitcoin::constants::genesis_block;
use planet_exchange::chain::{BitcoinSource, ChainError, ChainSource, Endpoint, EvmSource, Watched};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What a node says to a request: a status line's end and a body.
type Says = fn(&str, &str) -> (&'static str, String);

/// Starts a node on this machine and gives its address.
async fn node(says: Says) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream, says));
        }
    });
    format!("http://{address}")
}

async fn answer(stream: TcpStream, says: Says) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let (mut first, mut length) = (String::new(), 0);
    stream.read_line(&mut first).await?;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(count) = line.to_lowercase().strip_prefix("content-length:") {
            length = count.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    let (status, body) = says(&first, &String::from_utf8_lossy(&body));
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await
}

/// An answer of JSON-RPC.
fn result(value: Value) -> (&'static str, String) {
    ("200 OK", json!({ "result": value, "error": null, "id": 1 }).to_string())
}

async fn evm(says: Says) -> EvmSource {
    EvmSource::new(&node(says).await).unwrap()
}

async fn bitcoin(says: Says) -> BitcoinSource {
    BitcoinSource::new(&node(says).await).unwrap()
}

#[tokio::test]
async fn a_node_that_is_slow_too_talkative_closed_or_elsewhere_is_left() {
    let slow = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", slow.local_addr().unwrap());
    let endpoint = Endpoint::with_timeout(&address, Duration::from_millis(200)).unwrap();
    assert_eq!(endpoint.rpc("2.0", "x", json!([])).await, Err(ChainError::Unreachable));
    let gone = Endpoint::new("http://127.0.0.1:1").unwrap();
    assert_eq!(gone.rpc("2.0", "x", json!([])).await, Err(ChainError::Unreachable));
    let large = evm(|_, _| ("200 OK", "x".repeat(17 * 1024 * 1024))).await;
    assert_eq!(large.tip().await, Err(ChainError::TooLarge(16)));
    let closed = evm(|_, _| ("401 Unauthorized", String::new())).await;
    assert_eq!(closed.tip().await, Err(ChainError::NotLetIn));
    let elsewhere = evm(|_, _| ("302 Found\r\nlocation: http://169.254.169.254/", String::new())).await;
    assert!(matches!(elsewhere.tip().await, Err(ChainError::Nonsense(_))));
}

#[tokio::test]
async fn nonsense_of_every_kind_is_no_answer() {
    let all: [Says; 9] = [
        |_, _| ("200 OK", String::new()),
        |_, _| ("200 OK", "<html>".into()),
        |_, _| ("200 OK", "[]".into()),
        |_, _| ("200 OK", "[".repeat(100_000)),
        |_, _| result(json!(null)),
        |_, _| result(json!({ "hash": "0x12", "number": "0x1" })),
        |_, _| result(json!({ "hash": format!("0x{}", "1".repeat(64)), "number": "0xffffffffffffffffffff" })),
        |_, _| result(json!({ "hash": format!("0x{}", "1".repeat(64)), "number": -1 })),
        |_, _| result(json!({ "blocks": 1e300, "bestblockhash": 7, "chain": [] })),
    ];
    for says in all {
        let (evm, bitcoin) = (evm(says).await, bitcoin(says).await);
        assert!(evm.tip().await.is_err());
        assert!(evm.network().await.is_err());
        assert!(evm.balance("0x00", "").await.is_err());
        assert!(evm.fees().await.is_err());
        assert!(evm.token("0x00").await.is_err());
        assert!(bitcoin.tip().await.is_err());
        assert!(bitcoin.network().await.is_err());
        assert!(bitcoin.waiting().await.is_err());
    }
}

#[tokio::test]
async fn what_a_node_says_against_something_is_one_short_line() {
    let source = evm(|_, _| {
        let message = format!("no\u{7}\n{}", "x".repeat(1_000));
        ("500 Internal Server Error", json!({ "error": { "code": -1, "message": message } }).to_string())
    })
    .await;
    let Err(ChainError::Refused(why)) = source.send("0x02").await else { panic!("not refused") };
    assert!(why.len() <= 160 && why.starts_with("no  x"), "{why}");
}

#[tokio::test]
async fn a_block_is_read_as_it_is_and_another_one_is_noticed() {
    let says: Says = |_, body| {
        let call: Value = serde_json::from_str(body).unwrap();
        let block = genesis_block(bitcoin::Network::Regtest);
        let hash = block.block_hash().to_string();
        match call["method"].as_str().unwrap() {
            "getblockchaininfo" => result(json!({ "chain": "regtest", "blocks": 0, "bestblockhash": hash })),
            // A block at height 1 that is in truth the first one.
            "getblockhash" if call["params"][0] == 1 => result(json!("ab".repeat(32))),
            "getblockhash" => result(json!(hash)),
            "getblock" => result(json!(serialize_hex(&block))),
            "estimatesmartfee" => result(json!({ "feerate": 0.000_123_4, "blocks": 6 })),
            _ => ("500 Oops", json!({ "error": { "message": "no such method" } }).to_string()),
        }
    };
    let source = bitcoin(says).await;
    assert_eq!(source.network().await.unwrap(), "regtest");
    let block = source.block(0, &Watched::default()).await.unwrap().unwrap();
    assert_eq!(block.hash, source.tip().await.unwrap().hash);
    assert!(block.transactions.is_empty(), "nobody watches the first block's coins");
    assert_eq!(
        source.block(1, &Watched::default()).await,
        Err(ChainError::Nonsense("a block that is another one"))
    );
    assert_eq!(source.fees().await.unwrap().normal, "13");
    assert_eq!(source.transaction(&"cd".repeat(32)).await, Ok(None));
}

#[tokio::test]
async fn esplora_tells_the_same_in_its_own_way() {
    let says: Says = |first, _| {
        let block = genesis_block(bitcoin::Network::Regtest);
        let hash = block.block_hash().to_string();
        let path = first.split(' ').nth(1).unwrap();
        match path {
            "/api/block-height/0" => ("200 OK", hash),
            "/api/blocks/tip/height" => ("200 OK", "0".into()),
            "/api/fee-estimates" => ("200 OK", json!({ "2": 20.5, "6": 10.0, "24": 1e9 }).to_string()),
            "/api/mempool/txids" => ("200 OK", json!(["zz", "ab".repeat(32)]).to_string()),
            path if path.ends_with("/utxo") => {
                let coin = json!([{ "txid": "ab".repeat(32), "vout": 1, "value": 500, "status": { "confirmed": true, "block_height": 7 } }]);
                ("200 OK", coin.to_string())
            }
            _ => ("404 Not Found", "no".into()),
        }
    };
    let address = format!("esplora+{}/api", node(says).await);
    let source = BitcoinSource::new(&address).unwrap();
    assert_eq!(source.network().await.unwrap(), "regtest");
    assert_eq!(source.tip().await.unwrap().height, 0);
    let fees = source.fees().await.unwrap();
    assert_eq!(
        (fees.slow.as_str(), fees.normal.as_str(), fees.fast.as_str()),
        ("10", "21", "2000"),
        "sorted, and never absurd"
    );
    assert_eq!(source.waiting().await.unwrap(), ["ab".repeat(32)]);
    assert_eq!(source.transaction(&"cd".repeat(32)).await, Ok(None));
    let lying = source.unspent("bcrt1qx").await.unwrap();
    assert_eq!((lying[0].0.pays[0].amount.as_str(), lying[0].1), ("500", Some(7)));
}
