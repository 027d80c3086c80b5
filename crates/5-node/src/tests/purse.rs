//! Every act of every tool that moves value says on whose word it does. Here each that spends is done from a group's wallet: by a
//! keeper alone as far as the wallet's rule lets one, by two, and by all. A new act that spends is not done before it is here.

use super::spending::{BAKERY, CAM, DAN, EVE, bakery, code, rule};
use super::street::{ADA, BEN, NOW, Street};
use crate::house;
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::refusal::Fault;
use planet_corridor::task::{Call, Done};
use planet_governance::acts::Vote;
use planet_governance::views::{Decision, Detail};
use planet_groups::acts::SetRole;
use planet_ledger::{CurrencyKind, NewCurrency, account_of, create_currency, open_account};
use planet_ontology::acts::Moves;
use planet_ontology::ids::{AccountId, ActKey, AgentId, CurrencyId, GroupId, MemberId, ProposalId, RateId};
use planet_ontology::roles::Role;
use planet_ontology::units::{Amount, Moment};
use planet_store::{Store, both_engines, sql};
use planet_wallet::acts::limits::SetLimits;
use planet_wallet::acts::rule::SetRule;
use serde_json::{Value, json};
use uuid::Uuid;

/// What moves value without spending anything that was not promised before, and by which promise.
const PROMISED: [(&str, &str); 12] = [
    ("currencies.issue", "the terms say who issues, and how much may be out"),
    ("currencies.tend", "the terms say what idles away, what expires and how it ends"),
    ("treasury.card_told", "a claim for what the processor says was paid"),
    ("treasury.confirm_cash", "a claim for cash that was handed over"),
    ("treasury.confirm_pay_in", "a claim for what has arrived at the bank"),
    ("treasury.credit_line", "a claim for what has arrived at the bank"),
    ("treasury.match_all", "claims for what arrived, and pay-outs that were asked for by the rule"),
    ("treasury.match_pay_in", "a claim for what has arrived at the bank"),
    ("treasury.match_pay_out", "it was put aside by the rule when it was asked for"),
    ("treasury.refund_told", "it was put aside by the rule when it was asked for"),
    ("treasury.send_pay_out", "it was put aside by the rule when it was asked for"),
    ("wallet.settle", "it was put aside by the rule"),
];

/// What spends, in the order of the names.
const SPENDS: [&str; 13] = [
    "currencies.buy",
    "currencies.pay_owed",
    "currencies.redeem",
    "currencies.refund",
    "treasury.ask_card_back",
    "treasury.ask_pay_out",
    "wallet.approve_request",
    "wallet.exchange",
    "wallet.hold",
    "wallet.pay",
    "wallet.pay_many",
    "wallet.refund",
    "wallet.schedule",
];

/// What spends from the club's wallet and from no other.
const OF_THE_CLUB: [&str; 1] = ["dues.repay"];

#[test]
fn every_act_that_moves_value_says_on_whose_word() {
    let named = |moves: Moves| -> Vec<&str> {
        house::registry().acts().into_iter().filter(|act| act.moves == moves).map(|act| act.name).collect()
    };
    let mut spends = [&SPENDS[..], &OF_THE_CLUB[..]].concat();
    spends.sort_unstable();
    assert_eq!(named(Moves::Spends), spends, "each of these is tried out below");
    assert_eq!(named(Moves::Promised), PROMISED.map(|(name, _)| name), "each of these keeps a promise");
}

/// The bakery with everything that can be spent: acorns, cakes of the club, coins of Eve's, and euros that the club holds.
struct World {
    street: Street,
    acorns: CurrencyId,
    cakes: CurrencyId,
    euros: CurrencyId,
    rolls: CurrencyId,
    rate: RateId,
}

fn at(actor: Actor, now: Moment) -> Call {
    Call { actor, key: ActKey(Uuid::new_v4()), now }
}

fn group(id: GroupId) -> Actor {
    Actor::Group { id, mandate: ProposalId(Uuid::nil()) }
}

fn bank() -> Value {
    json!({ "account_name": "Flour & Sons", "iban": "DE89370400440532013000" })
}

