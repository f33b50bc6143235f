//! The rows as the database library writes them. Reads name their columns themselves.

pub mod building {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, DeriveEntityModel)]
    #[sea_orm(table_name = "building")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i64,
        pub community_id: i64,
        pub name: Option<String>,
        pub building_type: Option<String>,
        pub structure: Option<String>,
        pub storeys: Option<i16>,
        pub lifts: Option<i16>,
        pub homes_per_floor: Option<i16>,
        pub elevator: Option<bool>,
        pub heating: Option<String>,
        pub built_year: Option<i16>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod unit {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, DeriveEntityModel)]
    #[sea_orm(table_name = "unit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i64,
        pub building_id: i64,
        pub name_cipher: Vec<u8>,
        pub name_index: Vec<u8>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod room {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, DeriveEntityModel)]
    #[sea_orm(table_name = "room")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i64,
        pub community_id: i64,
        pub building_id: i64,
        pub unit_id: Option<i64>,
        pub number_cipher: Option<Vec<u8>>,
        pub room_key: Option<Vec<u8>>,
        pub provisional: bool,
        pub floor: Option<i16>,
        pub floor_band: Option<String>,
        pub rooms: Option<i16>,
        pub halls: Option<i16>,
        pub kitchens: Option<i16>,
        pub baths: Option<i16>,
        pub layout_kind: Option<String>,
        pub area_built: i32,
        pub area_inner: Option<i32>,
        pub facing: i16,
        pub ownership: Option<String>,
        pub usage: Option<String>,
        pub last_sale: Option<Date>,
        pub certificate_on: Option<Date>,
        pub deed_tax_on: Option<Date>,
        pub scene: Option<i64>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod listing {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, DeriveEntityModel)]
    #[sea_orm(table_name = "listing")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i64,
        pub code: String,
        pub city_id: i64,
        pub room_id: i64,
        pub kind: String,
        pub state: String,
        pub price: i64,
        pub first_price: i64,
        pub decoration: Option<String>,
        pub holding_stated: Option<String>,
        pub only_home: Option<bool>,
        pub co_ownership: Option<String>,
        pub mortgage: Option<String>,
        pub mortgage_note_cipher: Option<Vec<u8>>,
        pub floor_price_cipher: Option<Vec<u8>>,
        pub title_copy: Option<bool>,
        pub verify_code: Option<String>,
        pub any_time: bool,
        pub headline: Option<String>,
        pub unverified: bool,
        pub source: Option<String>,
        pub source_id: Option<String>,
        pub fingerprint: Option<Vec<u8>>,
        pub look_alike: Option<Vec<u8>>,
        pub import_id: Option<i64>,
        pub extra: Option<String>,
        pub listed_on: Date,
        pub ended_on: Option<Date>,
        pub days_before: i32,
        pub mandate_ms: i64,
        pub maintained_ms: i64,
        pub version: i64,
        pub created_ms: i64,
        pub created_by: String,
        pub updated_ms: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod price_event {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, DeriveEntityModel)]
    #[sea_orm(table_name = "price_event")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i64,
        pub room_id: i64,
        pub listing_id: i64,
        pub old_price: Option<i64>,
        pub new_price: i64,
        pub effective_on: Date,
        pub at_ms: i64,
        pub by_actor: String,
        pub evidence: Option<String>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod listing_event {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, DeriveEntityModel)]
    #[sea_orm(table_name = "listing_event")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i64,
        pub room_id: i64,
        pub listing_id: i64,
        pub old_state: Option<String>,
        pub new_state: String,
        pub effective_on: Date,
        pub at_ms: i64,
        pub by_actor: String,
        pub reason: Option<String>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
