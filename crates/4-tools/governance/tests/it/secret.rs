//! The stories of secret votes, on both engines. The test plays what the browser does: it makes ballots, blinds and unblinds.

use crate::choosing::{DAY, ask, election, file, open, question, with};
use crate::story::{ADA, BEN, CAM, NOW, by, by_majority, code, migrations as rooms, state};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Fault;
use planet_corridor::task::Call;
use planet_count::secret::oprf::{Answer, Blinded};
use planet_count::secret::{check, request_text};
use planet_governance::acts::Withdraw;
use planet_governance::choice::acts::{Choose, Marked, Stand};
use planet_governance::choice::ask::Ask;
use planet_governance::choice::secret::acts::{AskToken, CastSecret, Token};
use planet_governance::views::Decisions;
use planet_identity::keys::Key;
use planet_identity::managed::{self, Secrets};
use planet_identity::rows::did_logs;
use planet_identity::webvh::Location;
use planet_identity::webvh::location::Kind;
use planet_identity::webvh::member::first_entry;
use planet_kit::web::fields::fresh_key;
use planet_ontology::hex;
use planet_ontology::ids::{GroupId, MemberId, ProposalId};
use planet_ontology::roles::Role;
use planet_store::{Migration, Store, both_engines, sql};

fn migrations() -> Vec<Migration> {
    [rooms(), planet_identity::rows::MIGRATIONS.to_vec()].concat()
}

fn key(member: MemberId) -> Key {
    let mut entropy = [0; 64];
    entropy[..16].copy_from_slice(member.0.as_bytes());
    Secrets::from_entropy(&entropy).device_key(1)
}

/// Gives everybody an identity with keys of their own.
async fn identities(store: &Store) {
    for (member, name) in [(ADA, "ada"), (BEN, "ben"), (CAM, "cam")] {
        let mut entropy = [0; 64];
        entropy[..16].copy_from_slice(member.0.as_bytes());
        let location = Location::new("http://localhost:7700", Kind::Person, name).unwrap();
        let made = managed::create(&location, &Secrets::from_entropy(&entropy), NOW).unwrap();
        let log = first_entry(&made.line, &location, NOW).unwrap();
        store
            .write(move |tx| did_logs::host(tx, member.into(), &location, &log, &made.line, None, NOW))
            .await
            .unwrap();
    }
}

/// A ballot as its voter's browser keeps it.
struct Paper {
    id: String,
    blinded: Blinded,
}

impl Paper {
    fn of(number: u8) -> Self {
        Self { id: hex::encode(&[number; 32]), blinded: Blinded::new(&[number; 32], &[number; 64]) }
    }
}

fn request(proposal: ProposalId, signer: &Key, paper: &Paper) -> AskToken {
    let blinded = hex::encode(&paper.blinded.shown);
    let text = request_text(&proposal.to_string(), &blinded);
    AskToken {
        proposal,
        blinded,
        key: signer.multikey(),
        signature: hex::encode(&signer.sign(text.as_bytes())),
    }
}

async fn ask_as(corridor: &Corridor, member: MemberId, at: i64, request: AskToken) -> Result<Token, Fault> {
    corridor.act(by(member, NOW.plus_seconds(at)), request).await.map(|done| done.output.unwrap())
}

/// The token of a paper, asked for by a member.
async fn token(
    corridor: &Corridor,
    member: MemberId,
    at: i64,
    proposal: ProposalId,
    paper: &Paper,
) -> String {
    let given = ask_as(corridor, member, at, request(proposal, &key(member), paper)).await.unwrap();
    let public = question(corridor, member, proposal, at).await.secret.unwrap().public;
    let answer = Answer {
        evaluated: hex::decode(&given.evaluated).unwrap(),
        proof: hex::decode(&given.proof).unwrap(),
    };
    hex::encode(&paper.blinded.unblind(&answer, &hex::decode(&public).unwrap()).unwrap())
}

fn nobody(at: i64) -> Call {
    Call { actor: Actor::Guest, key: fresh_key(), now: NOW.plus_seconds(at) }
}

