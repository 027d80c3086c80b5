//! The stories of decisions, on both engines, told with one small act that others have to decide: painting the hall.

use planet_corridor::act::{Act, Resource, View};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::corridor::{Corridor, EngineMaker};
use planet_corridor::cx::Cx;
use planet_corridor::look::Look;
use planet_corridor::refusal::{Fault, Refusal};
use planet_corridor::registry::Registry;
use planet_governance::acts::{Appeal, MOST_OPEN, Propose, Vote, Withdraw};
use planet_governance::assumptions::{AddAssumption, Assumptions};
use planet_governance::views::{Decision, Decisions};
use planet_kit::testing::{self, new};
use planet_ontology::entities::Group;
use planet_ontology::ids::{GroupId, MemberId, ProposalId};
use planet_ontology::roles::{Mode, Role};
use planet_ontology::units::Moment;
use planet_policy::procedure::Procedure;
use planet_policy::question::{Engine, PolicyText, Question};
use planet_policy::testing::AllowAll;
use planet_store::{Migration, Store, Tx, both_engines, sql};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;

pub(crate) use planet_kit::testing::{ADA, BEN, NOW, at as by, code};
pub(crate) const CAM: MemberId = MemberId(Uuid::from_u128(0xca0));

pub(crate) fn migrations() -> Vec<Migration> {
    let hall = Migration { name: "hall-0001", sql: "CREATE TABLE hall (\n colour TEXT PRIMARY KEY\n);\n" };
    [planet_corridor::MIGRATIONS, planet_governance::MIGRATIONS, &[hall]].concat()
}

/// Paint the hall. Nobody can paint it grey.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Paint {
    colour: String,
    /// Whose wall it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    member: Option<MemberId>,
}

impl Act for Paint {
    const NAME: &'static str = "hall.paint";
    const ABOUT: &'static str = "Paint the hall.";
    type Touches = Group;
    type Output = ();

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(Resource::club(GroupId::CLUB, &Group { mode: "chat".into(), open: false, club: true }))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        assert!(matches!(cx.actor, Actor::Group { id: GroupId::CLUB, .. }), "only the club paints");
        tx.exec(sql!("INSERT INTO hall (colour) VALUES (?1)"), &[&self.colour])?;
        if self.colour == "grey" {
            return Err(Refusal::conflict("no_grey", "Nobody paints it grey.").into());
        }
        Ok(())
    }

    fn summary(&self) -> String {
        format!("Paint the hall {}.", self.colour)
    }
}

#[derive(Deserialize, JsonSchema)]
struct Hall {}

impl View for Hall {
    const NAME: &'static str = "hall.colours";
    const ABOUT: &'static str = "What colours the hall has.";
    type Output = Vec<String>;

    fn read(&self, look: &mut Look) -> Result<Vec<String>, Fault> {
        Ok(look
            .tx
            .rows::<(String,)>(sql!("SELECT colour FROM hall"), &[])?
            .into_iter()
            .map(|(it,)| it)
            .collect())
    }
}

/// Permits everything, but painting goes by a procedure.
struct Rules(Procedure);

impl Engine for Rules {
    fn decide(&self, question: &Question) -> planet_policy::question::Decision {
        AllowAll.decide(question)
    }
    fn procedure(&self, act: &str) -> &Procedure {
        if act == Paint::NAME { &self.0 } else { Procedure::at_once() }
    }
    fn policies(&self, act: &str) -> Vec<PolicyText> {
        let text = |id: &str| PolicyText {
            id: id.to_owned(),
            title: "Painting".into(),
            why: "It is grey.".into(),
            whom: None,
            permits: true,
            text: String::new(),
        };
        (act == Paint::NAME).then(|| text("hall.paint")).into_iter().collect()
    }
    fn version(&self) -> i64 {
        0
    }
}

pub(crate) async fn club(store: &Store, procedure: serde_json::Value) -> Corridor {
    club_with(store, procedure, |registry| registry).await
}

/// The same, with more that can be done there.
pub(crate) async fn club_with(
    store: &Store,
    procedure: serde_json::Value,
    more: fn(Registry) -> Registry,
) -> Corridor {
    let people = &[(ADA, "ada", Role::Member), (BEN, "ben", Role::Member), (CAM, "cam", Role::Member)];
    store.write(|tx| testing::found(tx, people)).await.unwrap();
    open_with(store, procedure, more).await
}

/// The corridor of a club that is there.
pub(crate) async fn open(store: &Store, procedure: serde_json::Value) -> Corridor {
    open_with(store, procedure, |registry| registry).await
}

