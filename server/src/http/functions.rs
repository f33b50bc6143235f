//! Server functions: called by islands, and by plain forms, which come back with what was typed where it was not done.

use super::api::problem;
use super::{Shared, authz, pages};
use app::shell::rpc::{Caller, Fault};
use app::shell::{Returned, Visit, own_path};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::error::Problem;
use domain::identity::Fields;
use domain::{Error, FieldError};
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, SET_COOKIE};
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode, Uri};
use leptos::prelude::provide_context;

/// No form of the product is larger.
const FORM_BYTES: usize = 64 << 10;
/// Where a form without a way back returns to.
const HOME: &str = "/home";
/// Functions that end a session.
const SIGN_OUT: &str = "/sign_out";
/// Functions of clients of the public site: their forms return to other pages, and their door is another one.
const OF_CLIENTS: &str = "/api/client/";

/// `POST /api/{slice}/{function}`
pub(super) async fn call(State(shared): State<Shared>, request: Request<Body>) -> Response {
    let Some(row) = authz::function(request.uri().path()) else { return problem(&Error::NotFound) };
    let (mut parts, body) = request.into_parts();
    let plain_form = parts.headers.get(ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("text/html"));
    let Ok(bytes) = to_bytes(body, FORM_BYTES).await else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    let fields = read(&bytes);
    let (home, door) = if row.path.starts_with(OF_CLIENTS) { ("/me", "/me/sign-in") } else { (HOME, "/sign-in") };
    let back = own_path(fields.get("back")).unwrap_or(home).to_owned();
    let function = row.path.trim_start_matches("/api/").to_owned();
    let unknown = fields.pairs().iter().find(|(name, _)| name != "back" && !row.fields.contains_key(name));
    let outcome = match unknown {
        Some((name, _)) => {
            let fault = FieldError::new(name.chars().take(64).collect::<String>(), Problem::UnknownField, "");
            Outcome::refused(Error::Invalid { fields: vec![fault] })
        }
        None => {
            // Forms are answered here: to the function every caller is a script.
            parts.headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
            parts.headers.remove(CONTENT_LENGTH);
            parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
            Outcome::of(run(&shared, &parts, written(&fields)).await).await
        }
    };
    let ends = parts.uri.path().ends_with(SIGN_OUT);
    let mut response = match plain_form {
        true => returned(outcome, shared, parts, (function, fields), (back, door)).await,
        false => outcome.into_response(),
    };
    if ends {
        // What was shown before is not brought back by the history of the browser.
        response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    }
    response
}

/// What a plain form is answered with.
async fn returned(
    outcome: Outcome,
    shared: Shared,
    parts: Parts,
    (function, fields): (String, Fields),
    (back, door): (String, &str),
) -> Response {
    match outcome {
        Outcome::Done { to, cookies, answer } => match (to, answer.as_str()) {
            (Some(to), _) => leave(&to, cookies),
            (None, "" | "null") => leave(&back, cookies),
            (None, _) => {
                let returned = Returned { function, fields, error: None, answer: Some(answer) };
                show(shared, parts, &back, returned, StatusCode::OK).await
            }
        },
        Outcome::Refused { error, .. } => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            // Without a session the page of the form is closed: the door keeps what was typed.
            let back = if error == Error::Unauthenticated { door.to_owned() } else { back };
            let returned = Returned { function, fields, error: Some(error), answer: None };
            show(shared, parts, &back, returned, status).await
        }
    }
}

async fn run(shared: &Shared, parts: &Parts, bytes: Bytes) -> Response {
    let mut request = Request::new(Body::from(bytes));
    *request.method_mut() = parts.method.clone();
    *request.uri_mut() = parts.uri.clone();
    *request.headers_mut() = parts.headers.clone();
    let (services, caller) = (shared.services.clone(), parts.extensions.get::<Caller>().cloned().unwrap_or_default());
    let (saved, visit) = (super::saved::read(shared, &parts.headers), Visit::read(&parts.headers, "/", ""));
    let context = move || {
        provide_context(services.clone());
        provide_context(caller.clone());
        provide_context(saved.clone());
        provide_context(visit.lang);
    };
    leptos_axum::handle_server_fns_with_context(context, request).await.into_response()
}

/// What came of a function.
enum Outcome {
    Done { to: Option<String>, cookies: Vec<HeaderValue>, answer: String },
    Refused { error: Error, body: String },
}

