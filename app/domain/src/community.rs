//! What the public sees of a community (小区): its market over time, its facts, what is near.

use crate::listing::Card;
use crate::money::round_div;
use crate::place::{City, PlaceName};
use crate::{Area, Fen, UnitPrice};
use chrono::{Datelike, Months, NaiveDate};

coded_enum! {
    /// What a place near a home is.
    PlaceKind {
        /// 地铁站
        Metro = "metro",
        /// 学校
        School = "school",
        /// 医院
        Hospital = "hospital",
        /// 菜场、超市
        Market = "market",
        /// 公园
        Park = "park",
        /// 噪声源: 高架, 铁路, 机场
        Noise = "noise",
    }
}

/// One named place near a community.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearby {
    /// What it is.
    pub kind: PlaceKind,
    /// Its name.
    pub name: String,
    /// Metres as the crow flies.
    pub metres: i32,
}

/// One offer of a home of the community, as far as its price over time matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// First day on the market.
    pub from: NaiveDate,
    /// Last day; none while it is offered.
    pub until: Option<NaiveDate>,
    /// Built area.
    pub area: Area,
    /// Prices from their days on, oldest first.
    pub prices: Vec<(NaiveDate, Fen)>,
}

/// The market of one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrendPoint {
    /// Its last day, or today in the current one.
    pub on: NaiveDate,
    /// Median unit price asked on that day; none where nothing was offered.
    pub median: Option<UnitPrice>,
    /// Homes offered on that day.
    pub n: u32,
}

/// The page of a community.
#[derive(Clone, Debug, PartialEq)]
pub struct CommunityPage {
    /// City, in both languages.
    pub city: City,
    /// District, circle and community.
    pub place: [PlaceName; 3],
    /// Other names.
    pub aliases: Vec<String>,
    /// Street and number.
    pub address: Option<String>,
    /// Year of the first building.
    pub built_year: Option<i16>,
    /// Homes on sale.
    pub on_sale: u32,
    /// Average unit price of the homes on sale: all prices ÷ all areas.
    pub average: Option<UnitPrice>,
    /// Their median unit price and total price.
    pub median: Option<(UnitPrice, Fen)>,
    /// Homes on sale by rooms.
    pub mix: Vec<(u8, u32)>,
    /// Month by month, oldest first.
    pub trend: Vec<TrendPoint>,
    /// Homes sold by the firm, all of them, and the last ones.
    pub sold: u32,
    /// The last ones.
    pub sold_homes: Vec<SoldHome>,
    /// Places near, nearest first within their kind.
    pub nearby: Vec<Nearby>,
    /// Some of the homes on sale.
    pub homes: Vec<Card>,
}

/// A home the firm has sold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoldHome {
    /// The home; its price is the last one asked.
    pub card: Card,
    /// The day.
    pub on: NaiveDate,
}

/// The last `months` months up to today, oldest first.
pub fn trend(offers: &[Offer], today: NaiveDate, months: u32) -> Vec<TrendPoint> {
    let first = today.with_day(1).unwrap_or(today);
    let ends = (0..months).rev().filter_map(|back| {
        let next = first.checked_sub_months(Months::new(back))?.checked_add_months(Months::new(1))?;
        Some(next.pred_opt()?.min(today))
    });
    ends.map(|on| {
        let mut units: Vec<i64> = offers.iter().filter_map(|offer| offer.unit_on(on)).map(|unit| unit.0).collect();
        units.sort_unstable();
        TrendPoint { on, median: median(&units).map(UnitPrice), n: u32::try_from(units.len()).unwrap_or(u32::MAX) }
    })
    .collect()
}

/// All prices ÷ all areas of what is offered today.
pub fn average(offers: &[Offer], today: NaiveDate) -> Option<UnitPrice> {
    let (mut price, mut area) = (0_i64, 0_i32);
    for offer in offers {
        if let Some(asked) = offer.price_on(today) {
            price = price.checked_add(asked.0)?;
            area = area.checked_add(offer.area.0)?;
        }
    }
    UnitPrice::of(Fen(price), Area(area))
}

impl Offer {
    fn price_on(&self, day: NaiveDate) -> Option<Fen> {
        let offered = self.from <= day && self.until.is_none_or(|until| until > day);
        self.prices.iter().rev().find(|(from, _)| *from <= day).map(|(_, price)| *price).filter(|_| offered)
    }

    fn unit_on(&self, day: NaiveDate) -> Option<UnitPrice> {
        UnitPrice::of(self.price_on(day)?, self.area)
    }
}

/// The middle of sorted figures; of an even number the mean of the two in the middle.
fn median(sorted: &[i64]) -> Option<i64> {
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        n if n % 2 == 1 => Some(sorted[middle]),
        _ => Some(round_div(sorted[middle - 1] + sorted[middle], 2)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn offer(from: &str, until: Option<&str>, prices: &[(&str, i64)]) -> Offer {
        let prices = prices.iter().map(|(on, wan)| (day(on), Fen::from_wan(*wan))).collect();
        Offer { from: day(from), until: until.map(day), area: Area(10_000), prices }
    }

    #[test]
    fn each_month_counts_what_was_offered_at_its_end_at_the_price_of_then() {
        let offers = [
            offer("2026-08-10", None, &[("2026-08-10", 500), ("2026-10-05", 480)]),
            offer("2026-09-01", Some("2026-10-20"), &[("2026-09-01", 600)]),
            offer("2026-11-20", None, &[("2026-11-20", 700)]),
        ];
        let found = trend(&offers, day("2026-11-24"), 5);
        let shown: Vec<_> = found.iter().map(|p| (p.on.to_string(), p.median.map(UnitPrice::yuan), p.n)).collect();
        assert_eq!(
            shown,
            [
                ("2026-07-31".into(), None, 0),
                ("2026-08-31".into(), Some(50_000), 1),
                ("2026-09-30".into(), Some(55_000), 2),
                ("2026-10-31".into(), Some(48_000), 1),
                ("2026-11-24".into(), Some(59_000), 2),
            ]
        );
        assert_eq!(average(&offers, day("2026-11-24")).map(UnitPrice::yuan), Some(59_000));
        assert_eq!(average(&[], day("2026-11-24")), None);
    }

    #[test]
    fn the_last_day_of_an_offer_is_not_a_day_of_it() {
        let ended = [offer("2026-10-01", Some("2026-10-31"), &[("2026-10-01", 500)])];
        assert_eq!(trend(&ended, day("2026-10-31"), 1)[0].n, 0);
    }
}
