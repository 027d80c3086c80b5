//! The stories of questions with options and of elections, on both engines. What wins is done; who wins is seated by a stand-in
//! for the groups' own act.

use crate::story::{
    ADA, BEN, CAM, NOW, by, by_consent, by_majority, club_with, code, hall, migrations, state,
};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::registry::Registry;
use planet_count::vote::BallotFile;
use planet_governance::acts::Vote;
use planet_governance::choice::acts::{Choose, Marked, Stand};
use planet_governance::choice::ask::{Ask, MOST_OPTIONS, Offer};
use planet_governance::choice::views::{Ballots, Question};
use planet_governance::views::{Decision, Decisions};
use planet_ontology::entities::Group;
use planet_ontology::ids::{AgentId, GroupId, MemberId, ProposalId};
use planet_ontology::roles::{Role, Standing};
use planet_ontology::units::Moment;
use planet_store::{Store, Tx, both_engines};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) const DAY: i64 = 86_400;

/// Gives a role to those who were elected; here it is only looked at who asks.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seat {
    group: GroupId,
    role: String,
    people: Vec<MemberId>,
    until: Moment,
}

impl Act for Seat {
    const NAME: &'static str = "groups.seat";
    const ABOUT: &'static str = "Give a role to those who were elected.";
    type Touches = Group;
    type Output = ();

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(Resource::club(self.group, &Group { mode: "chat".into(), open: false, club: true }))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        assert!(matches!(cx.actor, Actor::Group { id, .. } if id == self.group), "only the group seats");
        for person in &self.people {
            agents::set_role(tx, AgentId::from(*person), self.group, Role::Treasurer, cx.now)?;
        }
        Ok(())
    }
}

pub(crate) fn ask(method: &str, titles: &[&str]) -> Ask {
    let offer =
        |title: &&str| Offer { title: (*title).into(), about: String::new(), cost: 0, act: None, args: None };
    Ask {
        group: GroupId::CLUB,
        title: "Which colour?".into(),
        reason: "The hall is grey.".into(),
        kind: "question".into(),
        method: method.into(),
        seats: 1,
        points: 0,
        budget: 0,
        options: titles.iter().map(offer).collect(),
        open_for: DAY,
        nominate_for: 0,
        role: None,
        until: None,
        ballot: None,
    }
}

fn painting(method: &str, colours: &[&str]) -> Ask {
    // Painting is decided in three days, so a question about it is not decided sooner.
    let mut ask = Ask { open_for: 3 * DAY, ..ask(method, colours) };
    for option in &mut ask.options {
        option.act = Some("hall.paint".into());
        option.args = Some(json!({ "colour": option.title }));
    }
    ask
}

pub(crate) fn election() -> Ask {
    Ask {
        kind: "election".into(),
        nominate_for: 2 * DAY,
        open_for: 3 * DAY,
        role: Some("treasurer".into()),
        until: Some(NOW.plus_seconds(365 * DAY)),
        ballot: Some("open".into()),
        ..ask("scottish", &[])
    }
}

pub(crate) async fn open(corridor: &Corridor, ask: Ask) -> ProposalId {
    corridor.act(by(ADA, NOW), ask).await.unwrap().output.unwrap().proposal
}

async fn choose_at(
    corridor: &Corridor,
    (member, at): (MemberId, i64),
    proposal: ProposalId,
    marks: &[(u16, u32)],
) -> Result<(), Fault> {
    let marks = marks.iter().map(|(option, value)| Marked { option: *option, value: *value }).collect();
    corridor.act(by(member, NOW.plus_seconds(at)), Choose { proposal, marks }).await.map(|_| ())
}

pub(crate) async fn choose(
    corridor: &Corridor,
    member: MemberId,
    proposal: ProposalId,
    marks: &[(u16, u32)],
) {
    choose_at(corridor, (member, 60), proposal, marks).await.unwrap();
}

pub(crate) async fn question(corridor: &Corridor, member: MemberId, id: ProposalId, at: i64) -> Question {
    let viewer = corridor.viewer(member).await.unwrap();
    let detail = corridor.view(&viewer, Decision { id }, NOW.plus_seconds(at)).await.unwrap();
    detail.question.unwrap()
}

pub(crate) async fn file(corridor: &Corridor, id: ProposalId) -> BallotFile {
    let viewer = corridor.viewer(BEN).await.unwrap();
    serde_json::from_value(corridor.view(&viewer, Ballots { id }, NOW).await.unwrap()).unwrap()
}

