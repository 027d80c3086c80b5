//! The stories of ether and tokens: received, sent, failed, undone, and what a hostile node cannot do.

use crate::house::{ADA, BEN, House, by, club, code, house, migrations, words};
use planet_crypto::acts::{Broadcast, DropToken, KeepToken, Measure, Measured, Receive, Watch};
use planet_crypto::chains::Place;
use planet_exchange::chain::{Pay, Transaction};
use planet_store::{Store, both_engines};

/// Besu's vector for EIP-1559: 43 203 529 wei from this address, on chain 7822.
const RAW: &str = "0x02f870821e8e8203338301284d8301d97c828ae094000000000000000000000000000000000000aaaa8402933bc980c080a0d067f2167008c59219652f91cbf8788dbca5f771f6e91e2b7657e85b78b472e0a01d305af9fe81fdba43f0dfcd400ed24dcace0a7e30d4e85701dcaaf484cd079e";
const ADDRESS: &str = "0xFE3B557E8Fb62b89F4916B721be55cEb828dBd73";
const OTHER: &str = "0x000000000000000000000000000000000000aaaa";
const TOKEN: &str = "0x00000000000000000000000000000000000000cc";
const SPAM: &str = "0x00000000000000000000000000000000000000dd";

fn pay(position: i64, asset: &str, from: &str, to: &str, amount: &str) -> Pay {
    let small = |text: &str| text.to_lowercase();
    Pay { position, asset: asset.into(), from: small(from), to: small(to), amount: amount.into() }
}

fn sent_by(id: &str, sender: &str, pays: Vec<Pay>) -> Transaction {
    Transaction {
        id: id.into(),
        sender: sender.to_lowercase(),
        pays,
        fee: "21000".into(),
        ..Transaction::default()
    }
}

fn broadcast(raw: &str) -> Broadcast {
    Broadcast { chain: "evm".into(), raw: raw.into() }
}

fn token(contract: &str) -> KeepToken {
    KeepToken { contract: contract.into(), symbol: "PEAR".into(), decimals: 2 }
}

async fn watching(store: &Store) -> House {
    let club = club(store, "evm", "7822").await;
    club.watch(ADA, ADDRESS).await;
    club
}

