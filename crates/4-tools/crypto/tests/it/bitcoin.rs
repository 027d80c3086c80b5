//! The stories of bitcoins: watched, received, sent, undone, and what a hostile node cannot do.

use crate::house::{
    ADA, BEN, FIRST, House, KEY, NOW, OTHER, SECOND, by, club, code, house, migrations, paying, words,
};
use planet_crypto::acts::{Broadcast, Followed, Forget, News, Receive, Seen, Watch};
use planet_crypto::chains::Place;
use planet_crypto::views::{Spendable, Wallet};
use planet_exchange::chain::{Block, Coin, Pay, Transaction};
use planet_store::{Store, both_engines};

/// The coin that the two payments below spend: 100 000 sats at the account's first address.
const COIN: &str = "1111111111111111111111111111111111111111111111111111111111111111";
/// 40 000 sats to `OTHER` out of `COIN`, 59 718 back as change; built and signed by the browser's own code from BIP84's words.
const RAW: &str = "0200000000010111111111111111111111111111111111111111111111111111111111111111110000000000fdffffff02409c000000000000160014751e76e8199196d454941c45d1b3a323f1433bd646e90000000000001600143e34985dca6fddc9fb369940e4c7d8e2873f529c0247304402206b73818a9a60d2f1118902c3edbac6bd09953192d20ceec8d17e5d831af9ead3022038c4fefee5d8aba669d6fa2b1f62b78b798800fd08ba6481688dff8f122054fe01210330d54fd0dd420a6e5f8d3624f5f3482cae350f79d5f0753bf5beef9c2d91af3c00000000";
/// The same coin, 30 000 sats to `OTHER`.
const RIVAL: &str = "0200000000010111111111111111111111111111111111111111111111111111111111111111110000000000fdffffff023075000000000000160014751e76e8199196d454941c45d1b3a323f1433bd6c90f0100000000001600143e34985dca6fddc9fb369940e4c7d8e2873f529c0247304402203d6685ad4b27bfed2e454843ee029670aaff4e8999203918902bebe106d7eac402200eaf295bf1a3758fb77cec7c15c0010ff5ac78955d0f4dc0d179ef94f7b1975701210330d54fd0dd420a6e5f8d3624f5f3482cae350f79d5f0753bf5beef9c2d91af3c00000000";

fn place() -> Place {
    Place { chain: "bitcoin".into(), network: "main".into() }
}

fn broadcast(raw: &str) -> Broadcast {
    Broadcast { chain: "bitcoin".into(), raw: raw.into() }
}

/// Ada's wallet, with a confirmed coin of 100 000 sats.
async fn with_coin(store: &Store) -> House {
    let club = club(store, "bitcoin", "main").await;
    club.watch(ADA, KEY).await;
    club.tale.says().grow("a", vec![paying(COIN, FIRST, 100_000)]);
    club.look_well().await;
    club
}

/// One line of Ada's history.
async fn line(club: &House, tx: &str) -> planet_crypto::views::Line {
    club.wallet(ADA).await.lines.into_iter().find(|line| line.tx == tx).unwrap()
}

async fn spendable(club: &House) -> Vec<i64> {
    let viewer = club.corridor.viewer(ADA).await.unwrap();
    let view = club.corridor.view(&viewer, Spendable {}, NOW).await.unwrap();
    view.coins.into_iter().map(|coin| coin.sats).collect()
}