pub(crate) async fn with(store: &Store, procedure: serde_json::Value) -> Corridor {
    club_with(store, procedure, Registry::act::<Seat>).await
}

both_engines! { migrations();

    async fn what_most_can_live_with_is_painted(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let id = open(&corridor, painting("approval", &["red", "green", "blue"])).await;
        choose(&corridor, ADA, id, &[(0, 1), (1, 1)]).await;
        choose(&corridor, BEN, id, &[(1, 1)]).await;
        choose(&corridor, CAM, id, &[(2, 1)]).await;
        let viewer = corridor.viewer(BEN).await.unwrap();
        assert_eq!(code(corridor.view(&viewer, Ballots { id }, NOW).await), "not_counted");
        corridor.perform_due(NOW.plus_seconds(3 * DAY - 1)).await.unwrap();
        assert_eq!(state(&corridor, id).await.0, "open");
        corridor.perform_due(NOW.plus_seconds(3 * DAY)).await.unwrap();
        assert_eq!(state(&corridor, id).await, ("done".into(), "Chosen: green.".into()));
        assert_eq!(hall(&corridor).await, vec!["green".to_owned()]);
        let file = file(&corridor, id).await;
        assert_eq!((file.vote.ballots.len(), &file.outcome.winners), (3, &vec![1]));
        assert_eq!(file.vote.count().unwrap(), file.outcome);
        let shown = question(&corridor, ADA, id, 4 * DAY).await;
        assert_eq!((shown.count[0].about, shown.count[0].votes[1].votes.as_str()), ("points", "2"));
        assert!(shown.options[1].won && !shown.may_choose);
    }

    async fn the_most_votes_are_no_way_around_what_an_act_needs(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let id = open(&corridor, painting("approval", &["red", "green", "blue"])).await;
        choose(&corridor, ADA, id, &[(0, 1)]).await;
        choose(&corridor, BEN, id, &[(1, 1)]).await;
        choose(&corridor, CAM, id, &[(2, 1)]).await;
        corridor.perform_due(NOW.plus_seconds(3 * DAY)).await.unwrap();
        let (state, why) = state(&corridor, id).await;
        assert_eq!((state.as_str(), hall(&corridor).await.len()), ("failed", 0));
        assert!(why.contains("won, but: It needed more than half"), "{why}");
    }

    async fn what_is_decided_by_objections_is_proposed_by_itself(store: Store) {
        let corridor = with(&store, by_consent()).await;
        let painting = painting("approval", &["red", "green"]);
        assert_eq!(code(corridor.act(by(ADA, NOW), painting).await), "needs_own_proposal");
    }

    async fn every_method_finds_its_winner(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let ranks: [&[(u16, u32)]; 3] = [&[(1, 1), (0, 2)], &[(1, 1), (2, 2)], &[(2, 1), (1, 2)]];
        let points: [&[(u16, u32)]; 3] = [&[(1, 3), (0, 1)], &[(1, 2)], &[(2, 3), (0, 0)]];
        let marks: [&[(u16, u32)]; 3] = [&[(1, 1), (0, 1)], &[(1, 1)], &[(2, 1)]];
        for (method, ballots) in [
            ("approval", marks), ("score", points), ("dots", points), ("quadratic", points), ("schulze", ranks), ("irv", ranks),
            ("scottish", ranks), ("meek", ranks), ("greedy", marks), ("equal_shares", marks),
        ] {
            let mut ask = Ask { points: 10, budget: 100, ..ask(method, &["red", "green", "blue"]) };
            let cost = if matches!(method, "greedy" | "equal_shares") { 60 } else { 0 };
            ask.options.iter_mut().for_each(|option| option.cost = cost);
            let id = open(&corridor, ask).await;
            for (member, ballot) in [ADA, BEN, CAM].into_iter().zip(ballots) {
                choose(&corridor, member, id, ballot).await;
            }
            corridor.perform_due(NOW.plus_seconds(DAY)).await.unwrap();
            assert_eq!(state(&corridor, id).await, ("done".into(), "Chosen: green.".into()), "{method}");
        }
        let id = open(&corridor, Ask { seats: 2, ..ask("lot", &["red", "green", "blue"]) }).await;
        choose(&corridor, ADA, id, &[(0, 123_456)]).await;
        corridor.perform_due(NOW.plus_seconds(DAY)).await.unwrap();
        let file = file(&corridor, id).await;
        assert_eq!(file.outcome.winners.len(), 2);
        assert!(file.outcome.steps[0].by_lot);
    }

    async fn a_tie_is_broken_by_a_lot_that_anybody_can_repeat(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let id = open(&corridor, ask("approval", &["red", "green"])).await;
        choose(&corridor, ADA, id, &[(0, 1)]).await;
        choose(&corridor, BEN, id, &[(1, 1)]).await;
        corridor.perform_due(NOW.plus_seconds(DAY)).await.unwrap();
        let file = file(&corridor, id).await;
        assert!(file.outcome.steps[0].by_lot);
        assert_eq!(file.vote.count().unwrap(), file.outcome);
        assert_eq!(file.vote.id, id.to_string());
    }

    async fn a_later_ballot_replaces_an_earlier_one_until_the_end(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let id = open(&corridor, ask("schulze", &["red", "green"])).await;
        let viewer = corridor.viewer(ADA).await.unwrap();
        assert!(corridor.view(&viewer, Decisions::default(), NOW).await.unwrap()[0].to_vote);
        choose(&corridor, ADA, id, &[(0, 1)]).await;
        assert!(!corridor.view(&viewer, Decisions::default(), NOW).await.unwrap()[0].to_vote);
        choose(&corridor, ADA, id, &[(1, 1)]).await;
        let shown = question(&corridor, ADA, id, 120).await;
        assert_eq!((shown.ballots, shown.options[1].mine, shown.options[0].mine), (1, Some(1), None));
        assert_eq!(code(choose_at(&corridor, (BEN, DAY), id, &[(0, 1)]).await), "proposal_closed");
        corridor.perform_due(NOW.plus_seconds(DAY)).await.unwrap();
        assert_eq!(state(&corridor, id).await.1, "Chosen: green.");
        assert_eq!(code(choose_at(&corridor, (BEN, DAY - 60), id, &[(0, 1)]).await), "proposal_closed");
    }

    async fn a_ballot_that_breaks_the_rule_is_refused_with_its_reason(store: Store) {
        let corridor = with(&store, by_majority()).await;
        for (method, marks) in [
            ("approval", vec![(0, 2)]), ("approval", vec![(7, 1)]), ("approval", vec![(0, 1), (0, 1)]), ("score", vec![(0, 6)]),
            ("dots", vec![(0, 3), (1, 3)]), ("quadratic", vec![(0, 3)]), ("irv", vec![(0, 1), (1, 1)]), ("meek", vec![(0, 9)]),
            ("quadratic", vec![(0, 5), (1, 65_536)]),
        ] {
            let id = open(&corridor, Ask { points: 5, ..ask(method, &["red", "green"]) }).await;
            assert_eq!(code(choose_at(&corridor, (BEN, 60), id, &marks).await), "ballot_wrong", "{method}");
        }
        let id = open(&corridor, ask("irv", &["red", "green"])).await;
        let yes = Vote { proposal: id, choice: "yes".into(), reason: String::new() };
        assert_eq!(code(corridor.act(by(ADA, NOW), yes).await), "choice_unknown");
        let many: Vec<(u16, u32)> = (0..2_000).map(|option| (option, 1)).collect();
        assert_eq!(code(choose_at(&corridor, (BEN, 60), id, &many).await), "options_wrong");
        corridor.perform_due(NOW.plus_seconds(DAY)).await.unwrap();
        assert_eq!(state(&corridor, id).await, ("failed".into(), "Nobody voted.".into()));
    }

    async fn whoever_is_put_out_during_the_vote_is_not_counted(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let id = open(&corridor, ask("approval", &["red", "green"])).await;
        choose(&corridor, ADA, id, &[(0, 1)]).await;
        choose(&corridor, BEN, id, &[(1, 1)]).await;
        choose(&corridor, CAM, id, &[(1, 1)]).await;
        store
            .write(|tx| {
                agents::set_standing(tx, BEN.into(), Standing::Suspended)?;
                agents::set_role(tx, CAM.into(), GroupId::CLUB, Role::None, NOW)
            })
            .await
            .unwrap();
        corridor.perform_due(NOW.plus_seconds(DAY)).await.unwrap();
        assert_eq!(state(&corridor, id).await.1, "Chosen: red.");
        assert_eq!(file(&corridor, id).await.vote.ballots.len(), 1);
    }

    async fn members_who_stand_are_elected_and_seated(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let id = open(&corridor, election()).await;
        let stand = |stands| Stand { proposal: id, stands, statement: "I count twice.".into() };
        for member in [ADA, BEN, CAM] {
            corridor.act(by(member, NOW), stand(true)).await.unwrap();
        }
        corridor.act(by(ADA, NOW), stand(false)).await.unwrap();
        let viewer = corridor.viewer(ADA).await.unwrap();
        assert!(!corridor.view(&viewer, Decisions::default(), NOW).await.unwrap()[0].to_vote);
        assert_eq!(code(choose_at(&corridor, (ADA, 60), id, &[(0, 1)]).await), "not_begun");
        corridor.perform_due(NOW.plus_seconds(2 * DAY)).await.unwrap();
        let late = corridor.act(by(ADA, NOW.plus_seconds(2 * DAY)), stand(true)).await;
        assert_eq!(code(late), "nominations_closed");
        let shown = question(&corridor, ADA, id, 2 * DAY).await;
        let names: Vec<_> = shown.options.iter().map(|it| (it.place, it.title.as_str())).collect();
        assert_eq!(names, [(0, "Ben (@ben)"), (1, "Cam (@cam)")]);
        choose_at(&corridor, (ADA, 2 * DAY + 60), id, &[(1, 1), (0, 2)]).await.unwrap();
        choose_at(&corridor, (CAM, 2 * DAY + 60), id, &[(1, 1)]).await.unwrap();
        corridor.perform_due(NOW.plus_seconds(5 * DAY)).await.unwrap();
        assert_eq!(state(&corridor, id).await, ("done".into(), "Chosen: Cam (@cam).".into()));
        let role = store.read(|tx| agents::role(tx, CAM.into(), GroupId::CLUB)).await.unwrap();
        assert_eq!(role, Role::Treasurer);
    }

    async fn an_election_in_which_nobody_stands_ends_when_voting_would_begin(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let id = open(&corridor, election()).await;
        corridor.perform_due(NOW.plus_seconds(2 * DAY)).await.unwrap();
        assert_eq!(state(&corridor, id).await, ("failed".into(), "Nobody stood.".into()));
    }

    async fn a_question_that_cannot_be_asked_says_what_is_wrong(store: Store) {
        let corridor = with(&store, by_majority()).await;
        let good = || ask("approval", &["red", "green"]);
        let long = "x".repeat(301);
        let many: Vec<String> = (0..=MOST_OPTIONS).map(|n| format!("colour {n}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        for (ask, why) in [
            (Ask { title: " ?".into(), ..good() }, "question_missing"),
            (Ask { title: long.clone(), ..good() }, "question_too_long"),
            (Ask { method: "guess".into(), ..good() }, "method_unknown"),
            (Ask { method: "dots".into(), ..good() }, "points_wrong"),
            (Ask { method: "greedy".into(), ..good() }, "budget_wrong"),
            (Ask { method: "greedy".into(), budget: 5, ..good() }, "cost_wrong"),
            (Ask { kind: "riddle".into(), ..good() }, "kind_unknown"),
            (Ask { kind: "check".into(), ..painting("approval", &["red", "green"]) }, "check_performs"),
            (Ask { seats: 0, ..good() }, "seats_wrong"),
            (Ask { seats: 3, ..good() }, "seats_wrong"),
            (Ask { nominate_for: DAY, ..good() }, "election_only"),
            (Ask { budget: i64::MAX, ..good() }, "budget_wrong"),
            (Ask { open_for: 60, ..good() }, "open_for_wrong"),
            (Ask { open_for: i64::MAX, ..good() }, "open_for_wrong"),
            (ask("approval", &["red"]), "options_wrong"),
            (ask("approval", &many), "options_wrong"),
            (ask("approval", &["red", "Red "]), "option_twice"),
            (ask("approval", &["red", &long]), "option_title"),
            (Ask { nominate_for: 0, ..election() }, "nominations_wrong"),
            (Ask { role: Some("member".into()), ..election() }, "role_unknown"),
            (Ask { until: Some(NOW), ..election() }, "term_wrong"),
            (Ask { options: good().options, ..election() }, "election_options"),
        ] {
            assert_eq!(code(corridor.act(by(ADA, NOW), ask).await), why);
        }
        let own = painting("approval", &["grey", "green"]);
        assert_eq!(code(corridor.act(by(ADA, NOW), Ask { open_for: DAY, ..own.clone() }).await), "open_for_wrong");
        let mut at_once = own.clone();
        at_once.options[1].act = Some("governance.appeal".into());
        at_once.options[1].args = Some(json!({ "against": "grey", "reason": "Grey." }));
        assert_eq!(code(corridor.act(by(ADA, NOW), at_once).await), "needs_no_proposal");
        assert!(corridor.act(by(ADA, NOW), own).await.is_ok());
    }
}
