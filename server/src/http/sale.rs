//! The request of a seller, sent by a form that works without scripts.

use super::Shared;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::Actor;
use domain::sale::SaleRequest;
use domain::{Error, Slug};
use http::StatusCode;
use serde::Deserialize;
use services::{Moment, once, sale};

/// What the form sends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    city: String,
    community: String,
    area: String,
    #[serde(default)]
    rooms: String,
    name: String,
    phone: String,
    #[serde(default)]
    agree: String,
    #[serde(default)]
    once: String,
}

/// `POST /sell`. Back to the page, which says thanks or what is missing; name and number never stand in an address.
pub(super) async fn ask(State(shared): State<Shared>, Form(asked): Form<Asked>) -> Response {
    let Asked { city, community, area, rooms, name, phone, agree, once } = asked;
    let Some(city) = Slug::parse(&city) else { return StatusCode::UNPROCESSABLE_ENTITY.into_response() };
    let back = |wrong: &str| {
        let written = |text: &str, most: usize| {
            text.chars().take(most).collect::<String>().bytes().map(|b| format!("%{b:02X}")).collect::<String>()
        };
        let (community, area, rooms) = (written(&community, 40), written(&area, 10), written(&rooms, 3));
        format!("city={city}&community={community}&area={area}&rooms={rooms}&wrong={wrong}")
    };
    let answer = match SaleRequest::read(&community, &area, &rooms, &name, &phone, agree == "yes") {
        Ok(request) => match keep(&shared, &city, request, &once).await {
            Ok(_) => "done=1".to_owned(),
            Err(Error::KeyUsed) => back("again"),
            Err(error) => {
                return StatusCode::from_u16(error.status()).unwrap_or(StatusCode::NOT_FOUND).into_response();
            }
        },
        Err(problems) => back(&problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>().join(",")),
    };
    Redirect::to(&format!("/sell?{answer}#request")).into_response()
}

/// Keeps the request; the same form sent twice is one.
async fn keep(shared: &Shared, city: &Slug, request: SaleRequest, key: &str) -> Result<i64, Error> {
    let (services, actor) = (&shared.services, &Actor::Visitor);
    let ticket = match key {
        "" => None,
        key => Some(once::of(services, actor, "sell", once::FIELD, key, &format!("{city} {request:?}"))?),
    };
    sale::ask(services, actor, city, request, ticket.as_ref(), Moment::now()).await
}
