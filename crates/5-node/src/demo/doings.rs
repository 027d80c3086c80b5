//! What people of the town do once they are in: groups, payments, bills, posts, comments, votes.

use super::plan::{Answer, For, Question, Who};
use super::town::Town;
use crate::errors::NodeError;
use planet_corridor::act::Act;
use planet_feed::acts::{Comment, Follow, Post};
use planet_governance::acts::{Propose, Vote};
use planet_governance::assumptions::AddAssumption;
use planet_groups::acts::{AddMember, Create, Join, SetRole};
use planet_membership::acts::Admit;
use planet_ontology::ids::GroupId;
use planet_ontology::relevance::Relevance;
use planet_ontology::roles::Visibility;
use planet_ontology::units::Amount;
use planet_wallet::acts::limits::SetLimits;
use planet_wallet::acts::pay::Pay;
use planet_wallet::acts::request::{ApproveRequest, CancelRequest, DeclineRequest, Request};
use serde_json::Value;

impl Town {
    /// Somebody starts a group.
    pub(super) async fn start(&mut self, group: usize) -> Result<(), NodeError> {
        let Some((sort, by)) = self.plan.groups.get(group).map(|circle| (circle.sort, circle.steward()))
        else {
            return Ok(());
        };
        let (name, purpose, mode) = (sort.name.into(), sort.purpose.into(), sort.mode.word().into());
        let visibility = Visibility::Restricted.word().into();
        let created =
            self.act_as(by, Create { name, purpose, mode, open: sort.open, visibility, place: None }).await?;
        if let Some(created) = created {
            self.groups.insert(group, created.group);
            self.tally.groups += 1;
        }
        Ok(())
    }

    /// Somebody joins an open group, or is taken into another by its steward.
    pub(super) async fn enter(&mut self, person: usize, group: usize) -> Result<(), NodeError> {
        let Some(circle) = self.plan.groups.get(group) else { return Ok(()) };
        let (open, steward) = (circle.sort.open, circle.steward());
        let (Some(group), Some(member)) =
            (self.groups.get(&group).copied(), self.people.get(&person).copied())
        else {
            return Ok(());
        };
        if open {
            self.act_as(person, Join { group, agreed: false }).await?;
        } else {
            self.act_as(steward, AddMember { group, member }).await?;
        }
        Ok(())
    }

    /// Somebody is given a role.
    pub(super) async fn appoint(
        &mut self,
        by: usize,
        person: usize,
        group: Option<usize>,
        role: &str,
    ) -> Result<(), NodeError> {
        let group = group.map_or(Some(GroupId::CLUB), |group| self.groups.get(&group).copied());
        if let (Some(group), Some(member)) = (group, self.people.get(&person).copied()) {
            self.act_as(by, SetRole { group, member, role: role.into(), until: None }).await?;
        }
        Ok(())
    }

    /// A payment.
    pub(super) async fn pay(
        &mut self,
        by: usize,
        from: Option<usize>,
        to: Who,
        amount: i64,
        memo: String,
    ) -> Result<(), NodeError> {
        let payer = from.map(|group| self.agent(Who::Group(group)));
        let (Some(to), false) = (self.agent(to), payer == Some(None)) else { return Ok(()) };
        let act = Pay { to, amount: Amount(amount), memo, from: payer.flatten(), currency: None };
        if self.act_as(by, act).await?.is_some() {
            self.paid(amount);
        }
        Ok(())
    }

    fn paid(&mut self, amount: i64) {
        self.tally.payments += 1;
        self.tally.paid += amount;
    }

    /// A bill.
    pub(super) async fn bill(
        &mut self,
        bill: usize,
        by: usize,
        payer: usize,
        amount: i64,
        memo: String,
    ) -> Result<(), NodeError> {
        let Some(from) = self.agent(Who::Person(payer)) else { return Ok(()) };
        let act = Request { from, amount: Amount(amount), memo, to: None, currency: None };
        let request = self.act_as(by, act).await?;
        self.bills.extend(request.map(|request| (bill, (request, amount))));
        Ok(())
    }

