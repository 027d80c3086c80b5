//! What greets a newcomer: which number they are, what founders may do and until when, and what is still to be done.

use crate::error;
use crate::rows::{clubs, members};
use planet_corridor::act::View;
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_identity::rows::recovery;
use planet_ontology::units::Moment;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What greets the viewer.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Welcome {}

/// Something that a newcomer does sooner or later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Step {
    /// `recovery`, `words`, `home`, `profile` or `post`.
    pub key: String,
    /// Whether it is done.
    pub done: bool,
    /// Where it is done.
    pub href: String,
}

/// The greeting.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WelcomeView {
    /// The club's name.
    pub club: String,
    /// As which number the viewer joined.
    pub number: Option<i64>,
    /// Until when founder's powers are in force, if they are.
    pub founder_until: Option<Moment>,
    /// What is to be done, most important first.
    pub steps: Vec<Step>,
}

impl View for Welcome {
    const NAME: &'static str = "membership.welcome";
    const ABOUT: &'static str = "What is still to be done to be safe and at home here.";
    type Output = WelcomeView;

    fn read(&self, look: &mut Look) -> Result<WelcomeView, Fault> {
        let member = look.member()?;
        let agent = agents::find(look.tx, member.into())?;
        let firsts = members::firsts(look.tx, member)?;
        let did = |act: &str| firsts.iter().any(|first| first == act);
        let handle = agent.as_ref().map(|agent| agent.handle.clone()).unwrap_or_default();
        let codes = recovery::left(look.tx, member.into()).map_err(error::identity)?;
        let home = planet_places::home(look.tx, member.into()).map_err(error::places)?;
        let step = |key: &str, done, href: &str| Step { key: key.into(), done, href: href.into() };
        Ok(WelcomeView {
            club: clubs::founded(look.tx)?.name,
            number: clubs::number_of(look.tx, member)?,
            founder_until: agent.and_then(|agent| agent.founder_until).filter(|until| look.now < *until),
            steps: vec![
                step("recovery", codes > 0, "/recovery"),
                step("words", did("membership.confirm_words"), "/recovery"),
                step("home", home.is_some(), "/settings/home"),
                step("profile", did("profiles.set_detail"), &format!("/people/{handle}")),
                step("post", did("feed.post"), "/posts/new"),
            ],
        })
    }
}
