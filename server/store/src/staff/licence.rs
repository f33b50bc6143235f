//! Licences (经纪人登记) that end, and who has been told of it.

use crate::{Db, Moment, Scope, StoreResult, Tx};
use chrono::NaiveDate;
use domain::access::Action;

/// Somebody's licence that ends soon or has ended.
#[derive(Clone, Debug)]
pub struct Ending {
    /// Row number of the person.
    pub staff: i64,
    /// Their public number.
    pub code: String,
    /// Their name.
    pub name: String,
    /// Last day the licence holds.
    pub until: NaiveDate,
    /// Accounts to be told: the person's own and the manager's, those that can sign in.
    pub tell: Vec<i64>,
}

/// Licences that end on or before a day, of those who work here, within reach; the soonest first.
pub async fn ending(db: &Db, scope: &Scope, by: NaiveDate) -> StoreResult<Vec<Ending>> {
    let sql = format!(
        "SELECT s.id, s.code, s.name, s.licence_until, a.id AS own, b.id AS above FROM staff s \
         LEFT JOIN account a ON a.staff_id = s.id AND a.state = 'active' \
         LEFT JOIN account b ON b.staff_id = s.manager_id AND b.state = 'active' \
         WHERE s.state = 'active' AND s.licence_until <= $1 AND {} ORDER BY s.licence_until, s.id",
        scope.staff(Action::ReadRecord)
    );
    let rows = db.rows(sql, [by.into()]).await?;
    rows.iter()
        .map(|row| {
            let (own, above): (Option<i64>, Option<i64>) = (row.try_get("", "own")?, row.try_get("", "above")?);
            Ok(Ending {
                staff: row.try_get("", "id")?,
                code: row.try_get("", "code")?,
                name: row.try_get("", "name")?,
                until: row.try_get("", "licence_until")?,
                tell: own.into_iter().chain(above).collect(),
            })
        })
        .collect()
}

/// Whether nobody was reminded of this before: so many days ahead of the end of this licence. Notes that they are now.
pub async fn remind(tx: &Tx, at: Moment, ending: &Ending, days: i64) -> StoreResult<bool> {
    let sql = "INSERT INTO licence_reminder (staff_id, until, days, at_ms) VALUES ($1,$2,$3,$4) \
               ON CONFLICT (staff_id, until, days) DO NOTHING";
    let values = [ending.staff.into(), ending.until.into(), days.into(), at.0.into()];
    Ok(tx.run(sql, values).await?.rows_affected() == 1)
}
