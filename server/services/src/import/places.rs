//! Places near homes: `kind,name,lat,lon` and, where the file is not in WGS-84, `datum`; of metro stations also their
//! `lines`, which their names may tell instead.

use super::ImportError;
use crate::Moment;
use domain::Error;
use domain::access::{Action, Actor, allow};
use domain::community::PlaceKind;
use domain::geo::{Datum, Position};
use domain::metro;
use domain::place::City;
use intake::{Limits, RawRow, ReadError, Table};
use std::path::PathBuf;
use store::audit::{self, Entry};
use store::community::{PLACES, Poi, put};
use store::outbox::{self, Kind};
use store::place::ensure_city;
use store::{Db, StoreError};

/// What became of the rows; the refused ones by line and column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlacesReport {
    /// New in the table.
    pub taken: u64,
    /// There already.
    pub duplicate: u64,
    /// Line, and the column that could not be used.
    pub refused: Vec<(u64, &'static str)>,
}

/// Where the columns of a file are.
#[derive(Clone, Copy, Debug)]
struct Columns {
    kind: usize,
    name: usize,
    lat: usize,
    lon: usize,
    datum: Option<usize>,
    lines: Option<usize>,
}

/// Takes the places in, all of them in one transaction. An unusable row is refused and reported.
///
/// # Errors
/// `Forbidden`; a file that cannot be read; [`ImportError::Columns`] where a column is missing.
pub async fn places(db: &Db, actor: &Actor, city: &City, file: PathBuf) -> Result<PlacesReport, ImportError> {
    if !allow(actor, Action::Import) {
        return Err(StoreError::from(Error::Forbidden).into());
    }
    let read = tokio::task::spawn_blocking(move || read(&file));
    let (found, mut report) =
        read.await.unwrap_or_else(|ended| Err(ReadError::Io(std::io::Error::other(ended)).into()))?;
    let rows = found.len() as u64;
    let (at, city, actor) = (Moment::now(), city.clone(), actor.clone());
    report.taken = db
        .write(async |tx| {
            let slug = city.slug.as_str();
            let city = ensure_city(&tx, &city).await?;
            let taken = put(&tx, city.id, &found).await?;
            let detail = serde_json::json!({ "taken": taken, "rows": rows });
            let entry = Entry { actor: &actor, action: "poi.imported", subject: "city", id: city.id, detail };
            audit::write(&tx, at, entry).await?;
            // Pages of the city show what is near.
            if taken > 0 {
                outbox::put(&tx, at, Kind::Import, slug, PLACES, 1).await?;
            }
            Ok(taken)
        })
        .await?;
    report.duplicate = rows - report.taken;
    Ok(report)
}

fn read(file: &std::path::Path) -> Result<(Vec<Poi>, PlacesReport), ImportError> {
    let mut table = Table::open(file, Limits::default())?;
    let columns = columns(table.headers())?;
    let (mut found, mut report) = (Vec::new(), PlacesReport::default());
    for row in table.rows()? {
        let row = row?;
        match place(&row, columns) {
            Ok(place) => found.push(place),
            Err(column) => report.refused.push((row.line, column)),
        }
    }
    Ok((found, report))
}

fn columns(headers: &[String]) -> Result<Columns, ImportError> {
    let find = |names: &[&str]| {
        headers.iter().position(|header| names.contains(&header.trim().to_ascii_lowercase().as_str()))
    };
    let kind = find(&["kind", "type", "类别", "类型"]);
    let name = find(&["name", "名称", "名字"]);
    let lat = find(&["lat", "latitude", "纬度"]);
    let lon = find(&["lon", "lng", "longitude", "经度"]);
    match (kind, name, lat, lon) {
        (Some(kind), Some(name), Some(lat), Some(lon)) => {
            let (datum, lines) = (find(&["datum", "坐标系"]), find(&["lines", "line", "线路", "地铁线路"]));
            Ok(Columns { kind, name, lat, lon, datum, lines })
        }
        _ => Err(ImportError::Columns),
    }
}

fn place(row: &RawRow, columns: Columns) -> Result<Poi, &'static str> {
    let cell = |at: usize| row.cells.get(at).map_or("", |cell| cell.trim());
    let kind = kind(cell(columns.kind)).ok_or("kind")?;
    let mut name: String = cell(columns.name).chars().filter(|c| !c.is_control()).take(60).collect();
    if name.is_empty() {
        return Err("name");
    }
    if kind == PlaceKind::Metro {
        let mut lines = metro::lines(columns.lines.map(cell).unwrap_or(""));
        lines.retain(|line| !metro::lines(&name).contains(line));
        lines.push(name);
        name = lines.join(" ").chars().take(80).collect();
    }
    let datum = match columns.datum.map(cell).unwrap_or("") {
        "" => Datum::Wgs84,
        word => Datum::from_code(&word.to_ascii_lowercase().replace('-', "")).ok_or("datum")?,
    };
    let lat: f64 = cell(columns.lat).parse().map_err(|_| "lat")?;
    let lon: f64 = cell(columns.lon).parse().map_err(|_| "lon")?;
    let at = Position::from_degrees(datum, lat, lon).ok_or("lat")?;
    Ok(Poi { kind, name, at })
}

fn kind(word: &str) -> Option<PlaceKind> {
    PlaceKind::from_code(&word.to_ascii_lowercase()).or(match word {
        "地铁" | "地铁站" => Some(PlaceKind::Metro),
        "学校" | "小学" | "中学" => Some(PlaceKind::School),
        "医院" => Some(PlaceKind::Hospital),
        "菜场" | "超市" | "商场" => Some(PlaceKind::Market),
        "公园" => Some(PlaceKind::Park),
        "噪声" | "高架" | "铁路" => Some(PlaceKind::Noise),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_understood_in_both_languages_and_all_datums() {
        let headers = ["类别", "名称", "纬度", "经度", "坐标系", "线路"].map(str::to_owned);
        let columns = columns(&headers).expect("all columns");
        let row =
            |cells: &[&str]| RawRow { line: 2, cells: cells.iter().map(|c| (*c).to_owned()).collect(), flaw: None };
        let station =
            place(&row(&["地铁站", "云岚路站", "31.2290", "121.4795", "GCJ-02"]), columns).expect("a place");
        assert_eq!(station.kind, PlaceKind::Metro);
        // The shift is undone: a few hundred metres.
        assert!((31_230_500..31_231_500).contains(&station.at.lat_e6), "{:?}", station.at);
        for (name, lines, kept) in [
            ("云岚路", "4号线/10号线", "4 号线 10 号线 云岚路"),
            ("4号线 云岚路", "4号线、10号线", "10 号线 4号线 云岚路"),
            ("云岚路", "未定", "云岚路"),
        ] {
            let station = place(&row(&["metro", name, "31", "121", "", lines]), columns).expect("a place");
            assert_eq!(station.name, kept);
        }
        for (cells, wrong) in [
            (["机场", "x", "31", "121", ""], "kind"),
            (["park", " ", "31", "121", ""], "name"),
            (["park", "x", "north", "121", ""], "lat"),
            (["park", "x", "31", "", ""], "lon"),
            (["park", "x", "31", "121", "mars"], "datum"),
            (["park", "x", "131", "121", ""], "lat"),
        ] {
            assert_eq!(place(&row(&cells), columns).err(), Some(wrong));
        }
        assert!(matches!(super::columns(&["a".to_owned()]), Err(ImportError::Columns)));
    }
}
