//! One text for both engines: the few words in which they differ stand in braces.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, DbErr};

/// Runs statements separated by `;;`. Braced words become the engine's own:
///
/// | word | SQLite | PostgreSQL |
/// |---|---|---|
/// | `{id}` | `INTEGER PRIMARY KEY` | `BIGINT PRIMARY KEY` |
/// | `{blob}` | `BLOB` | `BYTEA` |
/// | `{date}` | `TEXT` | `DATE` |
/// | `{append_only NAME}` | triggers that refuse update and delete | the same |
/// | `{forget append_only}` | nothing | drops the function of those triggers |
pub async fn run(manager: &SchemaManager<'_>, text: &str) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let sqlite = manager.get_database_backend() == DbBackend::Sqlite;
    let words = if sqlite {
        [("{id}", "INTEGER PRIMARY KEY"), ("{blob}", "BLOB"), ("{date}", "TEXT")]
    } else {
        [("{id}", "BIGINT PRIMARY KEY"), ("{blob}", "BYTEA"), ("{date}", "DATE")]
    };
    for statement in text.split(";;").map(str::trim).filter(|s| !s.is_empty()) {
        if let Some(table) = statement.strip_prefix("{append_only ").and_then(|s| s.strip_suffix('}')) {
            for trigger in append_only(table, sqlite) {
                db.execute_unprepared(&trigger).await?;
            }
            continue;
        }
        if statement == "{forget append_only}" {
            if !sqlite {
                db.execute_unprepared("DROP FUNCTION refuse_change()").await?;
            }
            continue;
        }
        let statement = words.iter().fold(statement.to_owned(), |s, (word, own)| s.replace(word, own));
        db.execute_unprepared(&statement).await?;
    }
    Ok(())
}

fn append_only(table: &str, sqlite: bool) -> Vec<String> {
    if sqlite {
        ["UPDATE", "DELETE"]
            .map(|what| {
                format!(
                    "CREATE TRIGGER {table}_no_{} BEFORE {what} ON {table} \
                     BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
                    what.to_lowercase()
                )
            })
            .into()
    } else {
        vec![
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
                .to_owned(),
            format!(
                "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} \
                 FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            ),
        ]
    }
}

/// A migration that runs one text upwards and one downwards.
#[derive(Debug)]
pub struct Step {
    /// Under which the database remembers that it ran.
    pub name: &'static str,
    /// As [`run`] takes it.
    pub up: &'static str,
    /// Undoes `up`; for tests, not for production.
    pub down: &'static str,
}

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, self.up).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, self.down).await
    }
}
