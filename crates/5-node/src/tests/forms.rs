//! Every form that a member comes to by following links: a field that it does not have is refused, too much in one that it has
//! is refused, both with a sentence, and nothing is done.

use super::limits::{Trial, done, furnished};
use super::street::{Street, browser, text};
use crate::house;
use axum::http::StatusCode;
use planet_store::{Store, both_engines};
use std::collections::{BTreeMap, BTreeSet};

/// Where whoever follows links begins.
const DOORS: [&str; 4] = ["/", "/settings", "/about/assumptions", "/invite/many"];
/// Does nothing but show what is wrong with each line of a list.
const PREVIEW: &str = "/invite/many";
/// More pages than the story has.
const MOST_PAGES: usize = 400;

/// A form as a page shows it.
struct Form {
    action: String,
    /// Names and values, as a browser would send them.
    fields: Vec<(String, String)>,
    /// The fields that somebody writes in.
    written: Vec<String>,
}

/// The value of an attribute in a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()
}

/// The forms of a page that work without script.
fn forms(page: &str) -> Vec<Form> {
    let all = page.split("<form ").skip(1).filter_map(|rest| rest.split("</form>").next());
    all.filter_map(|form| {
        let (head, body) = form.split_once('>')?;
        let head = format!(" {head}");
        if attribute(&head, "method") != Some("post") || head.contains("data-island=") {
            return None;
        }
        let (mut fields, mut written) = (BTreeMap::new(), Vec::new());
        for tag in body.split('<') {
            let Some(name) = attribute(tag, "name") else { continue };
            let value = attribute(tag, "value").unwrap_or_default();
            let kind = attribute(tag, "type").unwrap_or_default();
            if tag.starts_with("textarea") || (tag.starts_with("input") && matches!(kind, "text" | "email")) {
                written.push(name.to_owned());
                fields.insert(name.to_owned(), "1".to_owned());
            } else if kind == "date" {
                fields.insert(name.to_owned(), "2026-12-20".to_owned());
            } else if tag.starts_with("select") {
                let options = body.split(&format!("name=\"{name}\"")).nth(1)?.split("</select>").next()?;
                let values = options.split("<option").skip(1).filter_map(|option| attribute(option, "value"));
                fields.insert(
                    name.to_owned(),
                    values.filter(|it| !it.is_empty()).last().unwrap_or_default().to_owned(),
                );
            } else if tag.starts_with("input")
                && (kind != "radio" || !fields.contains_key(name) || tag.contains(" checked"))
            {
                fields.insert(name.to_owned(), value.to_owned());
            }
        }
        Some(Form {
            action: attribute(&head, "action")?.replace("&amp;", "&"),
            fields: fields.into_iter().collect(),
            written,
        })
    })
    .collect()
}

/// The pages of the club that a page leads to.
fn links(page: &str) -> Vec<String> {
    let all = page.split(" href=\"/").skip(1).filter_map(|rest| rest.split('"').next());
    all.map(|path| format!("/{}", path.split('#').next().unwrap_or_default().replace("&amp;", "&"))).collect()
}

/// Names what a path leads to, whichever of its kind it is.
fn kind(action: &str) -> String {
    let part = |part: &str| if part.parse::<uuid::Uuid>().is_ok() { "*".to_owned() } else { part.to_owned() };
    action.split('?').next().unwrap_or_default().split('/').map(part).collect::<Vec<_>>().join("/")
}

async fn send(street: &Street, action: &str, fields: &[(String, String)]) -> (StatusCode, String) {
    let body = serde_urlencoded::to_string(fields).unwrap();
    let response = street.send(browser("POST", action, Some("http://localhost:7700"), &body)).await;
    (response.status(), text(response).await)
}

/// Sends a form with what it does not have, and with too much.
async fn overdo(street: &Street, form: &Form) {
    let before = done(street).await;
    let mut odd = form.fields.clone();
    odd.push(("no_such_field".into(), "1".into()));
    let (status, page) = send(street, &form.action, &odd).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{}: {page}", form.action);
    assert!(page.contains("no field called \u{201c}no_such_field\u{201d}"), "{}: {page}", form.action);
    for written in &form.written {
        // What was chosen from a list counts more than what stands beside it, so nothing is chosen here.
        let much = |(name, value): &(String, String)| match name.as_str() {
            name if name == written => "x".repeat(60_000),
            name if name.strip_suffix("_id") == Some(written) => String::new(),
            _ => value.clone(),
        };
        let fields: Vec<_> = form.fields.iter().map(|field| (field.0.clone(), much(field))).collect();
        let (status, page) = send(street, &form.action, &fields).await;
        if form.action == PREVIEW {
            assert!(page.contains("left out"), "{page}");
            continue;
        }
        assert!(status.is_client_error(), "{} takes too much in {written}: {status}", form.action);
        assert!(
            page.contains("role=\"alert\"") || page.contains("class=\"problem\""),
            "{} {written}: {page}",
            form.action
        );
    }
    assert_eq!(done(street).await, before, "{}", form.action);
}

both_engines! { house::migrations();

    async fn no_form_takes_too_much_or_what_it_does_not_know(store: Store) {
        let trial: Trial = furnished(&store).await;
        let street = &trial.street;
        let mut waiting: Vec<String> = DOORS.map(str::to_owned).to_vec();
        let (mut seen, mut tried) = (BTreeSet::new(), BTreeSet::new());
        while let Some(path) = waiting.pop() {
            if !seen.insert(path.split('?').next().unwrap_or_default().to_owned()) || path.starts_with("/api") || path.starts_with("/assets") {
                continue;
            }
            assert!(seen.len() < MOST_PAGES, "{seen:?}");
            let response = street.send(browser("GET", &path, None, "")).await;
            if !response.headers().get("content-type").is_some_and(|kind| kind.to_str().unwrap().starts_with("text/html")) {
                continue;
            }
            let page = text(response).await;
            for form in forms(&page) {
                if tried.insert(kind(&form.action)) {
                    overdo(street, &form).await;
                }
            }
            waiting.extend(links(&page));
        }
        assert!(tried.len() >= 36, "only {}: {tried:#?}", tried.len());
    }
}
