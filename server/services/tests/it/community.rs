//! Communities, places near them, homes sold, and the lists of guests, on the demo firm.

use crate::firm::{Firm, on_each_engine, system};
use domain::access::Actor;
use domain::community::PlaceKind;
use domain::listing::Filter;
use domain::{Error, Slug};
use services::community::{page, sold_page};
use services::demo::{Size, fill};
use services::import::{ImportError, places};
use services::{Moment, Scope, Services, city, saved, search, sitemap};

async fn open(firm: &Firm) -> Services {
    let db = firm.open().await;
    fill(&db, &system(), Moment::now(), Size::Small, |_, _| {}).await.expect("fills");
    Services::open(db, Moment::now()).await.expect("opens")
}

fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("a slug")
}

#[tokio::test]
async fn a_community_says_what_the_tables_hold() {
    on_each_engine(async |firm| {
        let services = open(&firm).await;
        let at = Moment::now();
        let all = search::search(&services, &Scope::public(), &Filter::default(), 100, at).await.expect("answers");
        let home = &all.items[0];
        let (city, community) = (&home.city.slug, &home.community.slug);
        let found = page(&services, city, community, at).await.expect("is there");
        let here: Vec<_> = all.items.iter().filter(|card| card.community == home.community).collect();
        assert_eq!(found.on_sale as usize, here.len());
        assert_eq!(found.mix.iter().map(|(_, n)| *n).sum::<u32>(), found.on_sale);
        let (price, area) = here.iter().fold((0, 0), |(p, a), c| (p + c.price.0, a + i64::from(c.area_built.0)));
        let average = found.average.expect("an average");
        assert!((average.0 - price * 100 / area).abs() <= 1, "{average:?}");
        let today = found.trend.last().expect("twelve months");
        assert_eq!((found.trend.len(), today.n), (12, found.on_sale));
        assert!(found.nearby.iter().any(|near| near.kind == PlaceKind::School && near.metres > 0));
        assert_eq!(page(&services, city, &slug("nowhere"), at).await, Err(Error::NotFound));
    })
    .await;
}

#[tokio::test]
async fn homes_sold_stay_in_a_list_of_their_own() {
    on_each_engine(async |firm| {
        let services = open(&firm).await;
        let (shanghai, at) = (slug("shanghai"), Moment::now());
        let found = sold_page(&services, &shanghai, None, 1, at).await.expect("is there");
        let sold = firm.number("SELECT COUNT(*) FROM listing WHERE state = 'sold'").await;
        assert_eq!((i64::from(found.total), found.homes.len() as i64), (sold, sold));
        assert!(found.homes.is_sorted_by(|a, b| a.on >= b.on) && sold > 0);
        let district = &found.homes[0].card.district.slug;
        let there = sold_page(&services, &shanghai, Some(district), 1, at).await.expect("is there");
        assert!(there.total > 0 && there.homes.iter().all(|home| home.card.district.slug == *district));
        for (city, number) in [("nowhere", 1), ("shanghai", 0), ("shanghai", 99)] {
            assert_eq!(sold_page(&services, &slug(city), None, number, at).await.err(), Some(Error::NotFound));
        }
        // A guest's list keeps a home that was sold and drops one that was withdrawn.
        let code = found.homes[0].card.code.clone();
        let kept = saved::cards(&services, &Scope::public(), std::slice::from_ref(&code), at).await.expect("reads");
        assert_eq!(kept.first().map(|card| &card.code), Some(&code));
        firm.damage(&format!("UPDATE listing SET state = 'withdrawn' WHERE code = '{code}'")).await;
        assert_eq!(
            saved::cards(&services, &Scope::public(), std::slice::from_ref(&code), at).await.expect("reads"),
            []
        );
    })
    .await;
}

#[tokio::test]
async fn places_are_taken_in_once_and_bad_rows_are_told() {
    on_each_engine(async |firm| {
        let db = firm.open().await;
        let file = firm.file(
            "places.csv",
            "kind,name,lat,lon,datum\nmetro,云岚路站,31.2291,121.4795,gcj02\n地铁,云岚路站,31.2291,121.4795,gcj02\n\
             park,翠园,31.22,121.47,\npark,,31.22,121.47,\nspaceport,x,31.22,121.47,\n",
        );
        let shanghai = city::by_slug("shanghai").expect("a city");
        let report = places(&db, &system(), &shanghai, file.clone()).await.expect("takes in");
        assert_eq!((report.taken, report.duplicate), (2, 1));
        assert_eq!(report.refused, [(5, "name"), (6, "kind")]);
        let again = places(&db, &system(), &shanghai, file.clone()).await.expect("takes in");
        assert_eq!((again.taken, again.duplicate), (0, 3));
        assert_eq!(firm.number("SELECT COUNT(*) FROM audit WHERE action = 'poi.imported'").await, 2);
        assert!(matches!(places(&db, &Actor::Visitor, &shanghai, file).await, Err(ImportError::Store(_))));
        let other = firm.file("other.csv", "a,b\n1,2\n");
        assert!(matches!(places(&db, &system(), &shanghai, other).await, Err(ImportError::Columns)));
    })
    .await;
}

