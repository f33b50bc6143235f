//! The homes on sale in one table.

use crate::Outcome;
use rusqlite::{Connection, Row};

/// The columns of the flat table, which is also what a PocketBase collection gets.
const COLUMNS: &str = "code, city, district, circle, community, rooms, layout, area, decoration, floor_band, storeys, \
                       built_year, price, listed_on";

/// Makes the flat table. The first index serves the three filters of the benchmark in the order of the page.
pub fn lay_out(from: &str, to: &str) -> Outcome {
    let db = Connection::open(to)?;
    db.execute("ATTACH ?1 AS firm", [from])?;
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
         CREATE TABLE home (id INTEGER PRIMARY KEY, code TEXT, city TEXT, district TEXT, circle TEXT, community TEXT,
             rooms INTEGER, layout TEXT, area INTEGER, decoration TEXT, floor_band TEXT, storeys INTEGER,
             built_year INTEGER, price INTEGER, listed_on TEXT);
         INSERT INTO home SELECT l.id, l.code, c.slug, d.name, k.name, m.name, r.rooms,
             r.rooms || '室' || r.halls || '厅' || r.kitchens || '厨' || r.baths || '卫', r.area_built, l.decoration,
             r.floor_band, b.storeys, b.built_year, l.price, l.listed_on
         FROM firm.listing l JOIN firm.room r ON r.id = l.room_id JOIN firm.building b ON b.id = r.building_id
         JOIN firm.community m ON m.id = r.community_id JOIN firm.circle k ON k.id = m.circle_id
         JOIN firm.district d ON d.id = k.district_id JOIN firm.city c ON c.id = l.city_id
         WHERE l.state IN ('active', 'under_offer');
         CREATE INDEX home_three ON home (rooms, decoration, listed_on DESC, id DESC, price);
         CREATE INDEX home_price ON home (price);
         CREATE INDEX home_district ON home (district);
         CREATE INDEX home_community ON home (community);
         ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)",
    )?;
    Ok(())
}

/// Puts the same rows into the collection `homes` of PocketBase, whose server must not run.
pub fn into_pocketbase(from: &str, to: &str) -> Outcome {
    let db = Connection::open(to)?;
    db.execute("ATTACH ?1 AS flat", [from])?;
    // What is not known is empty there, or nought.
    let known = |column: &str| match column {
        "rooms" | "area" | "storeys" | "built_year" | "price" => format!("COALESCE({column}, 0)"),
        _ => format!("COALESCE({column}, '')"),
    };
    let values: Vec<String> = COLUMNS.split(", ").map(known).collect();
    let values = values.join(", ");
    db.execute_batch(&format!(
        "INSERT INTO homes (id, {COLUMNS}) SELECT printf('%015d', id), {values} FROM flat.home; ANALYZE"
    ))?;
    Ok(())
}

/// Writes the rows as an agency would keep them in a spreadsheet, in Chinese.
pub fn write_csv(from: &str, to: &str) -> Outcome {
    let db = Connection::open(from)?;
    let mut csv = csv::Writer::from_path(to)?;
    csv.write_record([
        "房源编号",
        "区域",
        "商圈",
        "小区名称",
        "户型",
        "建筑面积",
        "装修",
        "所在楼层",
        "建成年代",
        "总价",
        "挂牌时间",
    ])?;
    let mut homes = db.prepare(
        "SELECT code, district, circle, community, COALESCE(layout, ''), area,
             CASE decoration WHEN 'rough' THEN '毛坯' WHEN 'simple' THEN '简装' WHEN 'fine' THEN '精装'
                 WHEN 'luxury' THEN '豪装' ELSE '' END,
             CASE floor_band WHEN 'low' THEN '低楼层' WHEN 'middle' THEN '中楼层' WHEN 'high' THEN '高楼层' ELSE '' END
                 || COALESCE('(共' || storeys || '层)', ''),
             COALESCE(built_year, ''), price, listed_on FROM home ORDER BY id",
    )?;
    let mut rows = homes.query([])?;
    while let Some(row) = rows.next()? {
        csv.write_record(cells(row)?)?;
    }
    csv.flush()?;
    Ok(())
}

fn cells(row: &Row<'_>) -> rusqlite::Result<[String; 11]> {
    let text = |at: usize| {
        row.get_ref(at).map(|value| match value.data_type() {
            rusqlite::types::Type::Integer => value.as_i64().map(|n| n.to_string()).unwrap_or_default(),
            _ => value.as_str().unwrap_or_default().to_owned(),
        })
    };
    let (area, price): (i64, i64) = (row.get(5)?, row.get(9)?);
    Ok([
        text(0)?,
        text(1)?,
        text(2)?,
        text(3)?,
        text(4)?,
        format!("{}.{:02}㎡", area / 100, area % 100),
        text(6)?,
        text(7)?,
        text(8)?,
        format!("{}.{:06}万", price / 1_000_000, price % 1_000_000),
        text(10)?,
    ])
}
