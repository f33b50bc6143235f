//! Guesses a mapping: names propose, cells decide.

use super::names::{self, NameSays};
use super::profile::Profile;
use super::{Column, Mapping, Reason, ReasonCode};
use crate::field::{Field, Kind};
use crate::reading::RawRow;
use crate::values::facts;
use crate::values::money::Unit;
use std::cmp::Reverse;

/// A column that could hold a field.
struct Candidate {
    column: usize,
    field: Field,
    score: u32,
    /// In percent.
    confidence: u32,
    reason: Reason,
}

/// Below this a candidate is not taken.
const ENOUGH: u32 = 45;
/// What a name is worth that can mean nothing else.
const WHOLE_NAME: u32 = 60;
/// Fewer cells than this do not speak against a name.
const FEW: usize = 10;
/// A candidate that the relation between columns proves.
const PROVEN: u32 = 95;

/// Guesses what each column holds.
pub(super) fn guess(kind: Kind, headers: &[String], rows: &[RawRow]) -> Mapping {
    let profiles: Vec<Profile<'_>> = (0..headers.len()).map(|at| Profile::of(at, rows)).collect();
    let says: Vec<NameSays> = headers.iter().map(|h| names::read_name(h)).collect();
    let mut candidates: Vec<Candidate> = Vec::new();
    for column in 0..headers.len() {
        candidates.extend(propose(column, kind, &says[column], &profiles[column]));
    }
    candidates.extend(levels(headers, &says, &profiles));
    candidates.extend(storeys(&says, &profiles));
    candidates.retain(|c| c.field.fits(kind) && c.score >= ENOUGH);
    candidates.sort_by_key(|c| (Reverse(c.score), c.column, c.field));

    let mut chosen: Vec<Option<Candidate>> = headers.iter().map(|_| None).collect();
    for candidate in candidates {
        let free = candidate.field.repeats() || chosen.iter().flatten().all(|c| c.field != candidate.field);
        if free && chosen[candidate.column].is_none() {
            let column = candidate.column;
            chosen[column] = Some(candidate);
        }
    }
    if chosen.iter().flatten().all(|c| c.field != Field::Community)
        && let Some(found) = community(&chosen, &profiles)
    {
        let column = found.column;
        chosen[column] = Some(found);
    }
    let columns = chosen.into_iter().enumerate().map(|(at, chosen)| {
        let profile = &profiles[at];
        let (field, confidence, reason) = match chosen {
            Some(c) => (c.field, c.confidence.min(100) as u8, c.reason),
            None if profile.filled == 0 => (Field::Extra, 100, Reason::new(ReasonCode::Empty, "", 0)),
            None => (Field::Extra, 50, Reason::new(ReasonCode::NoTarget, "", 0)),
        };
        Column {
            header: headers[at].clone(),
            field,
            unit: unit(field, says[at].unit, profile.median()),
            confidence,
            reason,
            examples: if field.is_private() { Vec::new() } else { profile.examples() },
        }
    });
    Mapping { kind, columns: columns.collect() }
}

/// What one column could hold, by itself.
fn propose(column: usize, kind: Kind, says: &NameSays, profile: &Profile<'_>) -> Vec<Candidate> {
    let named = |field: Field| {
        let place = says.fields.iter().filter(|f| f.fits(kind)).position(|f| *f == field)?;
        let place = u32::try_from(place).unwrap_or(9);
        Some(if says.whole { WHOLE_NAME.saturating_sub(12 * place) } else { 35_u32.saturating_sub(10 * place) })
    };
    let mut fields: Vec<Field> = says.fields.to_vec();
    fields.extend(profile.looks().filter(|f| !says.fields.contains(f)));
    if kind == Kind::Communities && profile.recognised(Field::UnitPrice) > 0 {
        fields.push(Field::AveragePrice);
    }
    let weigh = |field: Field| {
        let name = named(field);
        if profile.filled == 0 {
            let score = name.filter(|_| says.whole)?;
            let reason = Reason::new(ReasonCode::NameOnly, "", 0);
            return Some(Candidate { column, field, score, confidence: score, reason });
        }
        let fitting = profile.share(|cell| facts::fits(field, cell));
        if fitting < 50 {
            // A few odd cells prove nothing against a name, unless they are clearly something else.
            let odd = profile.filled < FEW && profile.looks().next().is_none();
            let score = name.filter(|score| odd && *score == WHOLE_NAME)?;
            let reason = Reason::new(ReasonCode::NameAgainstValues, "", fitting);
            return Some(Candidate { column, field, score, confidence: score / 2, reason });
        }
        let looks = match field {
            Field::AveragePrice => profile.recognised(Field::UnitPrice),
            field => profile.recognised(field),
        };
        let (looks, agree) = (u32::from(looks), u32::from(fitting));
        let score = name.unwrap_or(0) + looks * 40 / 100 + agree * 15 / 100;
        let (confidence, reason) = match (name, says.fields.first()) {
            (Some(name), _) => {
                (name + agree * 30 / 100 + looks * 10 / 100, Reason::new(ReasonCode::NameAndValues, "", fitting))
            }
            (None, Some(other)) => {
                (looks * 85 / 100, Reason::new(ReasonCode::ValuesOverName, other.code(), looks as u8))
            }
            (None, None) => (looks * 85 / 100, Reason::new(ReasonCode::ValuesOnly, "", looks as u8)),
        };
        Some(Candidate { column, field, score, confidence, reason })
    };
    fields.into_iter().filter_map(weigh).collect()
}

