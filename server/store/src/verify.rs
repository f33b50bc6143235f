//! Proof that what is stored hangs together: read in one go, while others may write.

mod sql;

use crate::{Db, Engine, Keys, Scope, StoreError, StoreResult, setting};
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseTransaction, IsolationLevel, QueryResult, Statement, TransactionTrait, Value,
};
use serde::Serialize;
pub(crate) use sql::SEALED;
use sql::{NUMBERED, OWN, STATEMENTS};

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// The stable word for it.
    pub name: &'static str,
    /// Whether all is well.
    pub ok: bool,
    /// The first few faults, or why it could not be looked at. Never personal data.
    pub detail: String,
    /// How many faults there are.
    pub count: i64,
}

impl Check {
    /// A check that could not be made, which counts as a fault.
    pub fn failed(name: &'static str, why: impl ToString) -> Self {
        Self { name, ok: false, detail: why.to_string(), count: 1 }
    }

    pub(crate) fn of(name: &'static str, faults: StoreResult<Faults>) -> Self {
        match faults {
            Ok(Faults { count, examples }) => Self { name, ok: count == 0, detail: examples.join(", "), count },
            Err(error) => Self::failed(name, error),
        }
    }
}

/// Faults of a kind, with the first few named.
#[derive(Default)]
pub(crate) struct Faults {
    count: i64,
    examples: Vec<String>,
}

impl Faults {
    const NAMED: usize = 5;

    pub(crate) fn add(&mut self, what: String) {
        self.count += 1;
        if self.examples.len() < Self::NAMED {
            self.examples.push(what);
        }
    }
}

pub(crate) const CANARY: &str = "key_canary";
const NOT_THE_KEY: &str = "this is not the key file that the data was written with";

/// Makes sure that the key file is the one the data was written with. The first time, it leaves in the database
/// what later key files are tried on.
///
/// # Errors
/// `Setup` for another key file.
pub async fn fit_key(db: &Db, scope: &Scope) -> StoreResult<()> {
    match setting::read(db, scope, CANARY).await? {
        Some(canary) if opens(db.keys(), &canary) => Ok(()),
        Some(_) => {
            let path = db.folder().join(crate::backup::KEY);
            let path = path.display();
            Err(StoreError::setup(
                format!("{path}：数据不是用这个密钥写的，请放回原来的密钥文件"),
                format!("{path}: {NOT_THE_KEY}; put the right one there"),
            ))
        }
        None => {
            let canary = canary(db.keys())?;
            db.write(async |tx| setting::write(&tx, CANARY, &canary).await).await
        }
    }
}

/// Whether the audit trail is the one that was written.
pub async fn trail(db: &Db, _scope: &Scope) -> StoreResult<Check> {
    Ok(View::open(db).await?.trail(db.keys()).await)
}

/// Makes every check.
pub async fn checks(db: &Db, scope: &Scope) -> StoreResult<Vec<Check>> {
    let sqlite = db.engine() == Engine::Sqlite;
    let view = View::open(db).await?;
    let mut checks = Vec::new();
    let engine = if sqlite {
        [
            ("integrity", "SELECT integrity_check AS what FROM pragma_integrity_check WHERE integrity_check <> 'ok'"),
            (
                "foreign_keys",
                "SELECT \"table\" || ' ' || COALESCE(CAST(rowid AS TEXT), '') AS what FROM pragma_foreign_key_check",
            ),
        ]
    } else {
        [
            ("integrity", "SELECT indexrelid::regclass::text AS what FROM pg_index WHERE NOT indisvalid"),
            (
                "foreign_keys",
                "SELECT conname::text AS what FROM pg_constraint WHERE contype = 'f' AND NOT convalidated",
            ),
        ]
    };
    for (name, sql) in engine.into_iter().chain(STATEMENTS) {
        checks.push(Check::of(name, view.faults(sql).await));
    }
    checks.push(Check::of("counters", view.faults(&counters()).await));
    checks.push(view.canary(db.keys()).await);
    let (shut, plain) = view.sealed(db.keys()).await;
    checks.push(shut);
    checks.push(plain);
    checks.push(view.owned(db.keys()).await);
    checks.push(view.trail(db.keys()).await);
    checks.push(crate::file::check(db, scope).await);
    Ok(checks)
}