fn ballot(proposal: ProposalId, paper: &Paper, token: &str, marks: &[(u16, u32)]) -> CastSecret {
    let marks = marks.iter().map(|(option, value)| Marked { option: *option, value: *value }).collect();
    CastSecret { proposal, ballot: paper.id.clone(), token: token.into(), marks }
}

/// All events and all remembered outcomes, as text.
async fn written(store: &Store) -> String {
    let rows = store
        .read(|tx| {
            let mut rows: Vec<(String,)> = tx.rows(sql!("SELECT body FROM events ORDER BY id"), &[])?;
            rows.extend(tx.rows::<(String,)>(sql!("SELECT answer FROM outcomes ORDER BY key"), &[])?);
            Ok::<_, planet_store::Error>(rows)
        })
        .await
        .unwrap();
    rows.into_iter().map(|(row,)| row + "\n").collect()
}

async fn in_the_box(store: &Store) -> i64 {
    store.read(|tx| tx.one::<(i64,)>(sql!("SELECT count(*) FROM secret_ballots"), &[])).await.unwrap().0
}

fn secretly() -> Ask {
    Ask { ballot: Some("secret".into()), ..ask("approval", &["red", "green"]) }
}

both_engines! { migrations();

    async fn a_treasurer_is_elected_in_secret_and_anybody_can_check(store: Store) {
        let corridor = with(&store, by_majority()).await;
        identities(&store).await;
        let id = open(&corridor, Ask { ballot: None, ..election() }).await;
        for member in [BEN, CAM] {
            let stand = Stand { proposal: id, stands: true, statement: String::new() };
            corridor.act(by(member, NOW), stand).await.unwrap();
        }
        let early = ask_as(&corridor, ADA, 60, request(id, &key(ADA), &Paper::of(1))).await;
        assert_eq!(code(early), "not_begun");
        let early = corridor.act(nobody(60), ballot(id, &Paper::of(1), &"00".repeat(64), &[])).await;
        assert_eq!(code(early), "not_begun");
        corridor.perform_due(NOW.plus_seconds(2 * DAY)).await.unwrap();
        let at = 2 * DAY + 60;
        for (member, number, marks) in [(ADA, 1, [(1, 1), (0, 2)]), (BEN, 2, [(0, 1), (1, 2)]), (CAM, 3, [(1, 1), (0, 2)])] {
            let paper = Paper::of(number);
            let token = token(&corridor, member, at, id, &paper).await;
            corridor.act(nobody(at), ballot(id, &paper, &token, &marks)).await.unwrap();
        }
        let shown = question(&corridor, ADA, id, at).await;
        assert_eq!((shown.ballots, shown.voted, shown.may_choose), (3, true, false));
        corridor.perform_due(NOW.plus_seconds(5 * DAY)).await.unwrap();
        assert_eq!(state(&corridor, id).await, ("done".into(), "Chosen: Cam (@cam).".into()));
        let file = file(&corridor, id).await;
        let told = check(&file, file.secret.as_ref().unwrap()).unwrap();
        assert!(told.ends_with("3 signed requests for one, of 3 who had a vote."), "{told}");
        let asked: Vec<&str> = file.secret.as_ref().unwrap().requests.iter().map(|it| it.who.as_str()).collect();
        assert_eq!(asked, ["ada", "ben", "cam"]);
        assert!(file.vote.ballots.iter().all(|slip| !["ada", "ben", "cam"].contains(&slip.id.as_str())));
    }

    async fn everybody_gets_one_ballot_and_can_change_it(store: Store) {
        let corridor = with(&store, by_majority()).await;
        identities(&store).await;
        let id = open(&corridor, secretly()).await;
        let viewer = corridor.viewer(ADA).await.unwrap();
        assert!(corridor.view(&viewer, Decisions::default(), NOW).await.unwrap()[0].to_vote);
        let (first, second) = (Paper::of(1), Paper::of(2));
        let mine = token(&corridor, ADA, 60, id, &first).await;
        assert!(!corridor.view(&viewer, Decisions::default(), NOW).await.unwrap()[0].to_vote);
        // The same request has the same answer, and another one has none.
        assert_eq!(token(&corridor, ADA, 61, id, &first).await, mine);
        assert_eq!(code(ask_as(&corridor, ADA, 62, request(id, &key(ADA), &second)).await), "token_given");
        corridor.act(nobody(70), ballot(id, &first, &mine, &[(0, 1)])).await.unwrap();
        corridor.act(nobody(80), ballot(id, &first, &mine, &[(1, 1)])).await.unwrap();
        assert_eq!(question(&corridor, ADA, id, 90).await.ballots, 1);
        corridor.perform_due(NOW.plus_seconds(DAY)).await.unwrap();
        assert_eq!(state(&corridor, id).await.1, "Chosen: green.");
    }

    async fn nothing_that_is_written_down_tells_when_a_ballot_came(store: Store) {
        let corridor = with(&store, by_majority()).await;
        identities(&store).await;
        let id = open(&corridor, secretly()).await;
        let paper = Paper::of(1);
        let mine = token(&corridor, ADA, 60, id, &paper).await;
        let before = written(&store).await;
        assert!(before.contains("governance.ask_token"), "who asked is in the log, with the moment");
        corridor.act(nobody(60), ballot(id, &paper, &mine, &[(0, 1)])).await.unwrap();
        corridor.act(nobody(61), ballot(id, &paper, &mine, &[(1, 1)])).await.unwrap();
        // Whoever reads the log beside the published ballots would otherwise find Ada's right behind her request.
        assert_eq!(written(&store).await, before);
        corridor.perform_due(NOW.plus_seconds(DAY)).await.unwrap();
        let published = file(&corridor, id).await;
        assert_eq!(published.vote.ballots.len(), 1);
        assert!(written(&store).await.contains(&format!("\"seed\":\"{}\"", published.seed)), "the log fixes what is published");
        assert_eq!(in_the_box(&store).await, 0, "the box is emptied into the file, and with it the order in which ballots came");
        assert_eq!(question(&corridor, ADA, id, DAY).await.ballots, 1);
    }

    async fn a_box_that_was_taken_back_is_never_opened(store: Store) {
        let corridor = with(&store, by_majority()).await;
        identities(&store).await;
        let id = open(&corridor, secretly()).await;
        let paper = Paper::of(1);
        let mine = token(&corridor, ADA, 60, id, &paper).await;
        corridor.act(nobody(60), ballot(id, &paper, &mine, &[(0, 1)])).await.unwrap();
        corridor.act(by(ADA, NOW.plus_seconds(70)), Withdraw { proposal: id }).await.unwrap();
        assert_eq!(in_the_box(&store).await, 0);
        let after = corridor.act(nobody(80), ballot(id, &paper, &mine, &[(0, 1)])).await;
        assert_eq!(code(after), "proposal_closed");
    }

    async fn no_voter_can_make_an_honest_box_look_stuffed(store: Store) {
        let corridor = with(&store, by_majority()).await;
        identities(&store).await;
        let id = open(&corridor, secretly()).await;
        let paper = Paper::of(0xab);
        // What is published is written in small letters, so only that can be signed.
        let blinded = hex::encode(&paper.blinded.shown).to_uppercase();
        let text = request_text(&id.to_string(), &blinded);
        let shouted = AskToken {
            signature: hex::encode(&key(ADA).sign(text.as_bytes())),
            blinded,
            ..request(id, &key(ADA), &paper)
        };
        assert_eq!(code(ask_as(&corridor, ADA, 60, shouted).await), "token_request_unsigned");
        let mine = token(&corridor, ADA, 60, id, &paper).await;
        // Two who ask with one and the same would look like somebody who asked twice.
        assert_eq!(code(ask_as(&corridor, BEN, 60, request(id, &key(BEN), &paper)).await), "token_request_wrong");
        token(&corridor, BEN, 60, id, &Paper::of(2)).await;
        token(&corridor, CAM, 60, id, &Paper::of(3)).await;
        corridor.act(nobody(60), ballot(id, &paper, &mine, &[(0, 1)])).await.unwrap();
        // Whoever asked and left is still among those who had a vote.
        store.write(|tx| agents::set_role(tx, CAM.into(), GroupId::CLUB, Role::None, NOW)).await.unwrap();
        corridor.perform_due(NOW.plus_seconds(DAY)).await.unwrap();
        let file = file(&corridor, id).await;
        let told = check(&file, file.secret.as_ref().unwrap()).unwrap();
        assert!(told.ends_with("3 signed requests for one, of 3 who had a vote."), "{told}");
    }

    async fn who_has_no_right_to_a_ballot_gets_none_into_the_box(store: Store) {
        let corridor = with(&store, by_majority()).await;
        identities(&store).await;
        let (id, other) = (open(&corridor, secretly()).await, open(&corridor, secretly()).await);
        let paper = Paper::of(1);
        let stolen = request(id, &key(BEN), &paper);
        assert_eq!(code(ask_as(&corridor, ADA, 60, stolen).await), "token_request_unsigned");
        let forged = AskToken { signature: "00".repeat(64), ..request(id, &key(ADA), &paper) };
        assert_eq!(code(ask_as(&corridor, ADA, 60, forged).await), "token_request_unsigned");
        let moved = AskToken { proposal: id, ..request(other, &key(ADA), &paper) };
        assert_eq!(code(ask_as(&corridor, ADA, 60, moved).await), "token_request_unsigned");
        let good = token(&corridor, ADA, 60, id, &paper).await;
        for (cast, why) in [
            (ballot(id, &paper, &"00".repeat(64), &[(0, 1)]), "token_wrong"),
            (ballot(id, &paper, "x", &[(0, 1)]), "token_wrong"),
            (CastSecret { ballot: "y".into(), ..ballot(id, &paper, &good, &[(0, 1)]) }, "token_wrong"),
            (ballot(other, &paper, &good, &[(0, 1)]), "token_wrong"),
            (ballot(id, &paper, &good, &[(0, 2)]), "ballot_wrong"),
            (ballot(id, &paper, &good, &[(9, 1)]), "ballot_wrong"),
        ] {
            assert_eq!(code(corridor.act(nobody(70), cast).await), why);
        }
        store.write(|tx| agents::set_role(tx, CAM.into(), GroupId::CLUB, Role::None, NOW)).await.unwrap();
        let gone = ask_as(&corridor, CAM, 70, request(id, &key(CAM), &Paper::of(3))).await;
        assert_eq!(code(gone), "proposal_unknown");
        let named = corridor.act(by(ADA, NOW.plus_seconds(70)), ballot(id, &paper, &good, &[(0, 1)])).await;
        assert_eq!(code(named), "cast_under_a_name");
        let choose = Choose { proposal: id, marks: Vec::new() };
        assert_eq!(code(corridor.act(by(ADA, NOW), choose).await), "ballots_secret");
        assert_eq!(question(&corridor, ADA, id, 80).await.ballots, 0);
        let late = corridor.act(nobody(DAY), ballot(id, &paper, &good, &[(0, 1)])).await;
        assert_eq!(code(late), "proposal_closed");
        assert_eq!(code(ask_as(&corridor, BEN, DAY, request(id, &key(BEN), &Paper::of(2))).await), "proposal_closed");
        assert_eq!(question(&corridor, ADA, id, 80).await.ballots, 0, "of all this nothing came in");
        corridor.perform_due(NOW.plus_seconds(DAY)).await.unwrap();
        assert_eq!(state(&corridor, id).await, ("failed".into(), "Nobody voted.".into()));
        let plain = open(&corridor, ask("approval", &["red", "green"])).await;
        assert_eq!(code(ask_as(&corridor, ADA, 60, request(plain, &key(ADA), &paper)).await), "ballots_open");
        assert_eq!(code(corridor.act(by(ADA, NOW), Ask { ballot: Some("?".into()), ..secretly() }).await), "ballot_unknown");
    }
}