/// Districts and circles by their relation: of two columns of places, the one whose values each fall into one value
/// of the other is the level below. Names mislead here: what one file calls region the next calls district.
fn levels(headers: &[String], says: &[NameSays], profiles: &[Profile<'_>]) -> Vec<Candidate> {
    let is_place = |at: &usize| {
        let named = says[*at].fields.iter().any(|f| matches!(f, Field::District | Field::Circle | Field::Region));
        named && profiles[*at].share(|cell| facts::fits(Field::District, cell)) >= 50
    };
    let mut places: Vec<usize> = (0..headers.len()).filter(is_place).collect();
    places.sort_by_key(|at| profiles[*at].distinct);
    let [above, below, ..] = places[..] else { return Vec::new() };
    let fewer = profiles[above].distinct < profiles[below].distinct;
    let percent = profiles[below].depends_on(&profiles[above]);
    if !fewer || percent < 90 {
        return Vec::new();
    }
    let level = |column: usize, field, code, other: usize| Candidate {
        column,
        field,
        score: PROVEN,
        confidence: PROVEN,
        reason: Reason::new(code, &headers[other], percent),
    };
    vec![
        level(above, Field::District, ReasonCode::Parent, below),
        level(below, Field::Circle, ReasonCode::Child, above),
    ]
}

/// A column named floor that holds whole numbers: floors homes lie on are often 1 to 3, storeys of buildings
/// rarely.
fn storeys(says: &[NameSays], profiles: &[Profile<'_>]) -> Option<Candidate> {
    if says.iter().any(|s| s.fields.first() == Some(&Field::Storeys)) {
        return None;
    }
    let column = says.iter().position(|s| s.whole && s.fields.contains(&Field::Storeys))?;
    let profile = &profiles[column];
    let whole = |cell: &str| cell.bytes().all(|b| b.is_ascii_digit());
    let low = profile.share(|cell| whole(cell) && cell.parse::<u32>().is_ok_and(|n| n <= 3));
    (profile.filled >= 20 && profile.share(whole) >= 90 && low < 15).then(|| Candidate {
        column,
        field: Field::Storeys,
        score: PROVEN,
        confidence: PROVEN,
        reason: Reason::new(ReasonCode::StoreysNotFloor, "", low),
    })
}

/// Among the columns left over, the one that looks most like names of communities.
fn community(chosen: &[Option<Candidate>], profiles: &[Profile<'_>]) -> Option<Candidate> {
    const ENDS: [&str; 22] = [
        "苑", "花园", "家园", "小区", "公寓", "新村", "花苑", "广场", "城", "府", "庭", "园", "里", "湾", "轩", "居",
        "坊", "大厦", "弄", "号院", "期", "区",
    ];
    let left = (0..profiles.len()).filter(|at| chosen[*at].is_none());
    let likeness = |at: usize| {
        profiles[at].share(|cell| facts::fits(Field::Community, cell) && ENDS.iter().any(|end| cell.ends_with(end)))
    };
    let (percent, column) = left.map(|at| (likeness(at), at)).max_by_key(|(share, at)| (*share, Reverse(*at)))?;
    (percent >= 40).then(|| Candidate {
        column,
        field: Field::Community,
        score: ENOUGH,
        confidence: u32::from(percent) * 3 / 4,
        reason: Reason::new(ReasonCode::CommunityNames, "", percent),
    })
}

/// What numbers without a unit are counted in: what homes cost leaves little choice, the header decides between.
pub(super) fn unit(field: Field, named: Option<Unit>, median: Option<i64>) -> Option<Unit> {
    let (surely_wan, surely_yuan, middle) = match field {
        Field::Price => (5_000, 100_000, 20_000),
        Field::UnitPrice | Field::AveragePrice => (50, 1_000, 300),
        _ => return None,
    };
    Some(match (median, named) {
        (Some(n), _) if n < surely_wan => Unit::Wan,
        (Some(n), _) if n > surely_yuan => Unit::Yuan,
        (_, Some(unit)) => unit,
        (Some(n), None) if n < middle => Unit::Wan,
        (None, None) if field == Field::Price => Unit::Wan,
        _ => Unit::Yuan,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(headers: &str, rows: &[&str]) -> (Vec<String>, Vec<RawRow>) {
        let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
        let rows =
            rows.iter().enumerate().map(|(n, line)| RawRow { line: n as u64 + 2, cells: cells(line), flaw: None });
        (cells(headers), rows.collect())
    }

    fn fields(headers: &str, rows: &[&str]) -> (Kind, Vec<Field>) {
        let (headers, rows) = table(headers, rows);
        let mapping = Mapping::guess(None, &headers, &rows);
        (mapping.kind, mapping.columns.iter().map(|c| c.field).collect())
    }

    #[test]
    fn names_propose_and_cells_decide() {
        let (kind, fields) = fields(
            "Elevator,Region,District,price,Size,garden,乱七八糟",
            &[
                "板楼,东城,崇文门,650,62.0,体育馆路13号,3室1厅",
                "塔楼,东城,广渠门,530,44.0,东方财富,1室0厅",
                "板楼,西城,金融街,980,88.0,丰侨公寓,2室1厅",
            ],
        );
        assert_eq!(kind, Kind::Listings);
        use Field::*;
        assert_eq!(fields, [BuildingType, District, Circle, Price, AreaBuilt, Community, Layout]);
    }

    #[test]
    fn a_column_without_a_known_name_is_known_by_its_cells() {
        let (kind, fields) =
            fields("a,b,c,d", &["239万,98㎡,香悦花苑,13800000000", "145万,77㎡,紫御铭园,13900000000"]);
        assert_eq!(kind, Kind::Listings);
        assert_eq!(fields, [Field::Price, Field::AreaBuilt, Field::Community, Field::Personal]);
    }

    #[test]
    fn communities_are_told_from_homes() {
        let (kind, fields) = fields(
            "city_ch,date,district,area,xiaoqu,price,sale",
            &[
                "上海,20181007,黄浦,五里桥,永业公寓,123050,10",
                "上海,20181007,黄浦,新天地,无极限大厦,0,0",
                "上海,20181007,徐汇,徐家汇,天和苑,90815,3",
            ],
        );
        use Field::*;
        assert_eq!(
            (kind, fields),
            (Kind::Communities, vec![City, Date, District, Circle, Community, AveragePrice, OnSale])
        );
    }

    #[test]
    fn numbers_are_counted_in_what_homes_cost() {
        let unit = |header: &str, cell: &str| {
            let (headers, rows) = table(header, &[cell]);
            Mapping::guess(Some(Kind::Listings), &headers, &rows).columns[0].unit
        };
        assert_eq!(unit("总价", "239"), Some(Unit::Wan));
        assert_eq!(unit("总价", "2390000"), Some(Unit::Yuan));
        assert_eq!(unit("总价(元)", "239"), Some(Unit::Wan));
        assert_eq!(unit("总价(元)", "50000"), Some(Unit::Yuan));
        assert_eq!(unit("单价", "2.1"), Some(Unit::Wan));
        assert_eq!(unit("单价(元/㎡)", "21036"), Some(Unit::Yuan));
    }

    #[test]
    fn no_rows_and_no_columns_make_a_mapping_all_the_same() {
        let (headers, rows) = table("小区,总价,建筑面积", &[]);
        assert!(Mapping::guess(None, &headers, &rows).missing().is_empty());
        assert_eq!(Mapping::guess(None, &[], &[]).columns.len(), 0);
    }
}
