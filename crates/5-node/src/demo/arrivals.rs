//! How people come into the town: the founding, invitations, applications, and where they live. The node holds their keys,
//! since there is no browser that could make any.

use super::affairs::{APPLICANTS, WHY};
use super::plan::For;
use super::town::Town;
use crate::errors::NodeError;
use planet_corridor::actor::Actor;
use planet_corridor::refusal::Fault;
use planet_identity::encoding::b64u;
use planet_identity::keys::Key;
use planet_identity::managed::{self, Secrets};
use planet_identity::webvh::Location;
use planet_identity::webvh::location::Kind;
use planet_membership::acts::{Accept, Apply, DeclineApplication, Found, Invite, Invitee, SetHome};
use planet_membership::arrival::{self, Arrival};
use planet_membership::checks::hash_text;
use planet_ontology::ids::{MemberId, PlaceId};
use planet_places::gazetteer;
use planet_profiles::acts::{MakeCircle, SetDetail};

/// The starter kit: one by which members admit newcomers together, so that there is something to vote on.
const KIT: &str = "worker-co-op";
/// Where the club is at home.
const TOWN: &str = "Frome";
/// What it is for.
const PURPOSE: &str = "People in and around Frome who bake, mend, grow, teach and look after one another, and settle it in acorns.";

impl Town {
    /// The first person founds the club.
    pub(super) async fn found(&mut self) -> Result<(), NodeError> {
        let kit = planet_cedar::kits::open(KIT).map_err(|error| NodeError::Other(error.to_string()))?;
        let bundle = serde_json::to_value(&kit).map_err(|error| NodeError::Other(error.to_string()))?;
        let (arrival, member) = self.arrive(0).await?;
        let act = Found {
            club: "Frome Commons".into(),
            purpose: PURPOSE.into(),
            accent: "leaf".into(),
            bundle,
            unit: "Acorns".into(),
            symbol: "acorns".into(),
            place: town(TOWN)?,
            name: self.name(0),
            arrival,
        };
        if self.act(Actor::Guest, act).await?.is_none() {
            return Err(NodeError::Other(
                "The rules of this version do not let anybody found the town's club.".into(),
            ));
        }
        self.came_in(0, member);
        Ok(())
    }

    /// Somebody comes in: with an invitation, or because their application was accepted.
    pub(super) async fn join(&mut self, person: usize, invited_by: Option<usize>) -> Result<(), NodeError> {
        let name = self.name(person);
        let token = match invited_by {
            Some(host) => {
                let token = self.token();
                let invitee =
                    Invitee { name: name.clone(), token_hash: hash_text(&token), ..Invitee::default() };
                self.act_as(host, Invite { invitee, role: None, days: 14 }).await?;
                token
            }
            None => match self.applications.get(&person) {
                Some((_, secret)) => secret.clone(),
                None => return Ok(()),
            },
        };
        let (arrival, member) = self.arrive(person).await?;
        let home = self.plan.people.get(person).map_or(TOWN, |person| person.home.town);
        let act = Accept { token_hash: hash_text(&token), name, place: Some(town(home)?), arrival };
        if self.act(Actor::Guest, act).await?.is_some() {
            self.came_in(person, member);
        }
        Ok(())
    }

    /// Makes what a browser would make, with keys that the node keeps, and lets it wait at the door.
    async fn arrive(&mut self, person: usize) -> Result<(String, MemberId), NodeError> {
        let broken = |error: String| NodeError::Other(format!("Nobody could move into the town: {error}"));
        let origin = self.site.origin.clone();
        let path = format!("neighbour-{}", person + 1);
        let location =
            Location::new(&origin, Kind::Person, &path).map_err(|error| broken(error.to_string()))?;
        let secrets = Secrets::from_entropy(&self.rng.bytes());
        let made = managed::create(&location, &secrets, self.now)
            .map_err(|refusal| broken(refusal.reason.clone()))?;
        let millis = u64::try_from(self.now.0.div_euclid(1_000)).unwrap_or(0);
        let id = uuid::Builder::from_unix_timestamp_millis(millis, &self.rng.bytes()).into_uuid();
        let member = MemberId(id);
        let sealing_key = Key::from_seed(&self.site.log.key.to_bytes()).sealing_key();
        let sealed = secrets
            .seal(&sealing_key, member.into(), self.rng.bytes())
            .map_err(|error| broken(error.to_string()))?;
        let arrival = Arrival {
            member,
            origin,
            path,
            did_log: made.line,
            passkey: None,
            vault: None,
            sealed: Some(b64u(&sealed)),
            ticket: None,
        };
        let (token, now) = (self.token(), self.now);
        let text = token.reveal();
        let store = self.site.corridor.store();
        store
            .write(move |tx| arrival::wait(tx, &token, &arrival, now))
            .await
            .map_err(|fault: Fault| fault)?;
        Ok((text, member))
    }

