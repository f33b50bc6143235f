//! The cities of mainland China: every city a file or an address may name.

use domain::Slug;
use domain::place::City;
use std::sync::LazyLock;

static CITIES: LazyLock<Vec<City>> =
    LazyLock::new(|| include_str!("../data/cities.tsv").lines().skip(1).filter_map(read).collect());

/// All of them: municipalities, prefecture-level cities, prefectures and leagues, and the county-level cities
/// that a province administers directly; by province.
pub fn all() -> &'static [City] {
    &CITIES
}

/// The city with this slug, such as `ningbo`.
pub fn by_slug(slug: &str) -> Option<City> {
    CITIES.iter().find(|city| city.slug.as_str() == slug).cloned()
}

/// The city with this Chinese name, short or official: `宁波`, `宁波市`, `延边朝鲜族自治州`.
pub fn by_name(name: &str) -> Option<City> {
    let name = name.trim();
    let named = |name: &str| CITIES.iter().find(|city| city.name == name);
    let short = || ["市", "地区", "盟", "州", "林区"].iter().find_map(|end| named(name.strip_suffix(end)?));
    let prefecture = || {
        let people = name.strip_suffix("自治州")?;
        CITIES.iter().find(|city| people.starts_with(&city.name))
    };
    named(name).or_else(short).or_else(prefecture).cloned()
}

fn read(line: &str) -> Option<City> {
    let mut columns = line.split('\t');
    let city = City {
        slug: Slug::parse(columns.next()?)?,
        name: columns.next()?.to_owned(),
        name_en: columns.next()?.to_owned(),
    };
    columns.next().is_none().then_some(city)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_line_is_a_city_with_a_slug_and_names_of_its_own() {
        assert_eq!(all().len(), include_str!("../data/cities.tsv").lines().count() - 1);
        let distinct = |part: fn(&City) -> &str| all().iter().map(part).collect::<HashSet<_>>().len();
        assert_eq!(distinct(|c| c.slug.as_str()), all().len());
        assert_eq!(distinct(|c| &c.name), all().len());
        assert_eq!(distinct(|c| &c.name_en), all().len());
        assert!(all().iter().all(|c| !c.name.ends_with('市') && c.name_en.starts_with(char::is_uppercase)));
    }

    #[test]
    fn names_are_found_short_and_official() {
        let slug = |name: &str| by_name(name).map(|c| c.slug.to_string());
        for (name, expected) in [
            ("宁波", "ningbo"),
            (" 宁波市 ", "ningbo"),
            ("杭州", "hangzhou"),
            ("延边朝鲜族自治州", "yanbian"),
            ("大兴安岭地区", "daxinganling"),
            ("兴安盟", "xingan"),
            ("神农架林区", "shennongjia"),
        ] {
            assert_eq!(slug(name).as_deref(), Some(expected), "{name}");
        }
        assert_eq!(slug("江南"), None);
        assert_eq!(slug("市"), None);
        assert_eq!(slug(""), None);
    }

    #[test]
    fn readings_are_the_official_ones_and_twins_are_told_apart() {
        for (slug, name, english) in [
            ("chongqing", "重庆", "Chongqing"),
            ("changsha", "长沙", "Changsha"),
            ("xiamen", "厦门", "Xiamen"),
            ("luliang", "吕梁", "Lüliang"),
            ("luan", "六安", "Lu'an"),
            ("changdu", "昌都", "Qamdo"),
            ("suzhou", "苏州", "Suzhou"),
            ("suzhou-anhui", "宿州", "Suzhou (Anhui)"),
            ("taizhou", "泰州", "Taizhou"),
            ("taizhou-zhejiang", "台州", "Taizhou (Zhejiang)"),
            ("xian", "西安", "Xi'an"),
            ("huhehaote", "呼和浩特", "Hohhot"),
        ] {
            let city = by_slug(slug).expect(slug);
            assert_eq!((city.name.as_str(), city.name_en.as_str()), (name, english));
        }
    }
}