both_engines! { migrations();

    async fn ether_is_booked_in_gwei_with_wei_beside_it(store: Store) {
        let club = watching(&store).await;
        let wei = "1500000000000000000";
        club.tale.says().balance = wei.into();
        club.tale.says().grow("a", vec![sent_by("in", OTHER, vec![pay(0, "", OTHER, ADDRESS, wei)])]);
        club.look_well().await;
        let view = club.wallet(ADA).await;
        assert_eq!((view.key.as_str(), view.holdings[0].exact.as_str()), (ADDRESS, wei));
        let line = &view.lines[0];
        assert_eq!((line.moves[0].amount.exact.as_str(), line.moves[0].booked, line.fee.as_str()), (wei, Some(1_500_000_000), ""));
        club.tale.says().grow("a", vec![sent_by("out", ADDRESS, vec![pay(0, "", ADDRESS, OTHER, "999999999")])]);
        club.look_well().await;
        let view = club.wallet(ADA).await;
        let out = view.lines.iter().find(|line| line.tx == "out").unwrap();
        assert_eq!((out.moves[0].amount.exact.as_str(), out.moves[0].booked, out.fee.as_str()), ("-999999999", Some(0), "21000"));
        let handed = club.corridor.act(by(ADA), Receive { chain: "evm".into() }).await.unwrap().output.unwrap();
        assert_eq!(handed.address, ADDRESS.to_lowercase());
    }

    async fn only_tokens_of_ones_own_list_show(store: Store) {
        let club = watching(&store).await;
        club.corridor.act(by(ADA), token(TOKEN)).await.unwrap();
        club.tale.says().grow("a", vec![
            sent_by("pear", OTHER, vec![pay(0, "", OTHER, TOKEN, "0"), pay(3, TOKEN, OTHER, ADDRESS, "700")]),
            sent_by("spam", OTHER, vec![pay(0, "", OTHER, SPAM, "0"), pay(1, SPAM, OTHER, ADDRESS, "1000000")]),
        ]);
        club.look_well().await;
        let view = club.wallet(ADA).await;
        assert_eq!(view.holdings[1].exact, "700");
        assert_eq!(club.account(ADA).await.2, words(&["confirmed 1 700"]));
        club.corridor.act(by(ADA), DropToken { contract: TOKEN.to_uppercase().replace('X', "x") }).await.unwrap();
        assert_eq!(club.wallet(ADA).await.holdings.len(), 1);
        assert_eq!(code(club.corridor.act(by(ADA), DropToken { contract: TOKEN.into() }).await), "token_unknown");
    }

    async fn a_payment_is_handed_over_and_its_true_fee_replaces_the_highest(store: Store) {
        let club = watching(&store).await;
        let sent = club.corridor.act(by(ADA), broadcast(RAW)).await.unwrap().output.unwrap();
        club.look_well().await;
        assert_eq!(club.tale.says().handed_in, [RAW]);
        assert_eq!(club.wallet(ADA).await.lines[0].fee, (35_552_i64 * 121_212).to_string());
        club.tale.says().grow("a", vec![sent_by(&sent.tx, ADDRESS, vec![pay(0, "", ADDRESS, OTHER, "43203529")])]);
        club.look_well().await;
        let line = club.wallet(ADA).await.lines.remove(0);
        assert_eq!((line.fee.as_str(), line.state.word()), ("21000", "confirmed"));
    }

    async fn what_fails_costs_its_fee_and_moves_nothing(store: Store) {
        let club = watching(&store).await;
        let failed = Transaction { failed: true, ..sent_by("fail", ADDRESS, vec![pay(0, "", ADDRESS, OTHER, "5")]) };
        club.tale.says().grow("a", vec![failed]);
        club.look_well().await;
        assert_eq!(club.account(ADA).await.2, words(&["failed 1 0"]));
    }

    async fn blocks_taken_back_take_ether_back(store: Store) {
        let club = watching(&store).await;
        club.tale.says().balance = "9".into();
        club.tale.says().grow("a", vec![sent_by("in", OTHER, vec![pay(0, "", OTHER, ADDRESS, "9")])]);
        club.tale.says().idle("a", 5);
        club.look_well().await;
        assert_eq!(club.account(ADA).await, ("9".into(), 0, words(&["final 6 9"])));
        club.tale.says().blocks.truncate(10);
        club.tale.says().balance = "0".into();
        club.tale.says().idle("b", 8);
        club.look_well().await;
        assert_eq!(club.account(ADA).await, ("0".into(), 0, words(&["gone 0 9"])));
    }

    async fn what_is_not_ones_own_cannot_be_sent(store: Store) {
        let club = watching(&store).await;
        let other = club.corridor.act(by(BEN), Watch { chain: "evm".into(), network: "7822".into(), key: OTHER.into() });
        other.await.unwrap();
        assert_eq!(code(club.corridor.act(by(BEN), broadcast(RAW)).await), "not_yours");
        assert_eq!(code(club.corridor.act(by(ADA), broadcast("0x02c0")).await), "not_a_transaction");
        // The same signature does not fit another amount.
        let changed = RAW.replace("02933bc9", "02933bca");
        assert!(["not_yours", "not_signed"].contains(&code(club.corridor.act(by(ADA), broadcast(&changed)).await).as_str()));
    }

    async fn a_payment_for_another_chain_is_refused(store: Store) {
        let club = club(&store, "evm", "1").await;
        club.watch(ADA, ADDRESS).await;
        assert_eq!(code(club.corridor.act(by(ADA), broadcast(RAW)).await), "other_network");
    }

    async fn nonsense_is_refused_with_a_name(store: Store) {
        let club = watching(&store).await;
        let watch = |key: &str, network: &str| Watch { chain: "evm".into(), network: network.into(), key: key.into() };
        assert_eq!(code(club.corridor.act(by(BEN), watch(&ADDRESS.replace("0xFE", "0xfE"), "7822")).await), "address_wrong");
        assert_eq!(code(club.corridor.act(by(BEN), watch(ADDRESS, "mars")).await), "network_unknown");
        assert_eq!(code(club.corridor.act(by(ADA), KeepToken { decimals: 99, ..token(TOKEN) }).await), "token_wrong");
        assert_eq!(code(club.corridor.act(by(ADA), KeepToken { symbol: "<b>\u{202e}".into(), ..token(TOKEN) }).await), "token_wrong");
        assert_eq!(code(club.corridor.act(by(ADA), token("0x12")).await), "address_wrong");
        let place = Place { chain: "evm".into(), network: "7822".into() };
        let lie = |exact: &str| Measured { place: place.clone(), height: 1, balances: vec![Measure { owner: ADA, asset: String::new(), exact: exact.into() }] };
        for exact in ["-1", "", "1e18", &"9".repeat(90)] {
            assert_eq!(code(club.corridor.act(house(), lie(exact)).await), "chain_nonsense");
        }
        club.corridor.act(house(), lie(&"9".repeat(78))).await.unwrap();
        assert_eq!(club.wallet(ADA).await.holdings[0].exact, "9".repeat(78));
        assert_eq!(club.chain.standing().trouble, "");
    }
}