async fn open_with(store: &Store, procedure: serde_json::Value, more: fn(Registry) -> Registry) -> Corridor {
    let procedure: Procedure = serde_json::from_value(procedure).unwrap();
    let registry = planet_governance::register(Registry::default()).act::<Paint>().view::<Hall>();
    let registry = more(registry);
    let rules: Box<EngineMaker> = Box::new(move |_, _| Ok(Arc::new(Rules(procedure.clone()))));
    Corridor::open(store.clone(), registry, rules).await.unwrap()
}

pub(crate) async fn paint(corridor: &Corridor, colour: &str) -> ProposalId {
    let done = corridor.act(by(ADA, NOW), Paint { colour: colour.into(), member: None }).await.unwrap();
    assert_eq!(done.output, None);
    done.proposal.unwrap()
}

/// Paint somebody's wall.
pub(crate) async fn paint_of(corridor: &Corridor, member: MemberId) -> ProposalId {
    let act = Paint { colour: "red".into(), member: Some(member) };
    corridor.act(by(ADA, NOW), act).await.unwrap().proposal.unwrap()
}

pub(crate) async fn vote(
    corridor: &Corridor,
    member: MemberId,
    proposal: ProposalId,
    choice: &str,
    reason: &str,
) -> Result<(), Fault> {
    let act = Vote { proposal, choice: choice.into(), reason: reason.into() };
    corridor.act(by(member, NOW.plus_seconds(60)), act).await.map(|_| ())
}

pub(crate) async fn state(corridor: &Corridor, id: ProposalId) -> (String, String) {
    let viewer = corridor.viewer(ADA).await.unwrap();
    let detail = corridor.view(&viewer, Decision { id }, NOW).await.unwrap();
    (detail.line.state, detail.outcome)
}

pub(crate) async fn hall(corridor: &Corridor) -> Vec<String> {
    let viewer = corridor.viewer(ADA).await.unwrap();
    corridor.view(&viewer, Hall {}, NOW).await.unwrap()
}

pub(crate) fn by_consent() -> serde_json::Value {
    json!({ "about": "Unless somebody objects.", "open_for": "72h", "objections_block": 1, "silence_passes": true, "early": true })
}

pub(crate) fn by_majority() -> serde_json::Value {
    json!({ "about": "More than half.", "open_for": "72h", "yes_share": { "share": "1/2", "strict": true }, "early": true })
}

