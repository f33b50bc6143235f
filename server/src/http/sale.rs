//! The request of a seller, sent by a form that works without scripts.

use super::Shared;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::sale::SaleRequest;
use domain::{Error, Slug};
use http::StatusCode;
use serde::Deserialize;
use services::{Moment, sale};

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
}

/// `POST /sell`. Back to the page, which says thanks or what is missing; name and number never stand in an address.
pub(super) async fn ask(State(shared): State<Shared>, Form(asked): Form<Asked>) -> Response {
    let Asked { city, community, area, rooms, name, phone, agree } = asked;
    let Some(city) = Slug::parse(&city) else { return StatusCode::UNPROCESSABLE_ENTITY.into_response() };
    let answer = match SaleRequest::read(&community, &area, &rooms, &name, &phone, agree == "yes") {
        Ok(request) => match sale::ask(&shared.services, &city, request, Moment::now()).await {
            Ok(_) => "done=1".to_owned(),
            Err(Error::NotFound) => return StatusCode::NOT_FOUND.into_response(),
            Err(error) => {
                return StatusCode::from_u16(error.status()).unwrap_or(StatusCode::NOT_FOUND).into_response();
            }
        },
        Err(problems) => {
            let fields: Vec<_> = problems.into_iter().map(|problem| problem.field).collect();
            let written = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
            format!(
                "city={city}&community={}&area={}&rooms={}&wrong={}",
                written(&community.chars().take(40).collect::<String>()),
                written(&area.chars().take(10).collect::<String>()),
                written(&rooms.chars().take(3).collect::<String>()),
                fields.join(",")
            )
        }
    };
    Redirect::to(&format!("/sell?{answer}#request")).into_response()
}
