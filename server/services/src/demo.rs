//! A demo firm: the stock of an invented brokerage in Shanghai, at any size from a shop window to a million homes.
//!
//! What a home is follows from a seed and its number alone, so the same size gives the same stock everywhere; only
//! dates move with the day it is made. Districts and circles are real, everything below them is invented.

mod building;
mod dice;
mod headline;
mod home;
mod map;
mod names;
mod near;
mod photos;
mod price;
mod story;
mod world;

#[cfg(test)]
mod tests;

use crate::city;
use domain::access::{Action, Actor, allow};
use domain::place::City;
use serde::{Deserialize, Serialize};
use store::listing::NewHome;
use store::outbox::{self, Kind};
use store::place::{PlaceBook, cities, ensure_city};
use store::{Db, Moment, Scope, StoreError, StoreResult, Tx, audit, setting};
use world::World;

const SEED: u64 = 0x4D65_6E70_621F;
const CITY: &str = "shanghai";
/// The setting that tells how far the demo stock is written.
const SETTING: &str = "demo";
/// Homes in one transaction.
const CHUNK: usize = 500;

/// How large a stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Size {
    /// A shop: 72 homes on sale and 12 in other states, each with its history as it was lived.
    #[serde(rename = "small")]
    Small,
    /// 10,000 homes on sale.
    #[serde(rename = "10k")]
    TenThousand,
    /// 100,000 homes on sale.
    #[serde(rename = "100k")]
    HundredThousand,
    /// 1,000,000 homes on sale.
    #[serde(rename = "1m")]
    Million,
}

impl Size {
    /// Every size, the smallest first.
    pub const ALL: [Self; 4] = [Self::Small, Self::TenThousand, Self::HundredThousand, Self::Million];

    /// The word for it on the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::TenThousand => "10k",
            Self::HundredThousand => "100k",
            Self::Million => "1m",
        }
    }

    /// The size with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.code() == code)
    }

    /// Homes on sale, communities, districts.
    const fn numbers(self) -> (usize, usize, usize) {
        match self {
            Self::Small => (72, 24, 4),
            Self::TenThousand => (10_000, 600, 10),
            Self::HundredThousand => (100_000, 3_000, 10),
            Self::Million => (1_000_000, 12_000, 10),
        }
    }
}

/// What the demo stock is. It has no accounts: people come with the identity slice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Rooms that are or were on the market.
    pub homes: u64,
    /// Those that the public sees.
    pub public: u64,
    /// Communities in the dictionary.
    pub communities: u64,
    /// The city they are in.
    pub city: City,
    /// Whether it was there before and nothing was added.
    pub already: bool,
}

/// How far the stock is written; kept as a setting, in the transaction of the homes it speaks of.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Mark {
    size: Size,
    at_ms: i64,
    done: usize,
}

/// Writes the demo stock; takes up again where an interrupted run stopped. `progress` hears of homes done and
/// homes in all.
///
/// # Errors
/// `Forbidden` for anybody but the system. `Setup` when the city holds places or homes that are not the demo's,
/// or when a demo stock of another size was interrupted.
pub async fn fill(
    db: &Db,
    actor: &Actor,
    at: Moment,
    size: Size,
    mut progress: impl FnMut(u64, u64),
) -> StoreResult<Summary> {
    if !allow(actor, Action::Import) {
        return Err(domain::Error::Forbidden.into());
    }
    let mark = match found(db, actor).await? {
        Some(mark) => mark,
        None => Mark { size, at_ms: at.0, done: 0 },
    };
    let at = Moment(mark.at_ms);
    let world = World::new(SEED, at.day(), mark.size);
    let already = mark.done == world.homes();
    if !already {
        if mark.size != size {
            let size = mark.size.code();
            return Err(StoreError::setup(
                format!("这里有一份中断了的演示数据，规模是 {size}：请用这个规模做完，或换一个空的数据文件夹"),
                format!(
                    "a demo stock of size {size} was interrupted here: finish it with that size, or use an empty data folder"
                ),
            ));
        }
        write(db, actor, at, &world, mark, &mut progress).await?;
    }
    Ok(Summary {
        homes: world.homes() as u64,
        public: world.public as u64,
        communities: world.communities.len() as u64,
        city: demo_city()?,
        already,
    })
}

