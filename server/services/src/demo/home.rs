//! One home of the demo stock: every fact drawn from the seed and the home's number, and nothing else.

use super::building::Kind;
use super::dice::{Dice, on_line};
use super::world::{Place, World};
use super::{headline, price};
use chrono::{Datelike, Days, NaiveDate};
use domain::Area;
use domain::listing::{
    BuildingType, CoOwnership, Decoration, Facing, FloorBand, Holding, Layout, LayoutKind, ListingState, Mortgage,
    Ownership, Usage,
};
use store::listing::{BuildingFacts, NewListing, NewRoom, RoomNumber};

/// A home before its community has a row number.
#[derive(Debug)]
pub(super) struct Home {
    /// Position among the communities of the world.
    pub community: usize,
    pub building: BuildingFacts,
    pub room: NewRoom,
    pub listing: NewListing,
}

/// Home `index` of a world.
pub(super) fn home(world: &World, index: usize) -> Home {
    let place = world.place(index);
    let (area, layout) = settled(world, index);
    let kind = place.community.kind;
    let age = i64::from(world.today.year()) - i64::from(place.community.built_year);
    let (floor, band) = floor(&place);

    let mut dice = world.dice(index, "room");
    let facing = facing(&mut dice, kind, place.building.facts.kind);
    let decoration = decoration(&mut dice, age);
    let ownership = ownership(&mut dice, kind, place.community.circle.level);
    let layout_kind = layout_kind(&mut dice, kind, layout, band, area);
    let inner = i64::from(area.0) * inner_share(&mut dice, &place) / 1000;
    let area_inner = dice.known(320, Area(inner as i32));

    let listed_on = listed_on(world, index);
    let traits = price::Traits { area, age, band, facing, decoration, ownership };
    let asking = price::asking(&mut world.dice(index, "price"), &place, &traits);
    let changes_until = match world.off_market(index) {
        Some(_) => listed_on + Days::new((world.today - listed_on).num_days() as u64 * 6 / 10),
        None => world.today,
    };
    let prices = price::history(&mut world.dice(index, "history"), listed_on, changes_until, asking);

    let papers = Papers::draw(&mut world.dice(index, "papers"), world.today, listed_on, place.community.built_year);
    let mut dice = world.dice(index, "offer");
    let verify_code = dice.known(740, verify_code(world, index, &place, listed_on));
    let mut listing = NewListing {
        state: ListingState::Active,
        prices,
        decoration,
        holding: papers.stated,
        only_home: papers.only_home,
        co_ownership: papers.co_ownership,
        mortgage: papers.mortgage,
        mortgage_note: (papers.mortgage == Some(Mortgage::Mortgaged))
            .then(|| format!("按揭余额约 {} 万元，过户前结清", dice.within(3..=28) * 10)),
        title_copy: papers.title_copy,
        verify_code,
        any_time: dice.chance(360),
        headline: None,
        unverified: false,
        source: None,
        source_id: None,
        fingerprint: None,
        look_alike: None,
        import_id: None,
        extra: Vec::new(),
        listed_on,
    };
    let room = NewRoom {
        number: world
            .numbered
            .then(|| RoomNumber { unit: place.unit.to_string(), room: format!("{}{:02}", place.floor, place.door) }),
        floor: floor.filter(|_| dice.chance(720)),
        floor_band: band,
        layout: Some(layout),
        layout_kind,
        area_built: area,
        area_inner,
        facing,
        ownership,
        usage: dice.known(950, usage(kind, place.number)),
        last_sale: papers.last_sale,
        certificate_on: papers.certificate_on,
        deed_tax_on: papers.deed_tax_on,
        // Numbers in sequence, because pictures of neighbouring numbers never share a palette.
        scene: world.dice(index, "scene").known(850, (world.seed as i64 & 0xFFFF) << 32 | index as i64),
    };
    if dice.chance(930) {
        listing.headline = Some(headline::write(&mut world.dice(index, "headline"), &place, &room, &listing));
    }
    Home { community: place.number, building: place.building.facts, room, listing }
}

