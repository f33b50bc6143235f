//! Which nodes share a PostgreSQL database: every connection of a node holds a lock together with all others, and
//! whoever must be alone with the data takes it for itself. A lock ends with its connection, whatever happens to a node.

use crate::verify::{CANARY, opens};
use crate::{Keys, StoreError, StoreResult};
use sea_orm::sqlx::{self, PgConnection};
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, Statement, Value};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// `menpai`, as a number.
const LOCK: i64 = 0x6d65_6e70_6169;

/// Has every connection of a pool hold the lock with the others. A node that was away while the key was changed gets
/// none any more: it would go on sealing with the old one.
pub(crate) fn share(options: &mut ConnectOptions, keys: &Keys) {
    let (keys, fitted) = (keys.clone(), Arc::new(AtomicBool::new(false)));
    options.map_sqlx_postgres_pool_opts(move |pool| {
        let (keys, fitted) = (keys.clone(), fitted.clone());
        pool.after_connect(move |connection, _| {
            let (keys, fitted) = (keys.clone(), fitted.clone());
            Box::pin(async move { enter(connection, &keys, &fitted).await })
        })
    });
}

async fn enter(connection: &mut PgConnection, keys: &Keys, fitted: &AtomicBool) -> Result<(), sqlx::Error> {
    // Waits while somebody is alone with the data.
    sqlx::query("SELECT pg_advisory_lock_shared($1)").bind(LOCK).execute(&mut *connection).await?;
    let there: bool =
        sqlx::query_scalar("SELECT to_regclass('setting') IS NOT NULL").fetch_one(&mut *connection).await?;
    if !there {
        return Ok(());
    }
    let canary: Option<String> = sqlx::query_scalar("SELECT value FROM setting WHERE name = $1")
        .bind(CANARY)
        .fetch_optional(connection)
        .await?;
    match canary {
        Some(canary) if opens(keys, &canary) => fitted.store(true, Ordering::Relaxed),
        // Whether the first key is the right one is asked, and told, when the program starts.
        Some(_) if fitted.load(Ordering::Relaxed) => {
            return Err(sqlx::Error::Configuration("the key file was changed: start this node again".into()));
        }
        _ => {}
    }
    Ok(())
}

/// Takes the lock for the one connection of a pool.
///
/// # Errors
/// `Setup` while any node is connected.
pub(crate) async fn alone(pool: &DatabaseConnection) -> StoreResult<()> {
    let sql = "SELECT pg_try_advisory_lock($1) AS got";
    let statement = Statement::from_sql_and_values(pool.get_database_backend(), sql, [Value::from(LOCK)]);
    let row = pool.query_one_raw(statement).await?;
    match row.map(|row| row.try_get::<bool>("", "got")).transpose()? {
        Some(true) => Ok(()),
        _ => Err(StoreError::setup(
            "还有别的 menpai 连着这个数据库：请先停掉所有节点，再运行一次",
            "another menpai is connected to this database: stop every node, then run this again",
        )),
    }
}