/// Gives a few homes of a written demo stock photos and a film, once.
///
/// # Errors
/// `Forbidden` for anybody but the system.
pub async fn photograph(db: &Db, actor: &Actor, at: Moment) -> StoreResult<()> {
    if !allow(actor, Action::Import) || !allow(actor, Action::EditPhotos) {
        return Err(domain::Error::Forbidden.into());
    }
    photos::give(db, actor, at).await
}

/// The mark of a demo stock that was begun here before.
async fn found(db: &Db, actor: &Actor) -> StoreResult<Option<Mark>> {
    let scope = Scope::of(actor);
    if let Some(text) = setting::read(db, &scope, SETTING).await? {
        return serde_json::from_str(&text).map(Some).map_err(StoreError::corrupt);
    }
    if cities(db, &scope).await?.iter().any(|row| row.city.slug.as_str() == CITY) {
        return Err(StoreError::setup(
            "上海已经有公司自己的小区或房源，虚构的不会混进去：演示请用空的数据文件夹",
            "Shanghai already holds places or homes of the firm, and invented ones are never mixed with them: \
             use an empty data folder for the demo",
        ));
    }
    Ok(None)
}

async fn write(
    db: &Db,
    actor: &Actor,
    at: Moment,
    world: &World,
    mut mark: Mark,
    progress: &mut impl FnMut(u64, u64),
) -> StoreResult<()> {
    let city = demo_city()?;
    let (city_id, communities) = db.write(|tx| dictionary(tx, world, mark, &city)).await?;
    let filling = Filling { world, actor, at, city: &city, city_id, communities: &communities };
    let homes = world.homes();
    while mark.done < homes {
        let from = mark.done;
        mark.done = if mark.size == Size::Small { homes } else { homes.min(from + CHUNK) };
        db.write(|tx| filling.chunk(tx, mark, from)).await?;
        progress(mark.done as u64, homes as u64);
    }
    Ok(())
}

/// Writes city and communities; returns their row numbers.
async fn dictionary(tx: Tx, world: &World, mark: Mark, city: &City) -> StoreResult<(i64, Vec<i64>)> {
    let city_id = ensure_city(&tx, city).await?.id;
    let mut book = PlaceBook::load(&tx, city_id).await?;
    let mut ids = Vec::with_capacity(world.communities.len());
    for c in &world.communities {
        ids.push(book.put(&tx, c.district.name, c.circle.name, &c.name, &c.facts).await?.0);
    }
    store::community::put(&tx, city_id, &near::places(world.seed, world.districts)).await?;
    save(&tx, mark).await?;
    Ok((city_id, ids))
}

/// What every chunk needs.
struct Filling<'a> {
    world: &'a World,
    actor: &'a Actor,
    at: Moment,
    city: &'a City,
    city_id: i64,
    communities: &'a [i64],
}

impl Filling<'_> {
    /// Writes the homes from `from` to the mark.
    async fn chunk(&self, tx: Tx, mark: Mark, from: usize) -> StoreResult<()> {
        if mark.size == Size::Small {
            story::live(self, &tx).await?;
        } else {
            let homes = (from..mark.done).map(|index| self.new_home(index)).collect();
            store::listing::insert(&tx, self.at, self.actor, self.city_id, homes).await?;
        }
        save(&tx, mark).await?;
        let detail = serde_json::json!({ "size": mark.size, "from": from, "to": mark.done });
        let entry =
            audit::Entry { actor: self.actor, action: "demo.filled", subject: "city", id: self.city_id, detail };
        audit::write(&tx, self.at, entry).await?;
        let code = format!("demo-{}", mark.done);
        outbox::put(&tx, self.at, Kind::Import, self.city.slug.as_str(), &code, 1).await
    }

    fn new_home(&self, index: usize) -> NewHome {
        let home = home::home(self.world, index);
        NewHome {
            community: self.communities[home.community],
            building: home.building,
            room: home.room,
            listing: home.listing,
        }
    }
}

async fn save(tx: &Tx, mark: Mark) -> StoreResult<()> {
    setting::write(tx, SETTING, &serde_json::to_string(&mark).map_err(StoreError::corrupt)?).await
}

fn demo_city() -> StoreResult<City> {
    city::by_slug(CITY).ok_or_else(|| StoreError::corrupt("the list of cities lacks Shanghai"))
}