/// The day it went on the market. Homes on sale are numbered from the oldest to the newest.
fn listed_on(world: &World, index: usize) -> NaiveDate {
    /// Days on the market at thousandths of the stock, the newest first.
    const DAYS: [(i64, i64); 7] = [(0, 0), (40, 7), (150, 33), (350, 92), (600, 190), (850, 310), (1000, 400)];
    let mut dice = world.dice(index, "listed");
    let days = match world.off_market(index) {
        None => {
            let newer = (world.public - 1 - index) as i64;
            on_line(&DAYS, (newer * 1_000_000 + dice.within(0..=999_999)) / world.public as i64)
        }
        Some(ListingState::Draft | ListingState::PendingVerify) => dice.within(0..=5),
        Some(_) => dice.within(60..=330),
    };
    world.today - Days::new(days as u64)
}

/// Area and layout, such that no home has the layout of the one before or after it: homes with odd numbers are
/// drawn again until they differ from both.
fn settled(world: &World, index: usize) -> (Area, Layout) {
    let first = shape(world, index, 0);
    if index.is_multiple_of(2) {
        return first;
    }
    let neighbours = [index - 1, index + 1];
    let taken = neighbours.map(|n| (n < world.homes()).then(|| shape(world, n, 0).1));
    (0..96).map(|attempt| shape(world, index, attempt)).find(|s| !taken.contains(&Some(s.1))).unwrap_or(first)
}

fn shape(world: &World, index: usize, attempt: usize) -> (Area, Layout) {
    let kind = world.kind(index);
    let mut dice = world.dice(index * 128 + attempt, "shape");
    // 0.01 ㎡ at thousandths of the homes of a kind.
    let area = dice.quantile(match kind {
        Kind::Lane => &[(0, 2_200), (300, 3_900), (600, 6_000), (900, 11_500), (1000, 21_000)],
        Kind::Village => {
            &[(0, 2_850), (100, 3_800), (300, 4_650), (500, 5_450), (700, 6_500), (900, 7_900), (1000, 10_400)]
        }
        Kind::Estate => {
            &[(0, 4_800), (100, 6_900), (300, 8_800), (500, 10_300), (700, 12_200), (900, 14_900), (1000, 21_500)]
        }
        Kind::Modern => {
            &[(0, 5_200), (100, 7_500), (300, 8_900), (500, 9_900), (700, 12_700), (900, 16_600), (1000, 29_000)]
        }
        Kind::Loft => &[(0, 3_200), (400, 4_550), (700, 5_900), (1000, 9_800)],
        Kind::Villa(BuildingType::StackedVilla) => &[(0, 12_500), (500, 15_800), (1000, 23_000)],
        Kind::Villa(_) => &[(0, 15_000), (300, 19_400), (600, 24_500), (900, 34_000), (1000, 52_000)],
    });
    let (rooms, halls, baths) = dice.weighted(match (kind, area / 100) {
        (Kind::Loft, ..48) => &[((1, 0, 1), 58), ((1, 1, 1), 42)],
        (Kind::Loft, ..70) => &[((1, 1, 1), 56), ((2, 1, 1), 30), ((2, 2, 1), 14)],
        (Kind::Loft, _) => &[((2, 2, 1), 40), ((2, 1, 1), 30), ((3, 1, 2), 30)],
        (Kind::Villa(_), ..200) => &[((3, 2, 2), 30), ((3, 2, 3), 30), ((4, 2, 3), 40)],
        (Kind::Villa(_), ..300) => &[((4, 2, 3), 42), ((4, 3, 3), 26), ((5, 2, 4), 32)],
        (Kind::Villa(_), _) => &[((5, 2, 4), 40), ((5, 3, 4), 34), ((6, 3, 5), 26)],
        (_, ..36) => &[((1, 0, 1), 58), ((1, 1, 1), 42)],
        (_, ..50) => &[((1, 1, 1), 50), ((2, 0, 1), 14), ((2, 1, 1), 36)],
        (_, ..66) => &[((2, 1, 1), 60), ((1, 1, 1), 13), ((2, 2, 1), 12), ((1, 2, 1), 5), ((3, 1, 1), 10)],
        (_, ..82) => &[((2, 1, 1), 39), ((2, 2, 1), 35), ((3, 1, 1), 20), ((3, 2, 1), 6)],
        (_, ..98) => &[((2, 2, 1), 32), ((3, 1, 1), 13), ((3, 2, 1), 39), ((2, 1, 1), 8), ((3, 2, 2), 8)],
        (_, ..118) => &[((3, 2, 1), 35), ((3, 2, 2), 40), ((2, 2, 2), 15), ((2, 2, 1), 10)],
        (_, ..150) => &[((3, 2, 2), 58), ((4, 2, 2), 26), ((3, 2, 1), 8), ((3, 1, 2), 8)],
        (_, ..200) => &[((4, 2, 2), 50), ((3, 2, 2), 25), ((4, 2, 3), 25)],
        _ => &[((4, 2, 3), 42), ((5, 2, 3), 30), ((5, 2, 4), 10), ((4, 2, 2), 18)],
    });
    (Area(area as i32), Layout { rooms, halls: Some(halls), kitchens: Some(1), baths: Some(baths) })
}