impl Outcome {
    fn refused(error: Error) -> Self {
        let body = serde_json::to_string(&Fault(error.clone())).unwrap_or_default();
        Self::Refused { error, body }
    }

    async fn of(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, FORM_BYTES).await.unwrap_or_default();
        let answer = String::from_utf8_lossy(&bytes).into_owned();
        if parts.status.is_success() || parts.status.is_redirection() {
            let to = parts.headers.get(LOCATION).and_then(|to| to.to_str().ok()).map(str::to_owned);
            let cookies = parts.headers.get_all(SET_COOKIE).iter().cloned().collect();
            return Self::Done { to, cookies, answer };
        }
        let fault = serde_json::from_str::<Fault>(&answer);
        Self::refused(fault.map_or(Error::Invalid { fields: Vec::new() }, |Fault(error)| error))
    }
}

impl IntoResponse for Outcome {
    fn into_response(self) -> Response {
        let (status, body, to, cookies) = match self {
            Self::Done { to, cookies, answer } => (StatusCode::OK, answer, to, cookies),
            Self::Refused { error, body } => {
                let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                (status, body, None, Vec::new())
            }
        };
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(to) = to.and_then(|to| HeaderValue::from_str(&to).ok()) {
            headers.insert("serverfnredirect", HeaderValue::from_static(""));
            headers.insert(LOCATION, to);
        }
        for cookie in cookies {
            headers.append(SET_COOKIE, cookie);
        }
        response
    }
}

fn leave(to: &str, cookies: Vec<HeaderValue>) -> Response {
    let mut response = Redirect::to(to).into_response();
    for cookie in cookies {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// The page of a form, with what came of it.
async fn show(shared: Shared, parts: Parts, back: &str, returned: Returned, status: StatusCode) -> Response {
    let mut request = Request::new(Body::empty());
    *request.method_mut() = Method::GET;
    *request.uri_mut() = back.parse().unwrap_or_else(|_| Uri::from_static(HOME));
    *request.headers_mut() = parts.headers;
    request.headers_mut().remove(CONTENT_TYPE);
    request.headers_mut().insert(ACCEPT, HeaderValue::from_static("text/html"));
    *request.extensions_mut() = parts.extensions;
    let mut response = pages::render(shared, request, Some(returned)).await;
    if response.status().is_success() {
        *response.status_mut() = status;
    }
    response
}

/// The same fields, written in the one way in which every reader finds the same: the function reads what was judged here,
/// not what came over the wire.
fn written(fields: &Fields) -> Bytes {
    let mut out = form_urlencoded::Serializer::new(String::new());
    let pairs = fields.pairs();
    for (nth, (name, value)) in pairs.iter().enumerate() {
        let before = pairs[..nth].iter().filter(|(other, _)| other == name).count();
        match before > 0 || pairs[nth + 1..].iter().any(|(other, _)| other == name) {
            true => out.append_pair(&format!("{name}[{before}]"), value),
            false => out.append_pair(name, value),
        };
    }
    out.finish().into()
}

/// The fields of a form; `roles[]` and `roles[2]` are called `roles`.
fn read(bytes: &[u8]) -> Fields {
    let pairs = form_urlencoded::parse(bytes).map(|(name, value)| {
        let name = name.split('[').next().unwrap_or_default().to_owned();
        (name, value.into_owned())
    });
    Fields::new(pairs.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_judged_is_what_the_function_reads() {
        let form = |text: &str| read(text.as_bytes());
        let pairs = |fields: &Fields| fields.pairs().to_vec();
        for text in [
            "name=%E6%9E%97&position=a%2Bb+c",
            "roles[]=agent&name=x&roles[]=manager",
            "roles[7]=agent&roles[2]=manager",
            "name=first&name=second",
            "name[first]=x&name=y",
            "name=%2525&back=%2F",
            "",
        ] {
            let judged = form(text);
            let again = read(&written(&judged));
            assert_eq!(pairs(&again), pairs(&judged), "{text}");
        }
        assert_eq!(form("name=first&name=second").get("name"), "first");
        assert_eq!(form("name=%2527").get("name"), "%27", "decoded once");
        assert_eq!(written(&form("name=a&name=b&x=1")), "name%5B0%5D=a&name%5B1%5D=b&x=1");
    }
}