both_engines! { migrations();

    async fn silence_lets_a_proposal_pass_when_its_time_is_over(store: Store) {
        let corridor = club(&store, by_consent()).await;
        let proposal = paint(&corridor, "green").await;
        assert_eq!((state(&corridor, proposal).await.0.as_str(), hall(&corridor).await.len()), ("open", 0));
        corridor.perform_due(NOW.plus_seconds(71 * 3600)).await.unwrap();
        assert_eq!(state(&corridor, proposal).await.0, "open");
        corridor.perform_due(NOW.plus_seconds(72 * 3600)).await.unwrap();
        assert_eq!((state(&corridor, proposal).await.0.as_str(), hall(&corridor).await), ("done", vec!["green".to_owned()]));
    }

    async fn an_objection_needs_a_reason_and_blocks(store: Store) {
        let corridor = club(&store, by_consent()).await;
        let proposal = paint(&corridor, "green").await;
        assert_eq!(code(vote(&corridor, BEN, proposal, "object", " ").await), "reason_missing");
        assert_eq!(code(vote(&corridor, BEN, proposal, "no", "").await), "choice_unknown");
        vote(&corridor, BEN, proposal, "object", "It fades.").await.unwrap();
        corridor.perform_due(NOW.plus_seconds(73 * 3600)).await.unwrap();
        assert_eq!((state(&corridor, proposal).await.0.as_str(), hall(&corridor).await.len()), ("failed", 0));
        assert_eq!(code(vote(&corridor, CAM, proposal, "yes", "").await), "proposal_closed");
    }

    async fn a_majority_settles_as_soon_as_it_is_certain(store: Store) {
        let corridor = club(&store, by_majority()).await;
        let proposal = paint(&corridor, "blue").await;
        vote(&corridor, ADA, proposal, "yes", "").await.unwrap();
        assert_eq!(state(&corridor, proposal).await.0, "open");
        vote(&corridor, BEN, proposal, "yes", "").await.unwrap();
        assert_eq!((state(&corridor, proposal).await.0.as_str(), hall(&corridor).await), ("done", vec!["blue".to_owned()]));
    }

    async fn what_passed_but_cannot_be_done_says_why_and_leaves_nothing(store: Store) {
        let corridor = club(&store, by_majority()).await;
        let proposal = paint(&corridor, "grey").await;
        vote(&corridor, ADA, proposal, "yes", "").await.unwrap();
        vote(&corridor, CAM, proposal, "yes", "").await.unwrap();
        assert_eq!(state(&corridor, proposal).await, ("not_performed".into(), "Nobody paints it grey.".into()));
        assert_eq!(hall(&corridor).await.len(), 0);
    }

    async fn one_member_has_one_vote_and_can_change_it(store: Store) {
        let corridor = club(&store, by_majority()).await;
        let proposal = paint(&corridor, "red").await;
        vote(&corridor, ADA, proposal, "yes", "").await.unwrap();
        vote(&corridor, ADA, proposal, "no", "Too loud.").await.unwrap();
        let viewer = corridor.viewer(BEN).await.unwrap();
        let detail = corridor.view(&viewer, Decision { id: proposal }, NOW).await.unwrap();
        assert_eq!((detail.tally.electorate, detail.tally.yes, detail.tally.no), (3, 0, 1));
        assert_eq!(detail.line.title, "Paint the hall red.");
        corridor.act(by(ADA, NOW), Withdraw { proposal }).await.unwrap();
        assert_eq!(state(&corridor, proposal).await.0, "withdrawn");
        assert_eq!(code(corridor.act(by(ADA, NOW), Withdraw { proposal }).await), "proposal_closed");
        assert_eq!(corridor.view(&viewer, Decisions::default(), NOW).await.unwrap().len(), 1);
    }

    async fn only_the_group_that_it_concerns_decides(store: Store) {
        let corridor = club(&store, by_majority()).await;
        let clique = GroupId(Uuid::from_u128(0xc11));
        store
            .write(move |tx| {
                agents::create_group(tx, clique, &new("clique", "Clique"), Mode::Chat, false)?;
                agents::set_role(tx, ADA.into(), clique, Role::Steward, NOW)
            })
            .await
            .unwrap();
        let propose = |group| Propose {
            act: Paint::NAME.into(),
            args: json!({ "colour": "pink" }),
            group,
            reason: String::new(),
        };
        assert_eq!(code(corridor.act(by(ADA, NOW), propose(Some(clique))).await), "other_group");
        corridor.act(by(ADA, NOW), propose(None)).await.unwrap();
    }

    async fn nobody_drowns_the_others_in_proposals(store: Store) {
        let corridor = club(&store, by_majority()).await;
        let long = Paint { colour: "very ".repeat(60), member: None };
        assert_eq!(code(corridor.act(by(ADA, NOW), long).await), "title_too_long");
        let mut last = None;
        for _ in 0..MOST_OPEN {
            last = Some(paint(&corridor, "green").await);
        }
        let more = || Paint { colour: "green".into(), member: None };
        assert_eq!(code(corridor.act(by(ADA, NOW), more()).await), "too_many_open");
        corridor.act(by(BEN, NOW), more()).await.unwrap();
        corridor.act(by(ADA, NOW), Withdraw { proposal: last.unwrap() }).await.unwrap();
        corridor.act(by(ADA, NOW), more()).await.unwrap();
        let appeal = Appeal { against: "x".repeat(201), reason: "Unfair.".into() };
        assert_eq!(code(corridor.act(by(ADA, NOW), appeal).await), "against_too_long");
    }

    async fn every_member_may_add_an_assumption_once(store: Store) {
        let corridor = club(&store, by_consent()).await;
        let add = |section: &str, statement: &str| AddAssumption { section: section.into(), statement: statement.into() };
        corridor.act(by(BEN, NOW), add("people", "Trust grows by use")).await.unwrap();
        assert_eq!(code(corridor.act(by(CAM, NOW), add("world", "Trust grows by use")).await), "assumption_known");
        assert_eq!(code(corridor.act(by(CAM, NOW), add("moon", "Cheese")).await), "section_unknown");
        assert_eq!(code(corridor.act(by(CAM, NOW), add("people", " ")).await), "assumption_empty");
        let seed = "Humanity relies on planet Earth for its survival";
        assert_eq!(code(corridor.act(by(CAM, NOW), add("world", seed)).await), "assumption_known");
        let viewer = corridor.viewer(ADA).await.unwrap();
        let register = corridor.view(&viewer, Assumptions {}, NOW).await.unwrap();
        assert_eq!(register.statements.len(), 6);
        assert_eq!(register.statements[5].author.as_deref(), Some("Ben"));
    }
}

#[test]
fn every_text_that_is_used_is_written_and_no_other() {
    let texts = include_str!("../../texts/en.ftl");
    let src = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    assert_eq!(planet_kit::texts::missing(&[texts], src), planet_kit::texts::TextFaults::default());
}
