//! Requests of people who want to sell. Name and number are sealed; the number is found by its blind index.

use crate::audit::{self, Entry};
use crate::client::account::person_of;
use crate::identity::person;
use crate::{Db, Moment, Scope, Sequence, StoreError, StoreResult, Tx, consent};
use domain::access::Actor;
use domain::client::{OwnRequest, RequestState};
use domain::consent::{Purpose, Source};
use domain::identity::Phone;
use domain::sale::{Estimate, SaleRequest};
use domain::{Area, Error, Slug};
use sea_orm::Value;

/// The same request within a day is the same one: a form sent twice.
const AGAIN_MS: i64 = 24 * 3600 * 1000;

/// Writes a request; its number, an old one where the same person asked for the same home within a day.
///
/// # Errors
/// `NotFound` for a city that is not in the dictionary.
pub async fn put(
    tx: &Tx,
    at: Moment,
    actor: &Actor,
    city: &Slug,
    community: Option<&Slug>,
    request: &SaleRequest,
    shown: Option<&Estimate>,
) -> StoreResult<i64> {
    // Destructured whole: a new field stops the build until it is written here.
    let SaleRequest { community: named, area, rooms, name, phone } = request;
    let rows = tx.rows("SELECT id FROM city WHERE slug = $1", [city.as_str().into()]).await?;
    let city_id: i64 = rows.first().ok_or(StoreError::Refused(Error::NotFound))?.try_get("", "id")?;
    let community_id: Option<i64> = match community {
        Some(slug) => {
            let sql = "SELECT id FROM community WHERE city_id = $1 AND slug = $2";
            let rows = tx.rows(sql, [city_id.into(), slug.as_str().into()]).await?;
            rows.first().map(|row| row.try_get("", "id")).transpose()?
        }
        None => None,
    };
    let index = tx.keys().blind_index("sale_request.phone", phone);
    let sql = "SELECT id FROM sale_request WHERE phone_index = $1 AND city_id = $2 AND community = $3 \
               AND area_built = $4 AND created_ms > $5 ORDER BY id LIMIT 1";
    let known: [Value; 5] =
        [index.clone().into(), city_id.into(), named.as_str().into(), area.0.into(), (at.0 - AGAIN_MS).into()];
    if let Some(row) = tx.rows(sql, known).await?.first() {
        return Ok(row.try_get("", "id")?);
    }
    let number = Phone::parse(phone).ok_or_else(|| StoreError::corrupt("a request without a number"))?;
    let person = match person_of(tx, &number).await? {
        Some(person) => person,
        None => person::create(tx).await?.0,
    };
    consent::say(tx, at, person, Purpose::Service, true, Source::Sell).await?;
    let id = tx.numbers(&Sequence::Row, 1).await?;
    let values: Vec<Value> = vec![
        id.into(),
        city_id.into(),
        named.as_str().into(),
        community_id.into(),
        area.0.into(),
        rooms.map(i16::from).into(),
        tx.keys().seal("sale_request.name", name)?.into(),
        tx.keys().seal("sale_request.phone", phone)?.into(),
        index.into(),
        shown.map(|range| range.low.0).into(),
        shown.map(|range| range.high.0).into(),
        shown.and_then(|range| i32::try_from(range.n).ok()).into(),
        at.0.into(),
        person.into(),
    ];
    tx.run(
        "INSERT INTO sale_request (id, city_id, community, community_id, area_built, rooms, name_cipher, phone_cipher, \
         phone_index, low, high, homes, state, version, created_ms, person_id) \
         VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,'new',1,$13,$14)",
        values,
    )
    .await?;
    let detail = serde_json::json!({ "city": city, "community": community, "homes": shown.map(|range| range.n) });
    let entry = Entry { actor, action: "sale_request.made", subject: "sale_request", id, detail };
    audit::write(tx, at, entry).await?;
    Ok(id)
}

/// The requests made with a number since a moment, the newest first, at most 50. Older ones may be somebody else's who
/// had the number before.
pub async fn of_number(db: &Db, _scope: &Scope, phone: &Phone, since: Moment) -> StoreResult<Vec<OwnRequest>> {
    let index = db.keys().blind_index("sale_request.phone", phone.full().trim_start_matches("+86"));
    let sql = "SELECT community, area_built, state, created_ms FROM sale_request \
               WHERE phone_index = $1 AND created_ms > $2 ORDER BY id DESC LIMIT 50";
    let rows = db.rows(sql, [Value::from(index), since.0.into()]).await?;
    rows.iter()
        .map(|row| {
            let state: String = row.try_get("", "state")?;
            Ok(OwnRequest {
                community: row.try_get("", "community")?,
                area: Area(row.try_get("", "area_built")?),
                at_ms: row.try_get("", "created_ms")?,
                state: RequestState::from_code(&state)
                    .ok_or_else(|| StoreError::corrupt(format!("request {state}")))?,
            })
        })
        .collect()
}