impl World {
    async fn new(store: &Store) -> Self {
        let street = bakery(store).await;
        let acorns = store.read(planet_ledger::list_currencies).await.unwrap()[0].id;
        store
            .write(|tx| agents::set_role(tx, EVE.into(), GroupId::CLUB, Role::Treasurer, NOW))
            .await
            .unwrap();
        let (coins, rate) = (CurrencyId(Uuid::from_u128(0xc01)), RateId(Uuid::from_u128(0xca7)));
        store.write(move |tx| offer(tx, acorns, coins, rate)).await.unwrap();
        let mut world = Self { street, acorns, cakes: acorns, euros: acorns, rolls: acorns, rate };
        for owner in [EVE.into(), AgentId::from(BAKERY), GroupId::CLUB.into()] {
            let (min, max) = (Amount(-9_000_000), Amount(9_000_000));
            let wide = SetLimits { owner, currency: None, min, max, soft: None };
            world.street.corridor.act(at(group(GroupId::CLUB), NOW), wide).await.unwrap();
        }
        world.cakes = world.voucher(GroupId::CLUB, "CAKES").await;
        world.rolls = world.voucher(BAKERY, "ROLLS").await;
        let gift = json!({ "currency": world.cakes, "to": BAKERY, "amount": 5_000_000, "reason": "a start" });
        world.does(ADA, NOW, "currencies.issue", gift).await;
        let terms = json!({ "leaving": "At once.", "pace": "At once.", "fees": "None.", "cap": 900_000_000, "cash": [] });
        let open = json!({ "holder": GroupId::CLUB, "iso": "EUR", "bank": bank(), "terms": terms });
        let opened = world.did(group(GroupId::CLUB), NOW, "treasury.open", open).await;
        world.euros = serde_json::from_value(opened["currency"].clone()).unwrap();
        let paid = json!({ "currency": world.euros, "amount": 5_000_000, "how": "bank", "of": BAKERY });
        let paid = world.does(BEN, NOW, "treasury.ask_pay_in", paid).await;
        let arrived = json!({ "pay_in": paid["pay_in"], "arrived": 5_000_000 });
        world.does(EVE, NOW, "treasury.confirm_pay_in", arrived).await;
        for currency in [world.acorns, world.cakes, world.euros] {
            let set = SetRule { currency: Some(currency), ..rule(10_000, 50_000) };
            world.street.corridor.act(at(group(BAKERY), NOW), set).await.unwrap();
        }
        world
    }

    async fn voucher(&self, issuer: GroupId, code: &str) -> CurrencyId {
        let price = json!({ "currency": self.acorns, "give": 100, "get": 100 });
        let terms = json!({ "holders": "club", "issuers": ["steward", "treasurer"], "price": price, "cap": 9_000_000,
                            "max": 0, "refund": 300, "backing": "Cake." });
        let name = format!("{}{}", &code[..1], code[1..].to_lowercase());
        let design = json!({ "group": issuer, "code": code, "name": name, "symbol": &code[..1], "kind": "voucher",
                             "decimals": 2, "terms": terms });
        serde_json::from_value(
            self.did(group(issuer), NOW, "currencies.design", design).await["currency"].clone(),
        )
        .unwrap()
    }

    async fn tries(&self, actor: Actor, now: Moment, act: &str, args: Value) -> Result<Done<Value>, Fault> {
        self.street.corridor.act_named(at(actor, now), act, args).await
    }

    /// Does something that nobody else has to decide.
    async fn did(&self, actor: Actor, now: Moment, act: &str, args: Value) -> Value {
        let done = self.tries(actor, now, act, args).await;
        done.unwrap_or_else(|fault| panic!("{act}: {fault}"))
            .output
            .unwrap_or_else(|| panic!("{act} was put to others"))
    }

    async fn does(&self, member: MemberId, now: Moment, act: &str, args: Value) -> Value {
        self.did(Actor::Member(member), now, act, args).await
    }

