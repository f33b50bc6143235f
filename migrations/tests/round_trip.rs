//! Every step goes up, down and up again, and leaves what it left the first time: on SQLite, and on PostgreSQL where
//! `MENPAI_TEST_POSTGRES` names one.

use migrations::Migrator;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

/// Everything the database knows of its schema, a line each.
async fn schema(db: &DatabaseConnection) -> Vec<String> {
    let sql = match db.get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT type || ' ' || name || ' ' || COALESCE(sql, '') AS line FROM sqlite_master \
             WHERE name NOT LIKE 'sqlite%' AND tbl_name <> 'seaql_migrations'"
        }
        _ => {
            "SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' \
             || COALESCE(column_default, '') AS line FROM information_schema.columns \
             WHERE table_schema = current_schema() AND table_name <> 'seaql_migrations' \
             UNION ALL SELECT 'index ' || indexdef FROM pg_indexes \
             WHERE schemaname = current_schema() AND tablename <> 'seaql_migrations' \
             UNION ALL SELECT 'trigger ' || pg_get_triggerdef(t.oid) FROM pg_trigger t WHERE NOT t.tgisinternal \
             UNION ALL SELECT 'rule ' || c.conname || ' ' || pg_get_constraintdef(c.oid) FROM pg_constraint c \
             WHERE c.connamespace = current_schema()::regnamespace \
             UNION ALL SELECT 'function ' || p.proname || ' ' || p.prosrc FROM pg_proc p \
             WHERE p.pronamespace = current_schema()::regnamespace"
        }
    };
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await.expect("reads");
    let mut lines: Vec<String> = rows.iter().map(|row| row.try_get("", "line").expect("a line")).collect();
    lines.retain(|line| !line.contains("seaql_migrations"));
    lines.sort();
    lines
}

async fn goes_up_down_and_up(db: &DatabaseConnection) {
    let empty = schema(db).await;
    assert_eq!(empty, Vec::<String>::new(), "the database is new");
    let steps = Migrator::migrations().len();
    let mut after = vec![empty];
    for _ in 0..steps {
        Migrator::up(db, Some(1)).await.expect("goes up");
        after.push(schema(db).await);
    }
    assert!(after.windows(2).all(|pair| pair[0] != pair[1]), "every step does something");
    // One by one: each takes back just what it made.
    for left in (0..steps).rev() {
        Migrator::down(db, Some(1)).await.expect("goes down");
        assert_eq!(schema(db).await, after[left], "{left} steps are left");
    }
    Migrator::up(db, None).await.expect("goes up again");
    assert_eq!(schema(db).await, after[steps]);
}

#[tokio::test]
async fn on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = Database::connect(format!("sqlite://{}/a.db?mode=rwc", folder.path().display())).await.expect("opens");
    goes_up_down_and_up(&db).await;
}

#[tokio::test]
async fn on_postgresql() {
    let Some(server) = std::env::var_os("MENPAI_TEST_POSTGRES") else { return };
    let server = server.into_string().expect("an address");
    let name = format!("steps_{}", std::process::id());
    let admin = Database::connect(&server).await.expect("connects");
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("creates");
    let (head, _) = server.rsplit_once('/').expect("an address with a database");
    let db = Database::connect(format!("{head}/{name}")).await.expect("connects");
    goes_up_down_and_up(&db).await;
    db.close().await.expect("closes");
    admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.expect("drops");
}