/// Exact floor and band; a house has neither.
fn floor(place: &Place<'_>) -> (Option<i16>, Option<FloorBand>) {
    if matches!(place.community.kind, Kind::Villa(_)) {
        return (None, None);
    }
    let floor = place.floor as i16;
    (Some(floor), place.building.facts.storeys.map(|storeys| FloorBand::of(floor, storeys)))
}

fn facing(dice: &mut Dice, kind: Kind, building: Option<BuildingType>) -> Facing {
    let south_and = |code: &str| Facing::parse(code).unwrap_or_default().with(Facing::SOUTH);
    let code = match (kind, building) {
        (Kind::Villa(_), _) => dice.weighted(&[("s,n", 80), ("s", 20)]),
        (Kind::Loft, _) => dice.weighted(&[("s", 28), ("n", 24), ("e", 24), ("w", 24)]),
        (_, Some(BuildingType::Tower | BuildingType::SlabTower)) => {
            let choices = [("s", 36), ("se", 17), ("sw", 14), ("s,n", 9), ("e", 9), ("w", 7), ("n", 8)];
            dice.weighted(&choices)
        }
        _ => dice.weighted(&[("s,n", 39), ("s", 40), ("se", 7), ("sw", 5), ("e", 3), ("w", 3), ("n", 3)]),
    };
    match dice.below(100) {
        0..3 => Facing::default(),
        3..6 if code == "s" => south_and("e"),
        _ => Facing::parse(code).unwrap_or_default(),
    }
}

fn decoration(dice: &mut Dice, age: i64) -> Option<Decoration> {
    use Decoration::{Fine, Luxury, Other, Rough, Simple};
    let decoration = dice.weighted(match age {
        ..=8 => &[(Rough, 12), (Simple, 20), (Fine, 52), (Luxury, 12), (Other, 4)],
        9..=20 => &[(Rough, 4), (Simple, 36), (Fine, 46), (Luxury, 10), (Other, 4)],
        _ => &[(Rough, 2), (Simple, 49), (Fine, 39), (Luxury, 5), (Other, 5)],
    });
    dice.known(955, decoration)
}

fn ownership(dice: &mut Dice, kind: Kind, level: i64) -> Option<Ownership> {
    use Ownership::{
        Affordable, Commodity, CoopBuilt, Military, PriceCapped, Private, PurchasedPublic, Resettlement, Shared,
        UseRight,
    };
    let ownership = dice.weighted(match kind {
        Kind::Lane => &[(UseRight, 42), (Private, 30), (PurchasedPublic, 14), (Commodity, 14)],
        Kind::Village => {
            &[(PurchasedPublic, 46), (Commodity, 46), (Resettlement, 3), (UseRight, 2), (CoopBuilt, 2), (Military, 1)]
        }
        Kind::Estate if level < 60_000 => &[(Commodity, 80), (Resettlement, 17), (Affordable, 3)],
        Kind::Modern if level < 60_000 => {
            &[(Commodity, 74), (Resettlement, 16), (Shared, 4), (PriceCapped, 3), (Affordable, 3)]
        }
        _ => &[(Commodity, 97), (Resettlement, 3)],
    });
    dice.known(960, ownership)
}