    /// What it takes to spend so much from the bakery's wallet by this act.
    async fn args(&self, act: &str, amount: i64, now: Moment) -> Value {
        let day: String = now.rfc3339().chars().take(10).collect();
        let (acorns, cakes, euros) = (self.acorns, self.cakes, self.euros);
        match act {
            "wallet.pay" => json!({ "to": EVE, "amount": amount, "from": BAKERY }),
            "wallet.pay_many" => {
                let rows = json!([{ "to": EVE, "amount": amount - 1 }, { "to": DAN, "amount": 1 }]);
                json!({ "rows": rows, "from": BAKERY, "currency": acorns })
            }
            "wallet.hold" => json!({ "to": EVE, "amount": amount, "seconds": 60, "from": BAKERY }),
            "wallet.schedule" => {
                json!({ "to": EVE, "amount": amount, "every": "month", "first": day, "from": BAKERY })
            }
            "wallet.approve_request" => {
                let bill = json!({ "from": BAKERY, "amount": amount });
                json!({ "request": self.does(EVE, now, "wallet.request", bill).await })
            }
            "wallet.refund" => {
                let bought = json!({ "to": BAKERY, "amount": amount });
                json!({ "transfer": self.does(EVE, now, "wallet.pay", bought).await["transfer"] })
            }
            "wallet.exchange" => json!({ "rate": self.rate, "give": amount, "from": BAKERY }),
            "currencies.buy" => json!({ "currency": cakes, "amount": amount, "version": 1, "from": BAKERY }),
            "currencies.redeem" => json!({ "currency": cakes, "amount": amount, "from": BAKERY }),
            "currencies.refund" => {
                let buy = json!({ "currency": cakes, "amount": amount, "version": 1, "from": BAKERY });
                let sale = self.did(group(BAKERY), now, "currencies.buy", buy).await["sale"].clone();
                json!({ "sale": sale, "amount": amount })
            }
            "currencies.pay_owed" => self.owes(amount).await,
            "treasury.ask_pay_out" => {
                let told = json!({ "bank": bank(), "of": BAKERY });
                let account = self.does(BEN, now, "treasury.tell_account", told).await;
                json!({ "currency": euros, "amount": amount, "account": account, "from": BAKERY })
            }
            "treasury.ask_card_back" => {
                json!({ "pay_in": self.by_card(amount, now).await, "amount": amount })
            }
            other => panic!("{other} spends, and nobody tried whether a group's wallet lets it"),
        }
    }

    /// The bakery owes somebody for rolls that were closed.
    async fn owes(&self, amount: i64) -> Value {
        let (rolls, acorns) = (self.rolls, self.acorns);
        let to = MemberId(Uuid::new_v4());
        let store = self.street.corridor.store();
        store
            .write(move |tx| {
                let handle = format!("m-{}", to.0.simple());
                let new = agents::NewAgent { handle: &handle, name: "Holder", now: NOW };
                agents::create_member(tx, to, &new, Role::Member, None)?;
                tx.exec(
                    sql!(
                        "INSERT INTO currency_owed (currency_id, holder_id, amount, price_id, price, paid)
                         VALUES (?1, ?2, ?3, ?4, ?3, NULL)"
                    ),
                    &[&rolls, &to, &amount, &acorns],
                )
            })
            .await
            .unwrap();
        self.did(Actor::House, NOW, "wallet.open", json!({ "owner": to })).await;
        json!({ "currency": rolls, "to": to })
    }

    /// So many euros came into the bakery's wallet by card.
    async fn by_card(&self, amount: i64, now: Moment) -> Value {
        let ask = json!({ "currency": self.euros, "amount": amount, "how": "card", "of": BAKERY });
        let pay_in = self.does(BEN, now, "treasury.ask_pay_in", ask).await["pay_in"].clone();
        let intent = format!("pi_{}", Uuid::new_v4());
        let prepared = json!({ "pay_in": pay_in, "intent": intent, "secret": "s" });
        self.did(Actor::House, now, "treasury.card_prepared", prepared).await;
        let told = json!({ "pay_in": pay_in, "intent": intent, "status": "succeeded", "amount": amount, "iso": "EUR", "ours": true });
        assert_eq!(self.did(Actor::House, now, "treasury.card_told", told).await, "paid");
        pay_in
    }

    /// Ben spends for the bakery; answers the proposal, if it came to one.
    async fn spends(&self, act: &str, amount: i64, now: Moment) -> Option<ProposalId> {
        let args = self.args(act, amount, now).await;
        let done = self.tries(Actor::Member(BEN), now, act, args).await;
        let done = done.unwrap_or_else(|fault| panic!("{act} {amount}: {fault}"));
        assert_ne!(done.output.is_some(), done.proposal.is_some(), "{act}");
        done.proposal
    }

