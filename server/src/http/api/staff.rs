//! The directory: names, positions, stores. No numbers of persons.

use super::{Problem, parameters, problem, short};
use crate::http::Shared;
use crate::http::session::{PRIVATE, logged};
use app::shell::rpc::Caller;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use domain::access::Actor;
use domain::error::Problem as Fault;
use domain::identity::{Checked, Colleague, StaffState, plain_text};
use domain::{Error, FieldError};
use gate::Who;
use http::HeaderMap;
use http::header::{AUTHORIZATION, CACHE_CONTROL};
use serde::Serialize;
use services::identity::api_key;
use services::{Moment, staff};
use store::staff::Filter;

const KNOWN: [&str; 5] = ["q", "store", "left", "limit", "after"];

/// A page of the directory.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct People {
    /// The people of this page, by name.
    items: Vec<Person>,
    /// What `after` is for the next page; `null` on the last.
    next: Option<String>,
}

/// A person of the firm.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct Person {
    /// Public number, such as `YG-0007`.
    code: String,
    /// Name.
    name: String,
    /// Position, in the firm's own words.
    position: String,
    /// Public number of the store.
    store: String,
    /// Name of the store.
    store_name: String,
    /// Name of the team.
    team: Option<String>,
    /// Public number of the one they report to.
    reports_to: Option<String>,
    /// Roles of the account.
    roles: Vec<&'static str>,
    /// Whether they work here.
    active: bool,
}

/// The people of the firm within reach of the key, or of the session where somebody tries it out.
#[utoipa::path(
    get,
    path = "/api/v1/staff",
    params(
        ("q" = Option<String>, Query, description = "Part of name, initials, position or number", pattern = "^[A-Za-z0-9 -]{0,40}$"),
        ("store" = Option<String>, Query, description = "Public number of a store, such as MD-01; empty for all", pattern = "^(MD-[0-9]{2,4})?$"),
        ("left" = Option<String>, Query, description = "1 for those who have left", pattern = "^[01]?$"),
        ("limit" = Option<String>, Query, description = "1 to 100, 50 if not told", pattern = "^([1-9][0-9]?|100)?$"),
        ("after" = Option<String>, Query, description = "From `next` of the page before, as it came", pattern = "^[A-Za-z0-9_-]{0,512}$"),
    ),
    responses(
        (status = 200, body = People),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    ),
    security(("key" = []))
)]
pub async fn staff(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let asking = asking(&shared, &caller, &headers).await;
    let who = asking.as_ref().ok().map(logged);
    let done = async {
        let actor = asking?;
        let (filter, limit) = asked(&query.unwrap_or_default())?;
        staff::directory(&shared.services, &actor, &filter, limit).await
    };
    let response = match done.await {
        Ok(staff::Directory { people, next }) => {
            let next = next.map(|(name, code)| BASE64_URL_SAFE_NO_PAD.encode(format!("{name}~{code}")));
            let people = People { items: people.into_iter().map(Person::of).collect(), next };
            ([(CACHE_CONTROL, PRIVATE)], Json(people)).into_response()
        }
        Err(error) => problem(&error),
    };
    named(response, who)
}

/// An answer, with who asked for the log.
pub(super) fn named(mut response: Response, who: Option<Who>) -> Response {
    if let Some(who) = who {
        response.extensions_mut().insert(who);
    }
    response
}

/// The holder of the key that came along, else who is signed in.
pub(super) async fn asking(shared: &Shared, caller: &Caller, headers: &HeaderMap) -> Result<Actor, Error> {
    if let Some(header) = headers.get(AUTHORIZATION) {
        let key = header.to_str().ok().and_then(|text| text.strip_prefix("Bearer "));
        let key = key.ok_or(Error::Unauthenticated)?;
        return api_key::who(&shared.services, Moment::now(), key.trim(), &caller.origin.address).await;
    }
    caller.signed.as_ref().map(|signed| signed.actor.clone()).ok_or(Error::Unauthenticated)
}

fn asked(query: &str) -> Result<(Filter, usize), Error> {
    let fields = parameters(query, |_| false)?;
    let mut form = Checked::new(&fields);
    if let Some((name, _)) = fields.pairs().iter().find(|(name, _)| !KNOWN.contains(&name.as_str())) {
        let fault = FieldError::new(short(name), Fault::UnknownField, "");
        return Err(Error::Invalid { fields: vec![fault] });
    }
    let text = form.may("q", |text| plain_text(text, 64)).unwrap_or_default();
    let store = form.may("store", store_code).unwrap_or_default();
    let left = form.may("left", |text| match text {
        "1" => Ok(true),
        "0" => Ok(false),
        _ => Err(Fault::UnknownValue),
    });
    let limit = form.may("limit", |text| match text.parse() {
        Ok(n @ 1..=100) => Ok(n),
        Ok(_) => Err(Fault::OutOfRange),
        Err(_) => Err(Fault::Malformed),
    });
    let after = form.may("after", |text| {
        let plain = BASE64_URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let pair =
            plain.and_then(|plain| plain.rsplit_once('~').map(|(name, code)| (name.to_owned(), code.to_owned())));
        pair.filter(|(name, code)| plain_text(name, 80).is_ok() && plain_text(code, 16).is_ok())
            .ok_or(Fault::Malformed)
    });
    let filter = Filter { text, store, left: left.unwrap_or(false), after };
    form.done(Some((filter, limit.unwrap_or(staff::PAGE))))
}

/// `MD-` and two to four digits.
fn store_code(text: &str) -> Result<String, Fault> {
    let digits = text.strip_prefix("MD-").ok_or(Fault::Malformed)?;
    let fits = (2..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if fits { Ok(text.to_owned()) } else { Err(Fault::Malformed) }
}

impl Person {
    fn of(colleague: Colleague) -> Self {
        let Colleague { code, name, position, store, team, manager, roles, state, account: _ } = colleague;
        Self {
            code,
            name,
            position,
            store: store.0,
            store_name: store.1,
            team,
            reports_to: manager.map(|(code, _)| code),
            roles: roles.iter().map(|role| role.code()).collect(),
            active: state == StaffState::Active,
        }
    }
}
