use super::*;
use crate::error::Problem;
use proptest::prelude::*;

fn read(pairs: &[(&str, &str)]) -> Parsed {
    Filter::read(pairs.iter().copied())
}

#[test]
fn the_whole_state_stands_in_the_address() {
    let parsed = read(&[
        ("city", "shanghai"),
        ("district", "pudong"),
        ("district", "minhang"),
        ("price_min", "150"),
        ("price_max", "100"),
        ("rooms", "2,3"),
        ("rooms", "9"),
        ("facing", "sn"),
        ("tag", "over_five_only"),
        ("sort", "unit"),
        ("q", " 近地铁 "),
        ("area_max", ""),
        ("after", "-5_77_24"),
    ]);
    assert_eq!(parsed.problems, []);
    let href = parsed.filter.href();
    assert_eq!(
        href,
        "/shanghai/listings?district=minhang,pudong&rooms=2,3,5&facing=sn&tag=over_five_only&price_min=100\
         &price_max=150&q=%E8%BF%91%E5%9C%B0%E9%93%81&sort=unit&after=-5_77_24"
    );
    let pairs = parsed.filter.pairs();
    assert_eq!(Filter::read(pairs.iter().map(|(f, v)| (*f, v.as_str()))).filter, parsed.filter);
}

#[test]
fn a_budget_stands_in_the_address_and_a_loan_only_beside_it() {
    let budget = read(&[("cash", "120"), ("monthly", "9000"), ("loan", "both"), ("owned", "first")]);
    assert_eq!(budget.problems, []);
    assert_eq!(budget.filter.query(), "cash=120&monthly=9000&loan=both");
    assert!(budget.filter.is_narrow() && !budget.filter.cleared().is_narrow());
    assert_eq!(read(&[("loan", "both")]).filter, Filter::default());
    assert_eq!(read(&[("cash", "1e9"), ("monthly", "9999999")]).problems.len(), 2);
}

#[test]
fn what_is_not_understood_is_said_and_changes_nothing() {
    let parsed = read(&[
        ("colour", "red"),
        ("decoration", "gold"),
        ("price_min", "1e9"),
        ("price_max", "-1"),
        ("district", "浦东"),
        ("sort", "best"),
    ]);
    assert_eq!(parsed.filter, Filter::default());
    let problems: Vec<_> = parsed.problems.iter().map(|p| p.problem).collect();
    use Problem::{Malformed, UnknownField, UnknownValue};
    assert_eq!(problems, [UnknownField, UnknownValue, Malformed, Malformed, Malformed, UnknownValue]);
}

#[test]
fn too_many_values_and_too_long_texts_are_cut() {
    let many: Vec<String> = (0..200).map(|i| format!("d{i}")).collect();
    let parsed = read(&[("district", &many.join(","))]);
    assert_eq!(parsed.filter.district.len(), MAX_VALUES);
    assert!(parsed.problems.iter().all(|p| p.problem == Problem::TooMany));
    let parsed = read(&[("q", &"长".repeat(500))]);
    assert_eq!((parsed.filter.q.chars().count(), parsed.problems.len()), (MAX_TEXT, 1));
}

proptest! {
    #[test]
    fn any_address_is_read_without_panic_and_its_canonical_form_is_stable(
        pairs in proptest::collection::vec(("[a-z_]{0,12}|price_min|rooms|q|tag|after|basis|sort|facing",
            "[a-z0-9,_-]{0,12}|[0-9]{1,20}|sn,s|\\PC{0,80}"), 0..30)
    ) {
        let first = Filter::read(pairs.iter().map(|(f, v)| (f.as_str(), v.as_str()))).filter;
        let written = first.pairs();
        let second = Filter::read(written.iter().map(|(f, v)| (*f, v.as_str())));
        prop_assert_eq!(second.problems, vec![]);
        prop_assert_eq!(second.filter, first);
    }
}