    async fn vote(&self, who: MemberId, proposal: ProposalId, now: Moment) {
        let yes = Vote { proposal, choice: "yes".into(), reason: String::new() };
        self.street.corridor.act(at(Actor::Member(who), now), yes).await.unwrap();
    }

    async fn detail(&self, id: ProposalId, now: Moment) -> Detail {
        let viewer = self.street.corridor.viewer(ADA).await.unwrap();
        self.street.corridor.view(&viewer, Decision { id }, now).await.unwrap()
    }

    async fn put_aside(&self) -> i64 {
        let euros = self.euros;
        let account = self
            .street
            .corridor
            .store()
            .read(move |tx| account_of(tx, BAKERY.into(), euros))
            .await
            .unwrap()
            .unwrap();
        account.balance().0 - account.available().0
    }
}

/// Eve offers coins of her own for acorns.
fn offer(
    tx: &mut planet_store::Tx,
    acorns: CurrencyId,
    coins: CurrencyId,
    rate: RateId,
) -> Result<(), planet_store::Error> {
    let new = NewCurrency {
        id: coins,
        code: "COINS".into(),
        name: "Coins".into(),
        symbol: "c".into(),
        kind: CurrencyKind::MutualCredit,
        decimals: 2,
        issuer: EVE.into(),
        min: Amount(-9_000_000),
        max: Amount(9_000_000),
        soft_min: None,
        soft_max: None,
        lifetime: None,
    };
    create_currency(tx, &new, NOW).unwrap();
    for (owner, account) in [(AgentId::from(BAKERY), 0xba), (EVE.into(), 0xbe)] {
        open_account(tx, owner, coins, AccountId(Uuid::from_u128(account)), NOW).unwrap();
    }
    tx.exec(
        sql!(
            "INSERT INTO rates (id, from_id, to_id, give, get, agent_id, origin, at, until)
             VALUES (?1, ?2, ?3, 1, 1, ?4, 'posted', ?5, NULL)"
        ),
        &[&rate, &acorns, &coins, &AgentId::from(EVE), &NOW],
    )?;
    Ok(())
}

