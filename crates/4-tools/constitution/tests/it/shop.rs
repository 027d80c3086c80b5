//! A club with one thing to do, under rules that are as simple as can be: a file of policies that says `no shop.open to member`
//! refuses just that.

use ed25519_dalek::SigningKey;
use planet_constitution::acts::{AdoptPolicies, FileChange};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::corridor::Corridor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::{Fault, Refusal};
use planet_corridor::registry::Registry;
use planet_corridor::rules;
use planet_corridor::sealer::LogKey;
use planet_kit::testing::{self, ADA, BEN, CAT, NOW, Somebody, by};
use planet_ontology::entities::Group;
use planet_ontology::ids::{GroupId, MemberId};
use planet_ontology::roles::Role;
use planet_ontology::units::{Amount, Moment};
use planet_policy::{
    Admission, Bundle, Decision, Engine, Limits, Parameters, PolicyFile, PolicyText, Procedure, Procedures,
    Question,
};
use planet_store::{Migration, Store, Tx};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Ada looks after the club; Ben and Cat are members.
const PEOPLE: [Somebody; 3] =
    [(ADA, "ada", Role::Steward), (BEN, "ben", Role::Member), (CAT, "cat", Role::Member)];

pub fn migrations() -> Vec<Migration> {
    [planet_corridor::MIGRATIONS, planet_ledger::MIGRATIONS, planet_constitution::MIGRATIONS].concat()
}

/// Open the shop.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct OpenShop {
    /// Whether there is one.
    pub there: bool,
}

impl Act for OpenShop {
    const NAME: &'static str = "shop.open";
    const ABOUT: &'static str = "Open the shop.";
    type Touches = Group;
    type Output = ();

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        if !self.there {
            return Err(Refusal::not_found("no_shop", "There is no shop.").into());
        }
        Ok(Resource::club(GroupId::CLUB, &Group { mode: "chat".into(), open: false, club: true }))
    }

    fn perform(&self, _: &mut Tx, _: &mut Cx) -> Result<(), Fault> {
        Ok(())
    }
}

/// The rules of a bundle, read as simply as can be.
struct Simple(i64, Bundle);

impl Engine for Simple {
    fn decide(&self, question: &Question) -> Decision {
        let no = format!("no {} to {}", question.act, question.role.word());
        let refused = self.1.policies.iter().any(|file| file.text.contains(&no));
        let reason = if refused { no } else { "Everything else is permitted.".into() };
        Decision { allowed: !refused, policies: Vec::new(), reason, errors: Vec::new() }
    }

    fn procedure(&self, act: &str) -> &Procedure {
        self.1.procedures.of(act)
    }

    fn policies(&self, act: &str) -> Vec<PolicyText> {
        let about = self.1.policies.iter().filter(|file| file.text.contains(act));
        let policy = |file: &PolicyFile| PolicyText {
            id: file.name.clone(),
            title: file.name.clone(),
            why: "Because.".into(),
            whom: None,
            permits: false,
            text: file.text.clone(),
        };
        about.map(policy).collect()
    }

    fn version(&self) -> i64 {
        self.0
    }
}

/// The club, with its first rules: treasurers do not open the shop.
pub async fn club(store: &Store) -> Corridor {
    let parameters = Parameters {
        credit: Limits { min: Amount(-100), max: Amount(100) },
        founder_days: 90,
        admission: Admission::Application,
        inviters: vec![Role::Steward],
    };
    let bundle = Bundle {
        kit: "shop".into(),
        title: "Shop".into(),
        about: "A shop.".into(),
        policies: vec![PolicyFile { name: "shop.cedar".into(), text: "no shop.open to treasurer".into() }],
        procedures: Procedures::default(),
        parameters,
    };
    store
        .write(move |tx| {
            testing::found(tx, &PEOPLE)?;
            rules::adopt(tx, &bundle, NOW).map(|_| ())
        })
        .await
        .unwrap();
    let registry = planet_constitution::register(Registry::default()).act::<OpenShop>();
    let maker = Box::new(|in_force: Option<(i64, &Bundle)>, _: &[_]| {
        let (version, bundle) = in_force.expect("a founded club");
        Ok::<Arc<dyn Engine>, _>(Arc::new(Simple(version, bundle.clone())))
    });
    Corridor::open(store.clone(), registry, maker).await.unwrap()
}

/// Somebody opens the shop, or tries to.
pub async fn opens(corridor: &Corridor, who: MemberId) -> bool {
    corridor.act(by(who), OpenShop { there: true }).await.is_ok()
}

/// Seals what has happened.
pub async fn seal(corridor: &Corridor) {
    let key = LogKey { origin: "club.example".into(), key: SigningKey::from_bytes(&[7; 32]) };
    corridor.settle(&key, NOW).await.unwrap();
}

/// A change of the one file of policies.
pub fn policies(written_for: i64, text: &str) -> AdoptPolicies {
    let file = FileChange { name: "shop.cedar".into(), text: Some(text.into()) };
    AdoptPolicies { written_for, files: vec![file], settings: Vec::new(), rehearsal: None }
}