both_engines! { migrations();

    async fn what_arrives_is_unconfirmed_then_confirmed_then_final(store: Store) {
        let club = club(&store, "bitcoin", "main").await;
        club.watch(ADA, KEY).await;
        club.tale.says().waiting.push(paying("p1", FIRST, 5_000));
        club.look_well().await;
        assert_eq!(club.account(ADA).await, ("0".into(), 5_000, words(&["unconfirmed 0 5000"])));
        let mined = club.tale.says().waiting.clone();
        club.tale.says().grow("a", mined);
        club.look_well().await;
        assert_eq!(club.account(ADA).await, ("5000".into(), 0, words(&["confirmed 1 5000"])));
        club.tale.says().idle("a", 4);
        club.look_well().await;
        assert_eq!(club.account(ADA).await.2, words(&["confirmed 5 5000"]));
        club.tale.says().idle("a", 1);
        club.look_well().await;
        assert_eq!(club.account(ADA).await.2, words(&["final 6 5000"]));
        assert!(club.corridor.view(&club.corridor.viewer(BEN).await.unwrap(), Wallet { chain: "bitcoin".into(), at: None, after: None }, NOW).await.is_err(), "Ben sees nothing of it");
    }

    async fn what_arrives_while_the_watching_begins_is_not_missed(store: Store) {
        let club = club(&store, "bitcoin", "main").await;
        let watch = Watch { chain: "bitcoin".into(), network: "main".into(), key: KEY.into() };
        club.corridor.act(by(ADA), watch).await.unwrap();
        club.tale.says().grow("a", vec![paying("p", FIRST, 40)]);
        club.look_well().await;
        club.tale.says().grow("a", vec![paying("q", SECOND, 2)]);
        club.look_well().await;
        assert_eq!(club.account(ADA).await, ("42".into(), 0, words(&["confirmed 1 2", "confirmed 2 40"])));
    }

    async fn what_lay_there_before_is_found(store: Store) {
        let club = club(&store, "bitcoin", "main").await;
        club.tale.says().lying.push((SECOND.into(), paying("old", SECOND, 700), Some(3)));
        club.watch(ADA, KEY).await;
        assert_eq!(club.account(ADA).await, ("700".into(), 0, words(&["final 7 700"])));
    }

    async fn each_payment_gets_a_fresh_address_up_to_the_gap(store: Store) {
        let club = club(&store, "bitcoin", "main").await;
        club.watch(ADA, KEY).await;
        let receive = || Receive { chain: "bitcoin".into() };
        let mut handed = Vec::new();
        for _ in 0..20 {
            handed.push(club.corridor.act(by(ADA), receive()).await.unwrap().output.unwrap());
        }
        assert_eq!((handed[0].address.as_str(), handed[1].address.as_str()), (FIRST, SECOND));
        assert_eq!(handed[19].position, 19);
        assert_eq!(code(club.corridor.act(by(ADA), receive()).await), "too_many_unused");
        // One that was paid to opens the way to more; even the last one is watched.
        club.tale.says().grow("a", vec![paying("late", &handed[19].address, 900)]);
        club.look_well().await;
        assert_eq!(club.account(ADA).await.0, "900");
        assert_eq!(club.corridor.act(by(ADA), receive()).await.unwrap().output.unwrap().position, 20);
    }

    async fn a_payment_is_taken_in_handed_over_and_answered(store: Store) {
        let club = with_coin(&store).await;
        let sent = club.corridor.act(by(ADA), broadcast(RAW)).await.unwrap().output.unwrap();
        assert_eq!(sent.tx, "821c684b876cc2a33461bd09c6dc0310ffb5b82627efb569603c9860fe578ef7");
        assert!(club.tale.says().handed_in.is_empty(), "nothing goes out within the act");
        assert_eq!(club.account(ADA).await, ("0".into(), 59_718, words(&["queued 0 -40282", "confirmed 1 100000"])));
        assert_eq!(spendable(&club).await, [59_718], "the coin is spoken for, the change may be spent on");
        club.look_well().await;
        assert_eq!(club.tale.says().handed_in, [RAW]);
        assert_eq!(club.account(ADA).await.2[0], "unconfirmed 0 -40282");
        assert_eq!(code(club.corridor.act(by(ADA), broadcast(RAW)).await), "on_its_way");
        assert_eq!(code(club.corridor.act(by(ADA), broadcast(RIVAL)).await), "spent_already");
        let mined = club.tale.says().waiting.clone();
        club.tale.says().grow("a", mined);
        club.look_well().await;
        let line = line(&club, &sent.tx).await;
        assert_eq!((line.fee.as_str(), line.moves[0].other.as_str(), line.moves[0].booked), ("282", OTHER, Some(-40_282)));
        assert_eq!(club.account(ADA).await.0, "59718");
        club.look_well().await;
        assert_eq!(club.tale.says().handed_in.len(), 1, "it is handed in once");
    }

    async fn what_the_chain_refuses_is_told_and_the_coins_are_there_again(store: Store) {
        let club = with_coin(&store).await;
        club.tale.says().refuses = "min relay fee not met".into();
        club.corridor.act(by(ADA), broadcast(RAW)).await.unwrap();
        club.look_well().await;
        let refused = line(&club, "821c684b876cc2a33461bd09c6dc0310ffb5b82627efb569603c9860fe578ef7").await;
        assert_eq!(refused.problem, "min relay fee not met");
        assert_eq!(club.account(ADA).await, ("100000".into(), 0, words(&["refused 0 -40282", "confirmed 1 100000"])));
        // Once more is allowed, and another with the same coin as well.
        club.tale.says().refuses.clear();
        club.corridor.act(by(ADA), broadcast(RIVAL)).await.unwrap();
        club.look_well().await;
        assert_eq!(club.account(ADA).await.1, 69_577);
    }

    async fn a_chain_that_is_away_loses_nothing(store: Store) {
        let club = with_coin(&store).await;
        club.corridor.act(by(ADA), broadcast(RAW)).await.unwrap();
        club.tale.says().away = true;
        club.look().await;
        assert_eq!(club.chain.standing().trouble, "The chain's node does not answer.");
        assert_eq!(club.account(ADA).await.2[0], "queued 0 -40282");
        club.tale.says().away = false;
        club.look_well().await;
        assert_eq!(club.account(ADA).await.2[0], "unconfirmed 0 -40282");
    }

    async fn six_blocks_that_the_chain_takes_back_are_undone(store: Store) {
        let club = with_coin(&store).await;
        club.corridor.act(by(ADA), broadcast(RAW)).await.unwrap();
        club.look_well().await;
        let payment = club.tale.says().waiting.clone();
        let mined = Transaction { mined: true, spends: Vec::new(), ..paying("mined", SECOND, 5_000) };
        club.tale.says().grow("a", [payment.clone(), vec![mined]].concat());
        club.tale.says().idle("a", 5);
        club.look_well().await;
        assert_eq!(club.account(ADA).await, ("59718".into(), 0, words(&["final 6 -40282", "final 6 5000", "final 7 100000"])));
        club.tale.says().blocks.truncate(11);
        club.tale.says().waiting = payment.clone();
        club.tale.says().idle("b", 7);
        club.look_well().await;
        // The payment waits again, the mined coin never was, the first coin stays where it was.
        assert_eq!(club.account(ADA).await, ("0".into(), 59_718, words(&["gone 0 5000", "unconfirmed 0 -40282", "final 8 100000"])));
        // The other way includes the rival: what waited is gone for good.
        let rival = planet_exchange::chain::read_bitcoin(RIVAL, planet_exchange::chain::Network::Main).unwrap().tx;
        club.tale.says().waiting.clear();
        club.tale.says().grow("b", vec![rival]);
        club.look_well().await;
        assert_eq!(club.account(ADA).await, ("69577".into(), 0, words(&["gone 0 -40282", "gone 0 5000", "confirmed 1 -30423", "final 9 100000"])));
        // And back to the first way, which grew longer: everything as it was.
        club.tale.says().blocks.truncate(11);
        club.tale.says().grow("a", payment);
        club.tale.says().idle("a", 9);
        club.look_well().await;
        assert_eq!(club.account(ADA).await.0, "59718");
    }

    async fn what_the_chain_forgets_is_handed_in_again_and_gone_only_if_it_says_no(store: Store) {
        let club = with_coin(&store).await;
        club.corridor.act(by(ADA), broadcast(RAW)).await.unwrap();
        club.look_well().await;
        let payment = club.tale.says().waiting.clone();
        club.tale.says().grow("a", payment);
        club.look_well().await;
        // Its block is taken back, and the node does not know that it waits.
        club.tale.says().blocks.truncate(11);
        club.tale.says().idle("b", 2);
        club.look_well().await;
        assert_eq!(club.tale.says().handed_in, words(&[RAW, RAW]));
        assert_eq!(club.account(ADA).await, ("0".into(), 59_718, words(&["unconfirmed 0 -40282", "confirmed 3 100000"])));
        club.tale.says().waiting.clear();
        club.tale.says().refuses = "missing inputs".into();
        club.look_well().await;
        assert_eq!(club.account(ADA).await, ("100000".into(), 0, words(&["gone 0 -40282", "confirmed 3 100000"])));
    }

    async fn a_chain_that_shares_nothing_with_the_trail_is_begun_anew(store: Store) {
        let club = with_coin(&store).await;
        club.tale.says().blocks.clear();
        club.tale.says().idle("z", 4);
        club.look_well().await;
        club.look_well().await;
        assert_eq!(club.account(ADA).await, ("0".into(), 0, words(&["gone 0 100000"])));
        assert_eq!(club.wallet(ADA).await.tip, Some(3));
    }

    async fn told_twice_late_or_out_of_order_counts_once(store: Store) {
        let club = with_coin(&store).await;
        let block = club.tale.says().blocks[10].clone();
        let told = |news| Seen { place: place(), news };
        assert_eq!(code(club.corridor.act(house(), told(News::Block(block.clone()))).await), "late");
        let ahead = Block { height: 12, hash: "a12".into(), parent: "a11".into(), ..block.clone() };
        assert_eq!(code(club.corridor.act(house(), told(News::Block(ahead.clone()))).await), "late");
        let follow = Followed { place: place(), blocks: vec![ahead] };
        assert_eq!(code(club.corridor.act(house(), follow).await), "late");
        // What waits, told after it was confirmed, does not take the block away; twice is once.
        for _ in 0..2 {
            club.corridor.act(house(), told(News::Waiting(vec![paying(COIN, FIRST, 100_000)]))).await.unwrap();
        }
        assert_eq!(club.account(ADA).await, ("100000".into(), 0, words(&["confirmed 1 100000"])));
        let answer = News::Answered { owner: ADA, tx: COIN.into(), refused: Some("no".into()) };
        assert_eq!(code(club.corridor.act(house(), told(answer)).await), "late");
        club.corridor.act(house(), told(News::Gone { tx: COIN.into() })).await.unwrap();
        assert_eq!(club.account(ADA).await.0, "100000", "what is in a block is not gone");
    }

    async fn two_watchers_on_one_database_tell_everything_once(store: Store) {
        let club = with_coin(&store).await;
        let other = planet_crypto::Watcher::new(club.corridor.clone(), std::sync::Arc::new(planet_crypto::Chains::new(vec![club.chain.clone()])));
        for n in 0..5 {
            club.tale.says().grow("a", vec![paying(&format!("p{n}"), FIRST, 10)]);
            tokio::join!(club.watcher.round(&club.chain, NOW), other.round(&club.chain, NOW));
        }
        club.look_well().await;
        assert_eq!(club.account(ADA).await.0, "100050");
        assert_eq!(club.wallet(ADA).await.lines.len(), 6);
    }

    async fn a_hostile_chain_cannot_break_the_books(store: Store) {
        let club = with_coin(&store).await;
        let huge = |amount: &str| {
            let mut tx = paying(&format!("huge{amount}"), FIRST, 1);
            tx.pays = vec![Pay { amount: amount.into(), ..tx.pays[0].clone() }];
            tx
        };
        let lies = ["9223372036854775807", "-5", "99999999999999999999999", "1e9", ""].map(huge).to_vec();
        club.tale.says().grow("a", lies);
        club.look_well().await;
        assert_eq!(club.account(ADA).await.0, "100000", "no lie is worth anything");
        for height in [-1, i64::MAX, 1 << 60] {
            let block = Block { height, hash: "x".into(), parent: "a11".into(), time: NOW, transactions: Vec::new() };
            let refused = club.corridor.act(house(), Followed { place: place(), blocks: vec![block] }).await;
            assert!(["chain_nonsense", "late"].contains(&code(refused).as_str()));
        }
        // The coin's own transaction, told with other outputs, does not make a second coin.
        let mut double = paying(COIN, FIRST, 100_000);
        double.spends.push(Coin { tx: COIN.into(), output: 0 });
        club.corridor.act(house(), Seen { place: place(), news: News::Waiting(vec![double]) }).await.unwrap();
        let (balance, ..) = club.account(ADA).await;
        assert!(balance == "100000" || balance == "0", "{balance}");
    }

    async fn what_is_not_ones_own_cannot_be_sent(store: Store) {
        let club = with_coin(&store).await;
        assert_eq!(code(club.corridor.act(by(BEN), broadcast(RAW)).await), "not_watched");
        for (raw, expected) in [("", "not_a_transaction"), ("zz", "not_a_transaction"), (&RAW[..80], "not_a_transaction"), (&RAW.replace(&format!("{COIN}00000000"), &format!("{}00000000", "22".repeat(32))), "not_yours")] {
            assert_eq!(code(club.corridor.act(by(ADA), broadcast(raw)).await), expected);
        }
        // Without the house's own authority nobody tells what the chain says.
        let seen = serde_json::to_value(Seen { place: place(), news: News::Waiting(vec![paying("x", FIRST, 1)]) }).unwrap();
        assert_eq!(code(club.corridor.act_named(by(ADA), "crypto.seen", seen).await), "no_such_act");
    }

    async fn nonsense_is_no_wallet_and_a_forgotten_one_leaves_nothing(store: Store) {
        let club = club(&store, "bitcoin", "main").await;
        let watch = |network: &str, key: &str| Watch { chain: "bitcoin".into(), network: network.into(), key: key.into() };
        for (network, key, expected) in [
            ("main", "zpub", "not_a_key"),
            ("main", &KEY.replace("zpub", "zprv"), "secret_key"),
            ("regtest", KEY, "key_of_other_network"),
            ("mars", KEY, "network_unknown"),
        ] {
            assert_eq!(code(club.corridor.act(by(ADA), watch(network, key)).await), expected);
        }
        let other = Watch { chain: "doge".into(), network: "main".into(), key: KEY.into() };
        assert_eq!(code(club.corridor.act(by(ADA), other).await), "chain_unknown");
        club.watch(ADA, KEY).await;
        assert_eq!(code(club.corridor.act(by(ADA), watch("main", KEY)).await), "already_watched");
        club.tale.says().grow("a", vec![paying("p", FIRST, 5)]);
        club.look_well().await;
        club.corridor.act(by(ADA), Forget { chain: "bitcoin".into() }).await.unwrap();
        assert_eq!(code(club.corridor.act(by(ADA), Forget { chain: "bitcoin".into() }).await), "not_watched");
        club.tale.says().idle("a", 1);
        club.watch(ADA, KEY).await;
        assert_eq!(club.account(ADA).await, ("0".into(), 0, words(&[])));
    }
}