    /// The end of a bill.
    pub(super) async fn answer(&mut self, bill: usize, by: usize, answer: Answer) -> Result<(), NodeError> {
        let Some((request, amount)) = self.bills.get(&bill).copied() else { return Ok(()) };
        match answer {
            Answer::Pay => {
                if self.act_as(by, ApproveRequest { request }).await?.is_some() {
                    self.paid(amount);
                }
            }
            Answer::Decline => drop(self.act_as(by, DeclineRequest { request }).await?),
            Answer::Cancel => drop(self.act_as(by, CancelRequest { request }).await?),
        }
        Ok(())
    }

    /// A post.
    pub(super) async fn post(
        &mut self,
        (post, by, to): (usize, usize, For),
        title: String,
        text: String,
        tags: Vec<String>,
        relevance: Relevance,
    ) -> Result<(), NodeError> {
        let Some(audience) = self.audience(by, to) else { return Ok(()) };
        let act = Post { title, text, tags, relevance, audience, to_neighbours: true };
        if let Some(posted) = self.act_as(by, act).await? {
            self.posts.insert(post, posted.post);
            self.tally.posts += 1;
        }
        Ok(())
    }

    /// A comment.
    pub(super) async fn comment(&mut self, by: usize, post: usize, text: String) -> Result<(), NodeError> {
        let Some(post) = self.posts.get(&post).copied() else { return Ok(()) };
        if self.act_as(by, Comment { post, text }).await?.is_some() {
            self.tally.comments += 1;
        }
        Ok(())
    }

    /// Somebody follows somebody.
    pub(super) async fn follow(&mut self, by: usize, whom: Who) -> Result<(), NodeError> {
        if let Some(agent) = self.agent(whom) {
            self.act_as(by, Follow { agent }).await?;
        }
        Ok(())
    }

    /// Somebody adds to the register of assumptions.
    pub(super) async fn assume(
        &mut self,
        by: usize,
        section: &str,
        statement: &str,
    ) -> Result<(), NodeError> {
        self.act_as(by, AddAssumption { section: section.into(), statement: statement.into() }).await?;
        Ok(())
    }

    /// Somebody puts a question to all.
    pub(super) async fn propose(
        &mut self,
        proposal: usize,
        by: usize,
        question: &Question,
        reason: &str,
    ) -> Result<(), NodeError> {
        let Some((act, args)) = self.asked(question) else { return Ok(()) };
        let act = Propose { act: act.into(), args, group: None, reason: reason.into() };
        if let Some(proposed) = self.act_as(by, act).await? {
            self.proposals.insert(proposal, proposed.proposal);
            self.tally.proposals += 1;
        }
        Ok(())
    }

    /// The act that a question is about, with its arguments.
    fn asked(&self, question: &Question) -> Option<(&'static str, Value)> {
        match *question {
            Question::Admit(applicant) => {
                let application = self.applications.get(&applicant)?.0;
                let act = Admit { application, name: self.name(applicant) };
                Some((Admit::NAME, serde_json::to_value(act).ok()?))
            }
            Question::Limits(who, min, max) => {
                let act = SetLimits {
                    owner: self.agent(who)?,
                    currency: None,
                    min: Amount(min),
                    max: Amount(max),
                    soft: None,
                };
                Some((SetLimits::NAME, serde_json::to_value(act).ok()?))
            }
        }
    }

    /// A vote.
    pub(super) async fn vote(
        &mut self,
        by: usize,
        proposal: usize,
        choice: &str,
        reason: &str,
    ) -> Result<(), NodeError> {
        if let Some(proposal) = self.proposals.get(&proposal).copied() {
            self.act_as(by, Vote { proposal, choice: choice.into(), reason: reason.into() }).await?;
        }
        Ok(())
    }
}