both_engines! { house::migrations();

    async fn no_act_that_spends_goes_around_the_rule_of_the_wallet(store: Store) {
        let world = World::new(&store).await;
        // Each has days of its own, so that only its own sums count.
        for (act, now) in SPENDS.into_iter().zip((1..).map(|days| NOW.plus_seconds(days * 3 * 86_400))) {
            assert_eq!(world.spends(act, 6_000, now).await, None, "{act}: a treasurer alone");
            let second = world.spends(act, 6_000, now).await;
            // A standing payment spends on its days, and is asked again then.
            assert_eq!(second.is_none(), act == "wallet.schedule", "{act}: two small ones are one large one");
            let two = world.spends(act, 20_000, now).await.unwrap_or_else(|| panic!("{act}: two sign"));
            assert_eq!(world.detail(two, now).await.procedure, "two signatures", "{act}");
            let all = world.spends(act, 60_000, now).await.unwrap_or_else(|| panic!("{act}: all decide"));
            assert_eq!(world.detail(all, now).await.procedure, "group majority", "{act}");
            world.vote(CAM, two, now).await;
            let after = world.detail(two, now).await;
            assert_eq!(after.line.state, "done", "{act}: what two have signed is done: {:?}", after.line);
            let args = world.args(act, 6_000, now).await;
            // Some things he may not even know of.
            let refused = code(world.tries(Actor::Member(DAN), now, act, args).await);
            let known = ["not_permitted", "pay_in_unknown", "payment_unknown", "request_unknown", "sale_unknown"];
            assert!(known.contains(&refused.as_str()), "{act}: Dan keeps nothing: {refused}");
        }
        let audit = store.read(planet_ledger::audit).await.unwrap();
        assert_eq!(audit.problems, Vec::<String>::new());
    }

    async fn the_club_repays_shares_by_the_rule_of_its_wallet(store: Store) {
        let world = World::new(&store).await;
        let steps = rule(10_000, 50_000).steps;
        let set = SetRule { group: GroupId::CLUB, currency: Some(world.acorns), steps };
        world.street.corridor.act(at(group(GroupId::CLUB), NOW), set).await.unwrap();
        let terms = json!({ "terms": { "every": "month", "first": "2027-01-31", "share_price": 1_000, "most_shares": 100,
                                       "keep_years": 10, "hardship": "Ask." } });
        world.did(group(GroupId::CLUB), NOW, "dues.set_terms", terms).await;
        world.does(EVE, NOW, "dues.buy_shares", json!({ "number": 100, "price": 100_000 })).await;
        // Eve, whose shares they are, is a treasurer of the club herself: she repays none of them.
        let mut asked = Vec::new();
        for number in [6, 6, 60] {
            asked.push(world.does(EVE, NOW, "dues.ask_repayment", json!({ "number": number })).await[0].clone());
        }
        let repay = async |who: MemberId, n: usize| {
            world.tries(Actor::Member(who), NOW, "dues.repay", json!({ "repayment": asked[n] })).await
        };
        assert_eq!(code(repay(DAN, 0).await), "repayment_unknown", "Dan keeps nothing");
        assert_eq!(code(repay(EVE, 0).await), "own_affair");
        assert!(repay(ADA, 0).await.unwrap().output.is_some(), "a steward alone");
        let two = repay(ADA, 1).await.unwrap().proposal.expect("two small ones are one large one");
        assert_eq!(world.detail(two, NOW).await.procedure, "two signatures");
        let all = repay(ADA, 2).await.unwrap().proposal.expect("all decide");
        assert_eq!(world.detail(all, NOW).await.procedure, "group majority");
        world.vote(EVE, two, NOW).await;
        assert_eq!(world.detail(two, NOW).await.line.state, "done");
        assert_eq!(code(repay(ADA, 1).await), "repayment_settled");
        let held = store.read(|tx| planet_dues::rows::shares::held(tx, EVE)).await.unwrap();
        assert_eq!(held, 88);
        let audit = store.read(planet_ledger::audit).await.unwrap();
        assert_eq!(audit.problems, Vec::<String>::new());
    }

    async fn a_treasurer_who_is_removed_between_two_signatures_has_signed_no_pay_out(store: Store) {
        let world = World::new(&store).await;
        let two = world.spends("treasury.ask_pay_out", 40_000, NOW).await.unwrap();
        assert_eq!(
            world.detail(two, NOW).await.line.title,
            "Pay out 400.00 Euros from the wallet of Bakery to the bank account of Flour & Sons, which ends in 3000."
        );
        let remove = SetRole { group: BAKERY, member: BEN, role: "member".into(), until: None };
        world.street.corridor.act(at(Actor::Member(ADA), NOW), remove).await.unwrap();
        world.vote(CAM, two, NOW).await;
        assert_eq!((world.detail(two, NOW).await.line.state.as_str(), world.put_aside().await), ("open", 0));
        let told = json!({ "bank": bank(), "of": BAKERY });
        assert_eq!(code(world.tries(Actor::Member(BEN), NOW, "treasury.tell_account", told).await), "not_permitted");
        world.vote(ADA, two, NOW).await;
        assert_eq!((world.detail(two, NOW).await.line.state.as_str(), world.put_aside().await), ("done", 40_000));
        let account = world.does(CAM, NOW, "treasury.tell_account", json!({ "bank": bank(), "of": BAKERY })).await;
        let ask = json!({ "currency": world.euros, "amount": 10_000, "account": account, "from": BAKERY });
        world.does(CAM, NOW, "treasury.ask_pay_out", ask).await;
        assert_eq!(world.put_aside().await, 50_000, "whoever is left pays alone as before");
    }

    async fn an_account_told_for_one_wallet_is_no_use_to_another(store: Store) {
        let world = World::new(&store).await;
        let own = world.does(BEN, NOW, "treasury.tell_account", json!({ "bank": bank() })).await;
        let args = json!({ "currency": world.euros, "amount": 100, "account": own, "from": BAKERY });
        assert_eq!(code(world.tries(Actor::Member(BEN), NOW, "treasury.ask_pay_out", args).await), "account_unknown");
        let stranger = json!({ "bank": bank(), "of": BAKERY });
        for who in [DAN, EVE] {
            assert_eq!(code(world.tries(Actor::Member(who), NOW, "treasury.tell_account", stranger.clone()).await), "not_permitted");
        }
    }
}
