//! Who visits: the extractors through which handlers learn who is there and speak with the corridor.

use super::address::in_query;
use super::desk::Desk;
use super::session::cookie;
use super::sorry::{Answer, Sorry};
use crate::components::Tone;
use crate::ui::{Me, Theme, Toast, Ui};
use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::Markup;
use planet_corridor::act::{Act, View};
use planet_corridor::actor::Actor;
use planet_corridor::agents::{self, Agent};
use planet_corridor::files::Files;
use planet_corridor::look::Viewer;
use planet_corridor::refusal::{Fault, Refusal};
use planet_corridor::task::{Call, Done};
use planet_ontology::ids::{ActKey, MemberId, SessionId};
use planet_ontology::units::Moment;
use uuid::Uuid;

/// The cookie that carries the key of a text to be told once, on the next page.
const TOLD: &str = "told";

/// Who calls, and nothing more: for the API, where no page is made.
pub struct Caller {
    /// The desk.
    pub desk: Desk,
    /// Who calls.
    pub actor: Actor,
    /// The session, for those who are signed in.
    pub session: Option<SessionId>,
}

impl<S: Send + Sync> FromRequestParts<S> for Caller
where
    Desk: FromRef<S>,
{
    type Rejection = Sorry;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Sorry> {
        let desk = Desk::from_ref(state);
        let known =
            desk.sessions().find(desk.store(), &parts.headers, desk.now()).await.map_err(Fault::from)?;
        let actor = known.map_or(Actor::Guest, |known| Actor::Member(known.member));
        Ok(Self { actor, session: known.map(|known| known.session), desk })
    }
}

impl Caller {
    /// The viewer, with audiences as of now.
    pub async fn viewer(&self) -> Result<Viewer, Fault> {
        match self.actor.member() {
            Some(member) => self.desk.corridor().viewer(member).await,
            None => Ok(Viewer::guest()),
        }
    }
}

/// Somebody who looks at pages: a member or a guest.
pub struct Visit {
    /// The desk.
    pub desk: Desk,
    /// Who looks, and what they may see.
    pub viewer: Viewer,
    /// The member who is signed in.
    pub me: Option<Agent>,
    /// The session, for those who are signed in.
    pub session: Option<SessionId>,
    /// The context of the page.
    pub ui: Ui,
    /// The time of the request.
    pub now: Moment,
    /// The path and query that were asked for.
    pub path: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Visit
where
    Desk: FromRef<S>,
{
    type Rejection = Sorry;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Sorry> {
        let caller = Caller::from_request_parts(parts, state).await?;
        let desk = caller.desk;
        let now = desk.now();
        let (viewer, me, waiting) = match caller.actor.member() {
            Some(member) => {
                let counting = desk.clone();
                desk.store()
                    .snapshot(move |tx| {
                        let me = agents::find(tx, member.into())?;
                        let waiting = counting.count_waiting(tx, member, now)?;
                        Ok::<_, Fault>((Viewer::member(tx, member)?, me, waiting))
                    })
                    .await?
            }
            None => (Viewer::guest(), None, 0),
        };
        let accept =
            parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
        let lang = desk.texts().negotiate(accept);
        let mut ui = Ui::new(lang, desk.assets().clone(), desk.club().await?, now, Uuid::new_v4());
        ui.theme = cookie(&parts.headers, "theme").map_or(Theme::Auto, |word| Theme::from_word(&word));
        ui.viewer = me.as_ref().map(|me| Me {
            id: me.id.0,
            name: me.name.clone(),
            handle: me.handle.clone(),
            waiting,
        });
        if let Some(key) = cookie(&parts.headers, TOLD)
            .filter(|key| key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
        {
            ui.toasts.push(Toast { tone: Tone::Good, text: ui.t(&key) });
        }
        let path = parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
        Ok(Self { desk, viewer, me, session: caller.session, ui, now, path })
    }
}

impl Visit {
    /// Reads a view.
    pub async fn view<V: View>(&self, view: V) -> Result<V::Output, Fault> {
        self.desk.corridor().view(&self.viewer, view, self.now).await
    }

    /// Does an act under the key that the form carried. Unlike `?`, this gives the refusal back, so that the form can
    /// be shown again with what is wrong.
    pub async fn act<A: Act>(&self, key: ActKey, act: A) -> Result<Result<Done<A::Output>, Refusal>, Sorry> {
        self.act_with(key, act, Files::default()).await
    }

    /// Does an act that names files by their hashes, with the files.
    pub async fn act_with<A: Act>(
        &self,
        key: ActKey,
        act: A,
        files: Files,
    ) -> Result<Result<Done<A::Output>, Refusal>, Sorry> {
        let call = Call { actor: self.viewer.actor, key, now: self.now };
        match self.desk.corridor().act_with(call, act, files).await {
            Ok(done) => Ok(Ok(done)),
            Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
            Err(fault) => Err(Sorry(fault)),
        }
    }

    /// Answers with a page.
    pub fn page(&self, markup: Markup) -> Answer {
        Ok(told_away(markup.into_response()))
    }

    /// Answers with a page that shows a form again, with what is wrong.
    pub fn again(&self, refusal: &Refusal, markup: Markup) -> Answer {
        let status = Sorry(Fault::Refused(refusal.clone())).status();
        let status = if status == StatusCode::UNAUTHORIZED { StatusCode::FORBIDDEN } else { status };
        Ok((status, told_away(markup.into_response())).into_response())
    }

    /// Sends the visitor on after something was done, to be told a text by its key there.
    pub fn done(&self, path: &str, told: &str) -> Answer {
        let mut response = Redirect::to(path).into_response();
        let cookie = format!("{TOLD}={told}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
        Ok(response)
    }
}

/// What was told once is not told again.
fn told_away(mut response: Response) -> Response {
    let clear = HeaderValue::from_static("told=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    response.headers_mut().append(header::SET_COOKIE, clear);
    response
}

/// A visit of somebody who is signed in; others are sent to sign in first.
pub struct Signed(pub Visit);

impl std::ops::Deref for Signed {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.0
    }
}

impl Signed {
    /// Who it is.
    pub fn member(&self) -> Result<MemberId, Refusal> {
        self.viewer
            .actor
            .member()
            .ok_or_else(|| Refusal::not_allowed("not_signed_in", "Please sign in first."))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Signed
where
    Desk: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let visit = Visit::from_request_parts(parts, state).await.map_err(IntoResponse::into_response)?;
        if visit.me.is_some() {
            return Ok(Self(visit));
        }
        Err(Redirect::to(&format!("/sign-in?next={}", in_query(&visit.path))).into_response())
    }
}
