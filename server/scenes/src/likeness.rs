//! Proof that homes which stand beside each other in a list do not look alike.

use std::collections::HashSet;

use crate::dice::{Dice, Wheel};
use crate::palette::{FAMILIES, Mood};
use crate::tests::flat;
use crate::{View, cover, raster, svg};

/// The kinds of elements in their order: what is drawn, whatever its place and colour.
fn composition(svg: &str) -> String {
    svg.split('<').skip(1).filter_map(|tag| tag.chars().next()).collect()
}

fn colours(svg: &str) -> HashSet<&str> {
    svg.split("=\"#").skip(1).filter_map(|rest| rest.get(..6)).collect()
}

#[test]
fn covers_of_neighbours_differ_in_kind_or_in_both_colours_and_composition() {
    let mut before = (View::Plan, String::new());
    for seed in 0..10_000 {
        let look = flat(seed);
        let now = (cover(&look), svg(&look, cover(&look)));
        if now.0 == before.0 {
            assert_ne!(
                composition(&now.1),
                composition(&before.1),
                "homes {} and {seed} are composed alike",
                seed - 1
            );
            let (a, b) = (colours(&now.1), colours(&before.1));
            let (common, all) = (a.intersection(&b).count(), a.union(&b).count());
            assert!(common * 3 < all * 2, "homes {} and {seed} share {common} of {all} colours", seed - 1);
        }
        before = now;
    }
}

#[test]
fn there_are_hundreds_of_covers_by_kind_palette_light_and_arrangement() {
    let covers: HashSet<_> = (0..10_000)
        .map(|seed| {
            let look = flat(seed);
            let dice = Dice::new(seed, "");
            let (palette, arrangement) =
                (dice.spread(Wheel::Palette, FAMILIES.len()), dice.spread(Wheel::Arrangement, 5));
            (cover(&look), palette, Mood::of(&look).hour as u8, arrangement)
        })
        .collect();
    assert!(covers.len() >= 300, "only {} covers", covers.len());
}

#[test]
fn neighbours_share_neither_palette_nor_arrangement() {
    for seed in [0, 1 << 20, u64::MAX - 10_000].into_iter().flat_map(|start| start..start + 10_000) {
        let (one, next) = (Dice::new(seed, ""), Dice::new(seed.wrapping_add(1), ""));
        for n in [3, 5, FAMILIES.len()] {
            assert_ne!(one.spread(Wheel::Palette, n), next.spread(Wheel::Palette, n));
            assert_ne!(one.spread(Wheel::Arrangement, n), next.spread(Wheel::Arrangement, n));
        }
    }
}

/// Mean difference of two pictures' pixels, 0 to 255.
fn distance(one: &str, other: &str) -> f64 {
    let small = |svg: &str| raster(svg, 32).expect("draws").rgba;
    let (a, b) = (small(one), small(other));
    let sum: f64 = a.iter().zip(&b).map(|(x, y)| f64::from(x.abs_diff(*y))).sum();
    sum / (a.len() / 4 * 3) as f64
}

#[test]
fn no_two_neighbours_look_the_same_from_afar() {
    for view in [View::Facade, View::Living, View::Bedroom(0), View::Kitchen, View::Bath, View::Balcony] {
        for seed in 0..80 {
            let apart = distance(&svg(&flat(seed), view), &svg(&flat(seed + 1), view));
            assert!(apart > 6.0, "{view:?} of homes {seed} and {}: {apart:.1}", seed + 1);
        }
    }
}
