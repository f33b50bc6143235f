//! Places: cities, and the dictionary of a city's districts, circles and communities.

use crate::{Db, Scope, Sequence, StoreError, StoreResult, Tx};
use domain::Slug;
use domain::geo::Position;
use domain::place::{City, PlaceName};
use pinyin::ToPinyin;
use sea_orm::{QueryResult, Value};
use std::collections::{HashMap, HashSet};

/// A city as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CityRow {
    /// Row number.
    pub id: i64,
    /// What pages show.
    pub city: City,
    /// Whether nothing may be published there without a verification code.
    pub verify_code_required: bool,
}

/// What the dictionary knows of a community besides its name. Absent facts change nothing that is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommunityFacts {
    /// Other names.
    pub aliases: Vec<String>,
    /// Street and number.
    pub address: Option<String>,
    /// Year the first building was finished.
    pub built_year: Option<i16>,
    /// WGS-84 latitude and longitude in 1e-6 degrees.
    pub position: Option<(i32, i32)>,
    /// Nearest metro station and its distance in metres.
    pub metro: Option<(String, i32)>,
    /// Nearest school and its distance in metres.
    pub school: Option<(String, i32)>,
    /// Average asking price in fen per ㎡, as the source of the dictionary says.
    pub source_unit_price: Option<i64>,
    /// Homes on sale, as the source says.
    pub source_on_sale: Option<i32>,
    /// The day of the source.
    pub source_date: Option<chrono::NaiveDate>,
}

/// What became of a community put into the dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It was not known.
    Added,
    /// It was known, and a fact was added or corrected.
    Updated,
    /// It was known with all these facts.
    Unchanged,
}

/// All cities, by slug.
pub async fn cities(db: &Db, _scope: &Scope) -> StoreResult<Vec<CityRow>> {
    let rows = db.rows("SELECT id, slug, name, name_en, verify_code_required FROM city ORDER BY slug", []).await?;
    rows.iter().map(city_row).collect()
}

/// A community, the places above it, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// 区
    pub district: PlaceName,
    /// 商圈
    pub circle: PlaceName,
    /// 小区
    pub community: PlaceName,
    /// Absent where nobody has told.
    pub at: Option<Position>,
}

/// Where the communities of a city are.
pub async fn pins(db: &Db, _scope: &Scope, city: &Slug) -> StoreResult<Vec<Pin>> {
    let sql = "SELECT d.slug AS d_slug, d.name AS d_name, k.slug AS k_slug, k.name AS k_name, m.slug AS m_slug, \
               m.name AS m_name, m.lat_e6, m.lon_e6 FROM community m JOIN circle k ON k.id = m.circle_id \
               JOIN district d ON d.id = k.district_id JOIN city c ON c.id = m.city_id WHERE c.slug = $1 ORDER BY m.id";
    let rows = db.rows(sql, [city.as_str().into()]).await?;
    rows.iter()
        .map(|row| {
            let place = |of: &str| -> StoreResult<PlaceName> {
                Ok(PlaceName {
                    slug: slug(row.try_get("", &format!("{of}_slug"))?)?,
                    name: row.try_get("", &format!("{of}_name"))?,
                })
            };
            let (lat, lon): (Option<i32>, Option<i32>) = (row.try_get("", "lat_e6")?, row.try_get("", "lon_e6")?);
            let at = lat.zip(lon).map(|(lat_e6, lon_e6)| Position { lat_e6, lon_e6 });
            Ok(Pin { district: place("d")?, circle: place("k")?, community: place("m")?, at })
        })
        .collect()
}

/// The city with this slug, made if it is not there.
pub async fn ensure_city(tx: &Tx, city: &City) -> StoreResult<CityRow> {
    let sql = "SELECT id, slug, name, name_en, verify_code_required FROM city WHERE slug = $1";
    if let Some(row) = tx.rows(sql, [city.slug.as_str().into()]).await?.first() {
        return city_row(row);
    }
    let id = tx.numbers(&Sequence::Row, 1).await?;
    tx.run(
        "INSERT INTO city (id, slug, name, name_en) VALUES ($1, $2, $3, $4)",
        [id.into(), city.slug.as_str().into(), city.name.as_str().into(), city.name_en.as_str().into()],
    )
    .await?;
    Ok(CityRow { id, city: city.clone(), verify_code_required: false })
}

fn city_row(row: &QueryResult) -> StoreResult<CityRow> {
    Ok(CityRow {
        id: row.try_get("", "id")?,
        city: City {
            slug: slug(row.try_get("", "slug")?)?,
            name: row.try_get("", "name")?,
            name_en: row.try_get("", "name_en")?,
        },
        verify_code_required: row.try_get("", "verify_code_required")?,
    })
}

