//! The steps that build the database, on SQLite and PostgreSQL alike. Forward-only in production; every step
//! runs in one transaction, so a step that fails leaves nothing behind.

use sea_orm_migration::prelude::*;

mod dialect;
mod m20261124_000001_create_platform;
mod m20261124_000002_create_place;
mod m20261124_000003_create_listing;
mod m20261124_000004_create_identity;
mod m20261124_000005_create_file;
mod m20261124_000006_create_message;
mod m20261124_000007_create_passkey;
mod m20261124_000016_create_client;
mod m20261124_000020_create_poi;
mod m20261124_000021_create_sale_request;
mod m20261124_000030_create_dial;
mod m20261124_000031_add_session_passkey;
mod m20261124_000032_add_staff_pinyin;
mod m20261124_000033_add_account_start;

/// Runs the steps in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261124_000001_create_platform::STEP),
            Box::new(m20261124_000002_create_place::STEP),
            Box::new(m20261124_000003_create_listing::STEP),
            Box::new(m20261124_000004_create_identity::STEP),
            Box::new(m20261124_000005_create_file::STEP),
            Box::new(m20261124_000007_create_passkey::STEP),
            Box::new(m20261124_000020_create_poi::STEP),
            Box::new(m20261124_000021_create_sale_request::STEP),
            Box::new(m20261124_000006_create_message::STEP),
            Box::new(m20261124_000016_create_client::STEP),
            Box::new(m20261124_000030_create_dial::STEP),
            Box::new(m20261124_000031_add_session_passkey::STEP),
            Box::new(m20261124_000032_add_staff_pinyin::STEP),
            Box::new(m20261124_000033_add_account_start::STEP),
        ]
    }
}
