//! Requests of people who want to sell. Name and number are sealed; the number is found by its blind index.

use crate::audit::{self, Entry};
use crate::{Moment, Sequence, StoreError, StoreResult, Tx};
use domain::access::Actor;
use domain::sale::{Estimate, SaleRequest};
use domain::{Error, Slug};
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
    ];
    tx.run(
        "INSERT INTO sale_request (id, city_id, community, community_id, area_built, rooms, name_cipher, phone_cipher, \
         phone_index, low, high, homes, state, version, created_ms) \
         VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,'new',1,$13)",
        values,
    )
    .await?;
    let detail = serde_json::json!({ "city": city, "community": community, "homes": shown.map(|range| range.n) });
    let entry = Entry { actor, action: "sale_request.made", subject: "sale_request", id, detail };
    audit::write(tx, at, entry).await?;
    Ok(id)
}