/// The dictionary of one city, in memory while many rows are taken in. Made within the transaction that uses
/// it and dropped with it: after a rollback its numbers would be wrong.
#[derive(Debug)]
pub struct PlaceBook {
    city: i64,
    districts: HashMap<String, i64>,
    circles: HashMap<(i64, String), i64>,
    communities: HashMap<(i64, String), (i64, CommunityFacts)>,
    slugs: [HashSet<String>; 3],
    numbers: std::ops::Range<i64>,
}

impl PlaceBook {
    /// Reads the dictionary of a city.
    pub async fn load(tx: &Tx, city: i64) -> StoreResult<Self> {
        let mut book = Self {
            city,
            districts: HashMap::new(),
            circles: HashMap::new(),
            communities: HashMap::new(),
            slugs: Default::default(),
            numbers: 0..0,
        };
        for row in tx.rows("SELECT id, slug, name FROM district WHERE city_id = $1", [city.into()]).await? {
            book.slugs[0].insert(row.try_get("", "slug")?);
            let name: String = row.try_get("", "name")?;
            book.districts.insert(bare(&name).to_owned(), row.try_get("", "id")?);
        }
        for row in tx.rows("SELECT id, district_id, slug, name FROM circle WHERE city_id = $1", [city.into()]).await?
        {
            book.slugs[1].insert(row.try_get("", "slug")?);
            book.circles.insert((row.try_get("", "district_id")?, row.try_get("", "name")?), row.try_get("", "id")?);
        }
        let sql = "SELECT id, circle_id, slug, name, aliases, address, built_year, lat_e6, lon_e6, metro_name, \
                   metro_m, school_name, school_m, source_unit_price, source_on_sale, source_date \
                   FROM community WHERE city_id = $1";
        for row in tx.rows(sql, [city.into()]).await? {
            book.slugs[2].insert(row.try_get("", "slug")?);
            let key = (row.try_get("", "circle_id")?, row.try_get("", "name")?);
            book.communities.insert(key, (row.try_get("", "id")?, facts(&row)?));
        }
        Ok(book)
    }

    /// The number of a community, put into the dictionary with its district and circle as far as they are new.
    pub async fn put(
        &mut self,
        tx: &Tx,
        district: &str,
        circle: &str,
        name: &str,
        new: &CommunityFacts,
    ) -> StoreResult<(i64, Put)> {
        let circle = self.circle(tx, district, circle).await?;
        let key = (circle, name.to_owned());
        if let Some((id, known)) = self.communities.get(&key) {
            let (id, merged) = (*id, merge(known, new));
            if merged == *known {
                return Ok((id, Put::Unchanged));
            }
            self.write(tx, id, circle, name, &merged, Put::Updated).await?;
            self.communities.insert(key, (id, merged));
            return Ok((id, Put::Updated));
        }
        let id = self.number(tx).await?;
        self.write(tx, id, circle, name, new, Put::Added).await?;
        self.communities.insert(key, (id, new.clone()));
        Ok((id, Put::Added))
    }

    async fn circle(&mut self, tx: &Tx, district: &str, circle: &str) -> StoreResult<i64> {
        let district_id = match self.districts.get(bare(district)) {
            Some(id) => *id,
            None => {
                let id = self.number(tx).await?;
                let slug = free_slug(&mut self.slugs[0], district);
                tx.run(
                    "INSERT INTO district (id, city_id, slug, name) VALUES ($1, $2, $3, $4)",
                    [id.into(), self.city.into(), slug.into(), district.into()],
                )
                .await?;
                self.districts.insert(bare(district).to_owned(), id);
                id
            }
        };
        let key = (district_id, circle.to_owned());
        if let Some(id) = self.circles.get(&key) {
            return Ok(*id);
        }
        let id = self.number(tx).await?;
        let slug = free_slug(&mut self.slugs[1], circle);
        tx.run(
            "INSERT INTO circle (id, city_id, district_id, slug, name) VALUES ($1, $2, $3, $4, $5)",
            [id.into(), self.city.into(), district_id.into(), slug.into(), circle.into()],
        )
        .await?;
        self.circles.insert(key, id);
        Ok(id)
    }

