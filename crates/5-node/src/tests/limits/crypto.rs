//! The chapter of coins in the story of too much: every field of their acts, overdone.

use super::{AS_BEN, Trial};
use serde_json::json;

/// An account key of nobody's, as wallets show it.
const KEY: &str = "zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs";
/// The address that has signed [`SIGNED`].
const ADDRESS: &str = "0xFE3B557E8Fb62b89F4916B721be55cEb828dBd73";
const SIGNED: &str = "0x02f870821e8e8203338301284d8301d97c828ae094000000000000000000000000000000000000aaaa8402933bc980c080a0d067f2167008c59219652f91cbf8788dbca5f771f6e91e2b7657e85b78b472e0a01d305af9fe81fdba43f0dfcd400ed24dcace0a7e30d4e85701dcaaf484cd079e";

/// Ben has coins watched, hands out an address, keeps a token, and sends what he signed elsewhere.
pub(super) async fn with_coins(trial: &mut Trial) {
    let bitcoin = json!({ "chain": "bitcoin", "network": "main", "key": KEY });
    trial.tries(AS_BEN, "crypto.watch", bitcoin).await;
    trial.tries(AS_BEN, "crypto.receive", json!({ "chain": "bitcoin" })).await;
    let ether = json!({ "chain": "evm", "network": "7822", "key": ADDRESS });
    trial.act(AS_BEN, "crypto.watch", &ether).await;
    let contract = "0x00000000000000000000000000000000000000cc";
    let token = json!({ "contract": contract, "symbol": "PEAR", "decimals": 2 });
    trial.tries(AS_BEN, "crypto.keep_token", token).await;
    trial.tries(AS_BEN, "crypto.drop_token", json!({ "contract": contract })).await;
    trial.tries(AS_BEN, "crypto.broadcast", json!({ "chain": "evm", "raw": SIGNED })).await;
    trial.tries(AS_BEN, "crypto.forget", json!({ "chain": "bitcoin" })).await;
}