fn layout_kind(
    dice: &mut Dice,
    kind: Kind,
    layout: Layout,
    band: Option<FloorBand>,
    area: Area,
) -> Option<LayoutKind> {
    use LayoutKind::{Duplex, Flat, Maisonette, SplitLevel, Studio};
    let top_and_large = band == Some(FloorBand::Top) && area >= Area::from_sqm(110);
    let drawn = match kind {
        _ if layout.halls == Some(0) && layout.rooms == 1 => Studio,
        Kind::Loft => dice.weighted(&[(Flat, 62), (Duplex, 38)]),
        Kind::Villa(_) => dice.weighted(&[(Maisonette, 60), (Duplex, 30), (SplitLevel, 10)]),
        _ if top_and_large => dice.weighted(&[(Duplex, 45), (Maisonette, 15), (Flat, 40)]),
        _ => dice.weighted(&[(Flat, 97), (SplitLevel, 2), (Duplex, 1)]),
    };
    dice.known(880, drawn)
}

fn usage(kind: Kind, community: usize) -> Usage {
    match kind {
        Kind::Villa(_) => Usage::Villa,
        // A commercial building is of one use throughout.
        Kind::Loft if Dice::new(0, community, "usage").chance(350) => Usage::ServicedFlat,
        Kind::Loft => Usage::LiveWork,
        Kind::Lane | Kind::Village | Kind::Estate | Kind::Modern => Usage::Residence,
    }
}

/// Inner area in thousandths of the built one: the higher the house, the more of it is shared.
fn inner_share(dice: &mut Dice, place: &Place<'_>) -> i64 {
    match place.building.facts.storeys {
        Some(7..=18) => dice.within(785..=835),
        Some(19..) => dice.within(735..=795),
        _ => dice.within(880..=930),
    }
}

/// 房源核验码: district, year and a number of its own.
fn verify_code(world: &World, index: usize, place: &Place<'_>, listed_on: NaiveDate) -> String {
    // An odd multiple without the factor five goes through all eight-digit numbers before one comes again.
    let number = (world.seed as usize % 100_000_000 + index * 38_196_601) % 100_000_000;
    format!("{}-{}-{number:08}", place.community.district.code, listed_on.year())
}

/// What the papers say of the owner's time with the home.
struct Papers {
    last_sale: Option<NaiveDate>,
    deed_tax_on: Option<NaiveDate>,
    certificate_on: Option<NaiveDate>,
    stated: Option<domain::listing::HoldingBand>,
    only_home: Option<bool>,
    co_ownership: Option<CoOwnership>,
    mortgage: Option<Mortgage>,
    title_copy: Option<bool>,
}

impl Papers {
    fn draw(dice: &mut Dice, today: NaiveDate, listed_on: NaiveDate, built_year: i16) -> Self {
        /// Days between purchase and listing at thousandths of the homes.
        const HELD: [(i64, i64); 5] = [(0, 120), (180, 730), (430, 1_825), (800, 4_400), (1000, 9_000)];
        let held = dice.quantile(&HELD);
        let finished = NaiveDate::from_ymd_opt(i32::from(built_year), 7, 1).unwrap_or(listed_on);
        // Bought after it was built, and not within the last months.
        let bought = (listed_on - Days::new(held as u64)).max(finished).min(listed_on - Days::new(120));
        let years = (listed_on - bought).num_days() / 365;
        let tax = bought + Days::new(dice.within(3..=35) as u64);
        let certificate = tax + Days::new(dice.within(0..=60) as u64);
        let deed_tax_on = dice.known(340, tax);
        let certificate_on = dice.known(560, certificate);
        let last_sale = dice.known(640, bought);
        let holding = Holding::on(today, certificate_on, deed_tax_on, None, last_sale.or(Some(bought)));
        let mortgaged = if years < 10 { 480 } else { 160 };
        let mortgage = if dice.chance(mortgaged) { Mortgage::Mortgaged } else { Mortgage::Clear };
        let only_home = dice.chance(if years >= 5 { 520 } else { 380 });
        let co_ownership = if dice.chance(450) { CoOwnership::Joint } else { CoOwnership::Sole };
        Self {
            last_sale,
            deed_tax_on,
            certificate_on,
            stated: dice.known(300, holding.map(|h| h.band)).flatten(),
            only_home: dice.known(780, only_home),
            co_ownership: dice.known(860, co_ownership),
            mortgage: dice.known(820, mortgage),
            title_copy: if dice.chance(620) { Some(dice.chance(720)) } else { None },
        }
    }
}
