//! What can be seen around a decision.

use super::acts::{FollowUp, Remark, StateOutcome};
use super::hearing::{self, Heard};
use super::rows::{self as talk, FollowUpRow, RemarkRow};
use crate::rows::ProposalRow;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::AgentId;
use planet_ontology::units::Moment;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

/// All that surrounds a decision.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Talk {
    /// What was said, each with its answers below it.
    pub said: Vec<Said>,
    /// Whom it is about, and what they say.
    pub hearing: Option<Heard>,
    /// How it is to be understood.
    pub statement: Option<Statement>,
    /// What follows from it.
    pub follow_ups: Vec<ToDo>,
    /// Whether the viewer may say something.
    pub may_speak: bool,
    /// Whether the viewer may state what came of it.
    pub may_state: bool,
    /// Whether the viewer may give what follows to somebody.
    pub may_follow_up: bool,
}

/// Something that was said.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Said {
    /// Its id.
    pub id: Uuid,
    /// Who.
    pub agent: AgentId,
    /// Name.
    pub name: String,
    /// Handle.
    pub handle: String,
    /// `remark`, `pro`, `con` or `query`.
    pub kind: String,
    /// In Markdown; empty when it was taken back.
    pub text: String,
    /// When.
    pub at: Moment,
    /// Whether it was put in other words since.
    pub edited: bool,
    /// Whether it answers another.
    pub is_answer: bool,
    /// Whether the viewer said it.
    pub own: bool,
    /// What others answered.
    pub answers: Vec<Said>,
}

/// How a decision is to be understood.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Statement {
    /// Who says so.
    pub name: String,
    /// In Markdown.
    pub text: String,
    /// When it is looked at again.
    pub review: Option<Moment>,
    /// When it was said.
    pub at: Moment,
}

/// Something that somebody has taken on.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ToDo {
    /// Its id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Handle.
    pub handle: String,
    /// What.
    pub text: String,
    /// Until when.
    pub due: Moment,
    /// When it was done.
    pub done: Option<Moment>,
    /// Whether it should have been done by now.
    pub late: bool,
}

/// Reads what surrounds a decision, for whoever may see it.
pub fn talk(look: &mut Look, proposal: &ProposalRow) -> Result<Talk, Fault> {
    let me: AgentId = look.member()?.into();
    let ended = !proposal.is_open();
    let speak = Remark { proposal: proposal.id, text: String::new(), kind: String::new(), answers: None };
    let state = StateOutcome { proposal: proposal.id, text: String::new(), review: None };
    let follow = FollowUp { proposal: proposal.id, text: String::new(), owner: None, due: look.now };
    let statement = talk::statement(look.tx, proposal.id)?;
    let remarks = talk::remarks(look.tx, proposal.id)?;
    let now = look.now;
    let hearing = hearing::shown(look, proposal)?;
    Ok(Talk {
        hearing,
        said: threads(remarks, me),
        statement: statement.map(|it| Statement {
            name: it.name,
            text: it.text,
            review: it.review,
            at: it.at,
        }),
        follow_ups: talk::follow_ups(look.tx, proposal.id)?.into_iter().map(|it| to_do(it, now)).collect(),
        may_speak: look.may(&speak)?,
        may_state: ended && look.may(&state)?,
        may_follow_up: ended && look.may(&follow)?,
    })
}

/// Each remark that begins something, with its answers.
fn threads(remarks: Vec<RemarkRow>, me: AgentId) -> Vec<Said> {
    let (first, answers): (Vec<_>, Vec<_>) = remarks.into_iter().partition(|it| it.answers.is_none());
    let said = |it: RemarkRow| Said {
        own: it.agent == me,
        is_answer: it.answers.is_some(),
        id: it.id,
        agent: it.agent,
        name: it.name,
        handle: it.handle,
        kind: it.kind,
        text: it.text,
        at: it.at,
        edited: it.edited.is_some(),
        answers: Vec::new(),
    };
    let mut threads: Vec<Said> = first.into_iter().map(said).collect();
    for answer in answers {
        let above = answer.answers;
        if let Some(thread) = threads.iter_mut().find(|it| Some(it.id) == above) {
            thread.answers.push(said(answer));
        }
    }
    threads
}

fn to_do(it: FollowUpRow, now: Moment) -> ToDo {
    ToDo {
        late: it.done.is_none() && it.due < now,
        id: it.id,
        name: it.name,
        handle: it.handle,
        text: it.text,
        due: it.due,
        done: it.done,
    }
}