/// One consistent reading of the database.
struct View(DatabaseTransaction);

impl View {
    async fn open(db: &Db) -> StoreResult<Self> {
        let sqlite = db.engine() == Engine::Sqlite;
        let isolation = (!sqlite).then_some(IsolationLevel::RepeatableRead);
        let access = (!sqlite).then_some(AccessMode::ReadOnly);
        Ok(Self(db.reader().begin_with_config(isolation, access).await?))
    }

    async fn rows(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> StoreResult<Vec<QueryResult>> {
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        self.0.query_all_raw(statement).await.map_err(Into::into)
    }

    /// What a statement finds.
    async fn faults(&self, sql: &str) -> StoreResult<Faults> {
        let sql = format!("SELECT what, COUNT(*) OVER () AS n FROM ({sql}) found LIMIT {}", Faults::NAMED);
        let rows = self.rows(&sql, []).await?;
        let mut faults = Faults::default();
        for row in &rows {
            faults.count = row.try_get("", "n")?;
            faults.examples.push(row.try_get("", "what")?);
        }
        Ok(faults)
    }

    async fn canary(&self, keys: &Keys) -> Check {
        let found = self.rows("SELECT value FROM setting WHERE name = $1", [CANARY.into()]).await;
        let value: StoreResult<Option<String>> =
            found.and_then(|rows| rows.first().map(|row| row.try_get("", "value").map_err(Into::into)).transpose());
        let mut faults = Faults::default();
        match value {
            Err(error) => return Check::failed("key_file", error),
            Ok(None) => faults.add("nothing to try the key file on: run `menpai migrate`".to_owned()),
            Ok(Some(canary)) if opens(keys, &canary) => {}
            Ok(Some(_)) => faults.add(NOT_THE_KEY.to_owned()),
        }
        Check::of("key_file", Ok(faults))
    }

    /// Whether every encrypted value opens, and whether one of them is no cipher but readable text.
    async fn sealed(&self, keys: &Keys) -> (Check, Check) {
        const NAMES: (&str, &str) = ("sealed", "plain_personal_data");
        let (mut shut, mut plain) = (Faults::default(), Faults::default());
        for (table, column, purpose) in SEALED {
            let mut after = 0;
            loop {
                let page = match self.page(table, column, after).await {
                    Ok(page) => page,
                    Err(error) => return (Check::failed(NAMES.0, &error), Check::failed(NAMES.1, &error)),
                };
                let Some((last, _)) = page.last() else { break };
                after = *last;
                for (id, value) in page.iter().filter(|(_, value)| keys.open(purpose, value).is_err()) {
                    shut.add(format!("{table} {id}"));
                    let readable = std::str::from_utf8(value).is_ok_and(|text| !text.contains(char::is_control));
                    if readable {
                        plain.add(format!("{table} {id}"));
                    }
                }
            }
        }
        (Check::of(NAMES.0, Ok(shut)), Check::of(NAMES.1, Ok(plain)))
    }

    /// Whether what is sealed with persons' own keys opens with them.
    async fn owned(&self, keys: &Keys) -> Check {
        let mut shut = Faults::default();
        for (table, column, purpose) in OWN {
            let mut after = 0_i64;
            loop {
                let sql = format!(
                    "SELECT x.id, x.{column} AS value, p.key_cipher FROM {table} x JOIN person p ON p.id = x.person_id \
                     WHERE x.{column} IS NOT NULL AND p.key_cipher IS NOT NULL AND x.id > $1 ORDER BY x.id LIMIT 1000"
                );
                let rows = match self.rows(&sql, [after.into()]).await {
                    Ok(rows) => rows,
                    Err(error) => return Check::failed("sealed_own", error),
                };
                if rows.is_empty() {
                    break;
                }
                for row in &rows {
                    let opened = || -> StoreResult<()> {
                        let own = crate::identity::person::opened(keys, row)?;
                        let value: Vec<u8> = row.try_get("", "value")?;
                        own.map_or(Ok(()), |own| own.open(purpose, &value).map(drop))
                    };
                    after = match row.try_get("", "id") {
                        Ok(id) => id,
                        Err(error) => return Check::failed("sealed_own", error),
                    };
                    if opened().is_err() {
                        shut.add(format!("{table} {after}"));
                    }
                }
            }
        }
        Check::of("sealed_own", Ok(shut))
    }

    /// Whether the audit trail is the one that was written.
    async fn trail(&self, keys: &Keys) -> Check {
        let (sql, mut walk) = (crate::audit::Walk::page(), crate::audit::Walk::default());
        let faults = loop {
            let rows = match self.rows(&sql, [walk.at.into()]).await {
                Ok(rows) => rows,
                Err(error) => break Err(error),
            };
            if rows.is_empty() {
                let mut faults = Faults::default();
                // Whoever has an account was given it by a line.
                let accounts = "SELECT 1 AS one FROM account LIMIT 1";
                match self.rows(accounts, []).await {
                    Ok(rows) if !rows.is_empty() && walk.at == 0 => faults.add("no line at all".to_owned()),
                    Ok(_) => {}
                    Err(error) => break Err(error),
                }
                walk.broken.iter().for_each(|id| faults.add(format!("line {id}")));
                break Ok(faults);
            }
            if let Err(error) = rows.iter().try_for_each(|row| walk.step(keys, row)) {
                break Err(error);
            }
        };
        Check::of("audit_chain", faults)
    }

    async fn page(&self, table: &str, column: &str, after: i64) -> StoreResult<Vec<(i64, Vec<u8>)>> {
        // Text put into the column by hand is bytes as well.
        let bytes = match self.0.get_database_backend() {
            sea_orm::DbBackend::Sqlite => format!("CAST({column} AS BLOB)"),
            _ => column.to_owned(),
        };
        let sql = format!(
            "SELECT id, {bytes} AS value FROM {table} WHERE {column} IS NOT NULL AND id > $1 ORDER BY id LIMIT 1000"
        );
        let rows = self.rows(&sql, [after.into()]).await?;
        rows.iter().map(|row| Ok((row.try_get("", "id")?, row.try_get("", "value")?))).collect()
    }
}

/// Whether both halves of the key are those that the canary was made with.
pub(crate) fn opens(keys: &Keys, canary: &str) -> bool {
    let (sealed, index) = canary.split_once('.').unwrap_or_default();
    hex::decode(sealed).is_ok_and(|sealed| keys.open(CANARY, &sealed).is_ok()) && index == canary_index(keys)
}

/// What later key files are tried on.
pub(crate) fn canary(keys: &Keys) -> StoreResult<String> {
    Ok(format!("{}.{}", hex::encode(keys.seal(CANARY, CANARY)?), canary_index(keys)))
}

fn canary_index(keys: &Keys) -> String {
    hex::encode(keys.blind_index(CANARY, CANARY))
}

/// Sequences that would give a number a second time.
fn counters() -> String {
    let behind = |what: &str, newest: &str, name: &str| {
        format!(
            "SELECT '{what}' AS what WHERE COALESCE(({newest}), 0) >= \
             COALESCE((SELECT next FROM counter WHERE name = '{name}'), 1)"
        )
    };
    let mut parts: Vec<String> =
        NUMBERED.iter().map(|table| behind(table, &format!("SELECT MAX(id) FROM {table}"), "row")).collect();
    parts.push(behind("outbox", "SELECT MAX(seq) FROM outbox", "outbox"));
    parts.push(
        "SELECT 'listing codes of ' || m.month AS what FROM (SELECT substr(code, 4, 6) AS month, \
         MAX(CAST(substr(code, 11) AS BIGINT)) AS n FROM listing GROUP BY substr(code, 4, 6)) m \
         LEFT JOIN counter c ON c.name = 'listing-' || m.month WHERE m.n >= COALESCE(c.next, 1)"
            .to_owned(),
    );
    parts.join(" UNION ALL ")
}
