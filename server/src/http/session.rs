//! Who asks: the session behind the cookie, found before anything else is done.

use super::{Shared, api::problem, authz};
use app::shell::rpc::{Caller, ClientCookie, Cookie};
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use domain::Error;
use domain::access::Actor;
use gate::{Peer, Who};
use http::header::{AUTHORIZATION, CACHE_CONTROL, COOKIE, SET_COOKIE, USER_AGENT};
use http::{HeaderMap, HeaderValue};
use services::Moment;
use services::client;
use services::identity::webauthn::Site;
use services::identity::{self, Origin};

/// What a person reads while signed in is kept by nobody else, and by no proxy.
pub(super) const PRIVATE: HeaderValue = HeaderValue::from_static("no-store, private");

/// Finds out who asks and leaves it in the request.
pub(super) async fn attend(State(shared): State<Shared>, mut request: Request, next: Next) -> Response {
    let token = cookie(request.headers(), Cookie::name(shared.secure));
    let origin = Origin {
        address: request.extensions().get::<Peer>().map_or_else(String::new, |peer| peer.0.to_string()),
        agent: header(request.headers(), USER_AGENT.as_str()).chars().take(300).collect(),
    };
    let signed = match token.as_deref() {
        Some(token) => identity::who(&shared.services, Moment::now(), token, &origin).await.unwrap_or_else(|error| {
            tracing::error!(%error, "a session could not be looked up");
            None
        }),
        None => None,
    };
    // Whose role must have a second factor is nobody until it was given, but where it is set up.
    let path = request.uri().path();
    let owes = signed.as_ref().and_then(|signed| signed.owes);
    let signed = signed.filter(|_| owes.is_none() || authz::is_for_owing(request.method().as_str(), path));
    let client_token = cookie(request.headers(), ClientCookie::name(shared.secure));
    let client = match client_token.as_deref() {
        Some(token) => client::who(&shared.services, Moment::now(), token, &origin).await.unwrap_or_else(|error| {
            tracing::error!(%error, "a client's session could not be looked up");
            None
        }),
        None => None,
    };
    // A key's holder is as private as a session.
    let is_signed = signed.is_some() || client.is_some() || request.headers().contains_key(AUTHORIZATION);
    let known = signed.as_ref().map(|signed| &signed.actor).or(client.as_ref().map(|client| &client.actor));
    let known = known.map(logged);
    let passkey = cookie(request.headers(), Cookie::passkey_name(shared.secure));
    let site = Site::of(&site_origin(&shared, &request));
    let caller = Caller { signed, owes, token, client, client_token, passkey, site, origin, secure: shared.secure };
    request.extensions_mut().insert(caller);
    let matched = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let mut response = match authz::asked_from(request.method(), matched, request.headers()) {
        true => next.run(request).await,
        false => problem(&Error::Forbidden),
    };
    if let Some(known) = known {
        response.extensions_mut().insert(known);
    }
    if is_signed || response.headers().contains_key(SET_COOKIE) {
        // Pictures say themselves that everybody may keep them.
        response.headers_mut().entry(CACHE_CONTROL).or_insert(PRIVATE);
    }
    response
}

/// How the log names somebody: by number, never by name.
pub(super) fn logged(actor: &Actor) -> Who {
    Who(match actor {
        Actor::Staff(member) => format!("account {}", member.account),
        Actor::Client(client) => format!("client {}", client.account),
        Actor::Key(holder) => format!("key {}", holder.key),
        Actor::Visitor | Actor::System { .. } => String::new(),
    })
}

/// Scheme and name people reach the product by. HTTP/2 names the host in the address instead of a header.
fn site_origin(shared: &Shared, request: &Request) -> String {
    match (&shared.public_origin, request.uri().authority()) {
        (None, Some(host)) => format!("{}://{host}", if shared.secure { "https" } else { "http" }),
        _ => super::origin(shared, request.headers()),
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// A cookie that stands there once: with two of a name nobody knows which one is ours.
fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';'));
    let mut found = pairs.filter_map(|pair| pair.trim().split_once('=')).filter(|(n, _)| *n == name);
    let (_, value) = found.next()?;
    found.next().is_none().then(|| value.to_owned())
}
