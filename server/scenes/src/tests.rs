//! What every picture of every home keeps to.

use std::collections::HashSet;

use proptest::prelude::*;
use resvg::usvg::{Options, Tree};

use super::*;

const FACINGS: [Facing; 8] = [
    Facing::North,
    Facing::NorthEast,
    Facing::East,
    Facing::SouthEast,
    Facing::South,
    Facing::SouthWest,
    Facing::West,
    Facing::NorthWest,
];
const DECORATIONS: [Decoration; 4] = [Decoration::Rough, Decoration::Simple, Decoration::Fine, Decoration::Luxury];
const BUILDINGS: [Building; 5] =
    [Building::Slab, Building::Tower, Building::Mixed, Building::Bungalow, Building::Villa];

/// Any home the fields allow.
pub(crate) fn any_look() -> impl Strategy<Value = HomeLook> {
    let layout = (0..=9_u8, 0..=5_u8, 0..=4_u8, 0..=9_u8);
    let building = (0..5_usize, 0..=99_u8, 0..=99_u8, 1900..=2030_u16);
    (any::<u64>(), layout, building, 0..8_usize, 0..4_usize, 800..=200_000_i32).prop_map(
        |(seed, layout, building, facing, decoration, area_centi_sqm)| HomeLook {
            seed,
            storeys: building.1,
            floor: building.2,
            built_year: building.3,
            facing: FACINGS[facing],
            decoration: DECORATIONS[decoration],
            layout: Layout { rooms: layout.0, halls: layout.1, kitchens: layout.2, baths: layout.3 },
            area_centi_sqm,
            building: BUILDINGS[building.0],
        },
    )
}

/// An ordinary flat; only the seed tells it from others.
pub(crate) fn flat(seed: u64) -> HomeLook {
    HomeLook {
        seed,
        storeys: 18,
        floor: 9,
        built_year: 2008,
        facing: Facing::South,
        decoration: Decoration::Fine,
        layout: Layout { rooms: 3, halls: 2, kitchens: 1, baths: 2 },
        area_centi_sqm: 11_520,
        building: Building::Slab,
    }
}

fn check(look: &HomeLook, view: View, drawn: &str) {
    let limit = if view == View::Facade { 40_000 } else { 25_000 };
    assert!(drawn.len() <= limit, "{} bytes: {view:?} of {look:?}", drawn.len());
    assert!(drawn.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 480\""));
    assert!(drawn.contains("<title>"));
    for foreign in ["style", "<script", "href=\"http", "<image", "NaN", "inf"] {
        assert!(!drawn.contains(foreign), "{foreign} in {view:?} of {look:?}");
    }
    // Without fonts, which take longest: this asks only whether the picture is well formed.
    if let Err(error) = Tree::from_str(drawn, &Options::default()) {
        panic!("{error}: {view:?} of {look:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_picture_is_small_whole_and_self_contained(look in any_look()) {
        for view in [View::Facade, View::Living, View::Bedroom(0), View::Bedroom(1), View::Bedroom(2), View::Kitchen, View::Bath, View::Balcony] {
            check(&look, view, &svg(&look, view));
        }
        for words in [Words::Zh, Words::En] {
            check(&look, View::Plan, &svg_plan(&look, words));
        }
    }

    #[test]
    fn the_cover_is_one_of_the_pictures_of_the_home(look in any_look()) {
        let views = views(&look);
        prop_assert!(views.contains(&cover(&look)));
        prop_assert_eq!(views.iter().collect::<HashSet<_>>().len(), views.len());
    }
}

#[test]
fn the_same_look_gives_the_same_bytes() {
    for seed in 0..20 {
        for view in views(&flat(seed)) {
            assert_eq!(svg(&flat(seed), view), svg(&flat(seed), view));
        }
    }
}
