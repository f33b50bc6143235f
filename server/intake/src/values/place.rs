//! Places in one cell: district and business circle, joined.

use super::{Reading, read};

/// The places a joined cell names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegionRead<'a> {
    /// 区
    pub district: &'a str,
    /// 商圈
    pub circle: Option<&'a str>,
    /// What stands behind them, such as the ring road.
    pub rest: Option<&'a str>,
}

const BETWEEN: [char; 9] = [' ', '-', '/', '|', '>', '·', ',', '_', ':'];

/// District and circle: `鄞州区 姜山`, `朝阳-望京`, `朝阳 望京 四至五环`. The city before them is left out.
pub fn region<'a>(text: &'a str, city: Option<&str>) -> Reading<RegionRead<'a>> {
    read(text, |text| {
        let (mut district, mut after) = part(text)?;
        if city.is_some_and(|city| same_city(city, district))
            && let Some(next) = part(after)
        {
            (district, after) = next;
        }
        let circle = part(after).filter(|(name, _)| is_name(name));
        let rest = circle.map_or(after, |(_, rest)| rest).trim_matches(BETWEEN);
        is_name(district).then(|| RegionRead {
            district,
            circle: circle.map(|(name, _)| name),
            rest: Some(rest).filter(|r| !r.is_empty()),
        })
    })
}

/// The first part of a joined text, and what follows it.
fn part(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(BETWEEN);
    let end = text.find(BETWEEN).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

fn same_city(city: &str, place: &str) -> bool {
    city.trim_end_matches('市') == place.trim_end_matches('市')
}

/// Whether a text can be the name of a place: letters at its beginning, and not too long.
pub fn is_name(text: &str) -> bool {
    text.starts_with(char::is_alphabetic) && text.chars().nth(40).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn districts_and_circles_are_told_apart() {
        let read = |text| region(text, Some("宁波")).known().map(|r| (r.district, r.circle, r.rest));
        assert_eq!(read("鄞州区 姜山"), Some(("鄞州区", Some("姜山"), None)));
        assert_eq!(read("余姚市-兰江"), Some(("余姚市", Some("兰江"), None)));
        assert_eq!(read("宁波市 鄞州区 姜山"), Some(("鄞州区", Some("姜山"), None)));
        assert_eq!(read("朝阳 望京 四至五环"), Some(("朝阳", Some("望京"), Some("四至五环"))));
        assert_eq!(read("鄞州区"), Some(("鄞州区", None, None)));
        assert_eq!(read("23.5"), None);
        assert_eq!(region("暂无数据", None), Reading::Unknown);
    }
}