#[tokio::test]
async fn a_new_station_puts_the_homes_around_it_on_its_lines() {
    on_each_engine(async |firm| {
        let mut services = open(&firm).await;
        services.gallery.keep(&services.db).await.expect("keeps");
        let shanghai = city::by_slug("shanghai").expect("a city");
        let here = Filter { city: Some(shanghai.slug.clone()), ..Filter::default() };
        let find = async |services: &Services, filter: &Filter| {
            search::search(services, &Scope::public(), filter, 100, Moment::now()).await.expect("answers")
        };
        let before = find(&services, &here).await;
        let demo: Vec<_> = before.facets.values("line").iter().map(|line| line.value.clone()).collect();
        assert!(!demo.is_empty() && !demo.contains(&"77haoxian".to_owned()), "{demo:?}");
        // A station at the door of a community, and one too far from every home.
        let community = &before.items[0].community.slug;
        let lat =
            firm.number(&format!("SELECT CAST(lat_e6 AS BIGINT) FROM community WHERE slug = '{community}'")).await;
        let lon =
            firm.number(&format!("SELECT CAST(lon_e6 AS BIGINT) FROM community WHERE slug = '{community}'")).await;
        let file = firm.file(
            "stations.csv",
            &format!(
                "类别,名称,纬度,经度,线路\n地铁站,门前,{},{},77号线/磁浮线\n地铁站,78号线 远方,30.0,120.0,\n",
                lat as f64 / 1e6,
                lon as f64 / 1e6
            ),
        );
        places(&services.db, &system(), &shanghai, file).await.expect("takes in");
        for round in ["after what was kept", "as it was kept"] {
            services = Services::open(services.db.clone(), Moment::now()).await.expect("opens");
            let after = find(&services, &here).await;
            let line = |slug: &str| after.facets.values("line").iter().find(|line| line.value == slug).cloned();
            let there = line("77haoxian").expect("is offered");
            let found = find(&services, &Filter { q: "77号线".to_owned(), ..here.clone() }).await;
            assert_eq!((there.name.as_deref(), there.count), (Some("77 号线"), found.total), "{round}");
            assert!(found.total > 0 && found.items.iter().any(|card| card.community.slug == *community));
            assert_eq!(found.filter.line, [slug("77haoxian")]);
            assert_eq!(line("cifuxian").map(|line| line.count), Some(found.total));
            assert_eq!(line("78haoxian").map(|line| line.count), Some(0));
            let either = Filter { line: vec![slug("77haoxian"), slug(&demo[0])], ..here.clone() };
            assert!(find(&services, &either).await.total >= found.total);
            services.gallery.keep(&services.db).await.expect("keeps");
        }
    })
    .await;
}

#[tokio::test]
async fn the_sitemap_holds_every_public_home_once() {
    on_each_engine(async |firm| {
        let services = open(&firm).await;
        let mut codes = Vec::new();
        for part in sitemap::parts(&services, Moment::now()) {
            codes.extend(sitemap::part(&services, &part).await.expect("is there"));
        }
        let public = firm.number("SELECT COUNT(*) FROM listing WHERE state IN ('active', 'under_offer')").await;
        assert_eq!(codes.len() as i64, public);
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len() as i64, public);
    })
    .await;
}

#[tokio::test]
async fn a_seller_sees_homes_alike_and_is_kept_once_and_sealed() {
    on_each_engine(async |firm| {
        use domain::sale::SaleRequest;
        use services::sale::{ask, compare};
        let services = open(&firm).await;
        let (shanghai, at) = (slug("shanghai"), Moment::now());
        let all = search::search(&services, &Scope::public(), &Filter::default(), 100, at).await.expect("answers");
        let home = &all.items[0];
        let (name, area) = (home.community.name.clone(), home.area_built);
        let found = compare(&services, &shanghai, &name, area, None, at).await.expect("answers");
        assert_eq!(found.community.as_ref().map(|place| &place.name), Some(&name));
        assert!(found.homes.iter().all(|card| (card.area_built.0 - area.0).abs() <= area.0 / 4 + 200));
        let nothing = compare(&services, &shanghai, "没有这个小区", area, None, at).await.expect("answers");
        assert_eq!((nothing.community, nothing.estimate), (None, None));
        let asked = SaleRequest::read(&name, "90", "3", "林女士", "138 1234 5678", true).expect("reads");
        let first = ask(&services, &Actor::Visitor, &shanghai, asked.clone(), None, at).await.expect("keeps");
        assert_eq!(ask(&services, &Actor::Visitor, &shanghai, asked.clone(), None, at).await, Ok(first));
        let count = "SELECT COUNT(*) FROM sale_request WHERE community_id IS NOT NULL AND state = 'new'";
        assert_eq!(firm.number(count).await, 1);
        assert_eq!(firm.number("SELECT COUNT(*) FROM audit WHERE action = 'sale_request.made'").await, 1);
        assert_eq!(ask(&services, &Actor::Visitor, &slug("nowhere"), asked, None, at).await, Err(Error::NotFound));
        let found = services::verify::run(&services.db, &system()).await.expect("verifies");
        assert!(found.ok, "{:?}", found.checks.iter().filter(|check| !check.ok).collect::<Vec<_>>());
    })
    .await;
}
