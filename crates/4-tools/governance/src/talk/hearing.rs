//! Hearing: whoever a proposal is about is told, and what they say stands beside it. A proposal is about the one whom its act names as
//! `member`. What they say is no vote.

use super::acts::{MAX_REMARK, kept};
use crate::acts::proposal_resource;
use crate::error::GovernanceError;
use crate::pages;
use crate::rows::{self, ProposalRow};
use crate::views::Detail;
use axum::extract::Path;
use planet_corridor::act::Act;
use planet_corridor::cx::Cx;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::entities::Proposal;
use planet_ontology::ids::{AgentId, MemberId, ProposalId};
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Say something to a proposal that is about oneself.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Respond {
    /// The proposal.
    pub proposal: ProposalId,
    /// What one says, in Markdown; nothing, to take it back.
    pub text: String,
}

impl Act for Respond {
    const NAME: &'static str = "governance.respond";
    const ABOUT: &'static str =
        "Say what you have to say to a proposal that is about you. It stands beside the proposal.";
    touches!(Proposal, |act, tx, actor| proposal_resource(tx, act.proposal, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let proposal = rows::held(tx, self.proposal)?;
        let hearing = find(tx, proposal.id)?.filter(|it| Ok(it.agent) == cx.agent());
        hearing.ok_or(GovernanceError::NotAboutYou)?;
        if !proposal.is_open() {
            return Err(GovernanceError::ProposalClosed.into());
        }
        let text = if self.text.trim().is_empty() { String::new() } else { kept(&self.text, MAX_REMARK)? };
        say(tx, proposal.id, &text, cx.now)?;
        if text.is_empty() {
            cx.erase_words(tx, proposal.id.0)?;
        } else {
            cx.words_about(proposal.id.0);
        }
        Ok(())
    }
}

record! {
    /// Whom a proposal is about, and what they say.
    #[derive(Clone, Debug, Serialize, JsonSchema)]
    pub struct Hearing {
        /// Who.
        pub agent: AgentId,
        /// Name.
        pub name: String,
        /// Handle.
        pub handle: String,
        /// What they say, in Markdown; empty, as long as they have said nothing.
        pub text: String,
        /// When they said it.
        pub at: Moment,
    }
}

/// Whom the act of a proposal names as `member`.
fn concerned(proposal: &ProposalRow) -> Option<MemberId> {
    proposal.args.get("member")?.as_str()?.parse().ok()
}

/// Opens the hearing of whoever a proposal is about, if it is about somebody.
pub fn open(tx: &mut Tx, proposal: &ProposalRow) -> Result<(), Error> {
    if let Some(member) = concerned(proposal) {
        tx.exec(
            sql!(
                "INSERT INTO hearings (proposal_id, agent_id, text, at)
                 SELECT ?1, a.id, '', ?3 FROM agents a WHERE a.id = ?2"
            ),
            &[&proposal.id, &member, &proposal.opened],
        )?;
    }
    Ok(())
}

/// Whom a proposal is about.
pub fn find(tx: &mut Tx, id: ProposalId) -> Result<Option<Hearing>, Error> {
    tx.row(
        sql!(
            "SELECT h.agent_id, a.name, a.handle, h.text, h.at
               FROM hearings h JOIN agents a ON a.id = h.agent_id WHERE h.proposal_id = ?1"
        ),
        &[&id],
    )
}

fn say(tx: &mut Tx, id: ProposalId, text: &str, now: Moment) -> Result<(), Error> {
    tx.exec(sql!("UPDATE hearings SET text = ?2, at = ?3 WHERE proposal_id = ?1"), &[&id, &text, &now])?;
    Ok(())
}

/// A hearing as the page of its proposal shows it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Heard {
    /// Who, and what they say.
    pub who: Hearing,
    /// Whether that is the viewer, who may say something now.
    pub may_respond: bool,
}

/// Reads the hearing of a proposal, if it is about somebody.
pub fn shown(look: &mut Look, proposal: &ProposalRow) -> Result<Option<Heard>, Fault> {
    let Some(who) = find(look.tx, proposal.id)? else { return Ok(None) };
    let mine = who.agent == look.member()?.into();
    let probe = Respond { proposal: proposal.id, text: String::new() };
    Ok(Some(Heard { may_respond: mine && proposal.is_open() && look.may(&probe)?, who }))
}

/// What they say, for the page; with the form, for whoever it is about.
pub(crate) fn section_of(ui: &Ui, detail: &Detail, filled: &Filled) -> Markup {
    let Some(Heard { who: hearing, may_respond }) = &detail.talk.hearing else { return html! {} };
    let (id, may, open) = (detail.line.id, *may_respond, detail.line.state == "open");
    let name = [("name", hearing.name.as_str().into())];
    let send = if hearing.text.is_empty() { "governance-respond" } else { "governance-respond-again" };
    html! {
        @if may || open || !hearing.text.is_empty() {
            (section(&ui.t_with("governance-hearing", &name), html! {}, card(html! {
                @if !hearing.text.is_empty() { (markdown(&hearing.text)) p.note { (date(ui, hearing.at)) } }
                @else if !may { p.note { (ui.t_with("governance-hearing-none", &name)) } }
                @if may {
                    (form(ui, format!("/decisions/{id}/respond"), html! {
                        (field("response", ui.t("governance-hearing-yours")).hint(ui.t("governance-hearing-hint")).area(4)
                            .limit(MAX_REMARK).value(hearing.text.clone()).filled(filled))
                        div.form-end { (button(ui.t(send)).primary()) }
                    }).filled(filled))
                }
            })))
        }
    }
}

/// `POST /decisions/{id}/respond`.
pub async fn respond(visit: Signed, Path(id): Path<ProposalId>, fields: Fields) -> Answer {
    let act = Respond { proposal: id, text: fields.text("response").into() };
    match visit.act(fields.key(&["response"])?, act).await? {
        Ok(_) => visit.done(&format!("/decisions/{id}"), "governance-responded"),
        Err(refusal) => pages::again(&visit, id, &fields, &refusal).await,
    }
}