    fn came_in(&mut self, person: usize, member: MemberId) {
        self.people.insert(person, member);
        self.tally.members += 1;
    }

    /// What somebody of the plan is called, whether they came in or only applied.
    pub(super) fn name(&self, person: usize) -> String {
        let applicant = || person.checked_sub(self.plan.people.len()).and_then(|nth| APPLICANTS.get(nth));
        match self.plan.people.get(person) {
            Some(person) => person.name.clone(),
            None => applicant().map(|applicant| applicant.name.to_owned()).unwrap_or_default(),
        }
    }

    /// Somebody says where they live, and how much of it others may see.
    pub(super) async fn settle(&mut self, person: usize) -> Result<(), NodeError> {
        let Some((home, shared)) = self.plan.people.get(person).map(|person| (person.home, person.shared))
        else {
            return Ok(());
        };
        let act = SetHome {
            place: Some(town(home.town)?),
            neighbourhood: home.neighbourhood.into(),
            street: home.street.into(),
            shared,
        };
        self.act_as(person, act).await?;
        Ok(())
    }

    /// Somebody shows something of themselves.
    pub(super) async fn show(
        &mut self,
        person: usize,
        kind: &'static str,
        value: String,
        to: For,
    ) -> Result<(), NodeError> {
        let Some(audience) = self.audience(person, to) else { return Ok(()) };
        let act = SetDetail { id: None, of: None, kind: kind.into(), label: None, value, audience };
        self.act_as(person, act).await?;
        Ok(())
    }

    /// Somebody makes a circle.
    pub(super) async fn gather(
        &mut self,
        person: usize,
        name: &str,
        members: &[usize],
    ) -> Result<(), NodeError> {
        let members = members.iter().filter_map(|member| self.people.get(member).copied()).collect();
        let circle = self.act_as(person, MakeCircle { name: name.into(), members }).await?;
        self.circles.extend(circle.map(|circle| (person, circle)));
        Ok(())
    }

    /// Somebody applies.
    pub(super) async fn apply(&mut self, applicant: usize) -> Result<(), NodeError> {
        let secret = self.token();
        let stranger = applicant.checked_sub(self.plan.people.len()).and_then(|nth| APPLICANTS.get(nth));
        let home = self.plan.people.get(applicant).map(|person| person.home.town);
        let (place, why) =
            stranger.map_or((home.unwrap_or(TOWN), WHY), |stranger| (stranger.place, stranger.why));
        let act = Apply {
            name: self.name(applicant),
            email: String::new(),
            place: place.into(),
            why: why.into(),
            secret_hash: hash_text(&secret),
        };
        let application = self.act(Actor::Guest, act).await?.and_then(|done| done.output);
        self.applications.extend(application.map(|application| (applicant, (application, secret))));
        Ok(())
    }

    /// A steward declines an application.
    pub(super) async fn turn(&mut self, by: usize, applicant: usize, reason: &str) -> Result<(), NodeError> {
        let Some((application, _)) = self.applications.get(&applicant) else { return Ok(()) };
        let act = DeclineApplication { application: *application, reason: reason.into() };
        self.act_as(by, act).await?;
        Ok(())
    }
}

/// A town of the gazetteer.
fn town(name: &str) -> Result<PlaceId, NodeError> {
    let found = gazetteer::search(name, Some("GB"), 1).pop();
    found
        .map(|town| town.id)
        .ok_or_else(|| NodeError::Other(format!("The gazetteer of this build has no town called {name}.")))
}