    async fn write(
        &mut self,
        tx: &Tx,
        id: i64,
        circle: i64,
        name: &str,
        facts: &CommunityFacts,
        put: Put,
    ) -> StoreResult<()> {
        // Destructured whole: a new fact stops the build until it is written here.
        let CommunityFacts {
            aliases,
            address,
            built_year,
            position,
            metro,
            school,
            source_unit_price,
            source_on_sale,
            source_date,
        } = facts;
        let (lat, lon) = position.unzip();
        let (metro_name, metro_m) = metro.clone().unzip();
        let (school_name, school_m) = school.clone().unzip();
        let mut values: Vec<Value> = vec![
            id.into(),
            serde_json::to_string(aliases).map_err(StoreError::corrupt)?.into(),
            address.clone().into(),
            (*built_year).into(),
            lat.into(),
            lon.into(),
            metro_name.into(),
            metro_m.into(),
            school_name.into(),
            school_m.into(),
            (*source_unit_price).into(),
            (*source_on_sale).into(),
            (*source_date).into(),
        ];
        let sql = if put == Put::Updated {
            "UPDATE community SET aliases = $2, address = $3, built_year = $4, lat_e6 = $5, lon_e6 = $6, \
             metro_name = $7, metro_m = $8, school_name = $9, school_m = $10, source_unit_price = $11, \
             source_on_sale = $12, source_date = $13 WHERE id = $1"
        } else {
            let (pinyin, initials) = spell(name);
            let slug = free_slug(&mut self.slugs[2], name);
            values.extend([
                Value::from(self.city),
                circle.into(),
                slug.into(),
                name.into(),
                pinyin.into(),
                initials.into(),
            ]);
            "INSERT INTO community (id, aliases, address, built_year, lat_e6, lon_e6, metro_name, metro_m, \
             school_name, school_m, source_unit_price, source_on_sale, source_date, city_id, circle_id, slug, name, \
             pinyin, initials) \
             VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19)"
        };
        tx.run(sql, values).await?;
        Ok(())
    }

    async fn number(&mut self, tx: &Tx) -> StoreResult<i64> {
        if self.numbers.is_empty() {
            const BLOCK: i64 = 256;
            let first = tx.numbers(&Sequence::Row, BLOCK).await?;
            self.numbers = first..first + BLOCK;
        }
        self.numbers.next().ok_or_else(|| StoreError::corrupt("a block of numbers was empty"))
    }
}

/// A Chinese name in pinyin without tones and spaces, and its initials; Latin letters and digits stay, the rest
/// is left out.
pub fn spell(name: &str) -> (String, String) {
    let (mut full, mut initials) = (String::new(), String::new());
    for c in name.chars() {
        match c.to_pinyin() {
            Some(syllable) => {
                full.push_str(syllable.plain());
                initials.push_str(syllable.first_letter());
            }
            None if c.is_ascii_alphanumeric() => {
                full.push(c.to_ascii_lowercase());
                initials.push(c.to_ascii_lowercase());
            }
            None => {}
        }
    }
    (full, initials)
}

/// The slug for a name that no other place of its level has.
fn free_slug(taken: &mut HashSet<String>, name: &str) -> String {
    let (full, _) = spell(name);
    let stem: String = full.chars().filter(char::is_ascii_alphanumeric).take(48).collect();
    let stem = if stem.is_empty() { "place".to_owned() } else { stem };
    let mut slug = stem.clone();
    let mut n = 1;
    while !taken.insert(slug.clone()) {
        n += 1;
        slug = format!("{stem}-{n}");
    }
    slug
}

/// A district without the word for it: sources write 徐汇 and 徐汇区, 浦东 and 浦东新区, and mean the same.
pub fn bare(district: &str) -> &str {
    let stem = ["新区", "区", "县", "市"].into_iter().find_map(|word| district.strip_suffix(word));
    stem.filter(|stem| stem.chars().count() >= 2).unwrap_or(district)
}

fn merge(known: &CommunityFacts, new: &CommunityFacts) -> CommunityFacts {
    let mut aliases = known.aliases.clone();
    for alias in &new.aliases {
        if !aliases.contains(alias) {
            aliases.push(alias.clone());
        }
    }
    CommunityFacts {
        aliases,
        address: new.address.clone().or_else(|| known.address.clone()),
        built_year: new.built_year.or(known.built_year),
        position: new.position.or(known.position),
        metro: new.metro.clone().or_else(|| known.metro.clone()),
        school: new.school.clone().or_else(|| known.school.clone()),
        source_unit_price: new.source_unit_price.or(known.source_unit_price),
        source_on_sale: new.source_on_sale.or(known.source_on_sale),
        source_date: new.source_date.or(known.source_date),
    }
}

fn facts(row: &QueryResult) -> StoreResult<CommunityFacts> {
    let aliases: String = row.try_get("", "aliases")?;
    let lat: Option<i32> = row.try_get("", "lat_e6")?;
    let metro: Option<String> = row.try_get("", "metro_name")?;
    let school: Option<String> = row.try_get("", "school_name")?;
    Ok(CommunityFacts {
        aliases: serde_json::from_str(&aliases).map_err(StoreError::corrupt)?,
        address: row.try_get("", "address")?,
        built_year: row.try_get("", "built_year")?,
        position: lat.zip(row.try_get("", "lon_e6")?),
        metro: metro.zip(row.try_get("", "metro_m")?),
        school: school.zip(row.try_get("", "school_m")?),
        source_unit_price: row.try_get("", "source_unit_price")?,
        source_on_sale: row.try_get("", "source_on_sale")?,
        source_date: row.try_get("", "source_date")?,
    })
}

pub(crate) fn slug(text: String) -> StoreResult<Slug> {
    Slug::parse(&text).ok_or_else(|| StoreError::corrupt(format!("slug `{text}`")))
}

#[cfg(test)]
mod tests;
