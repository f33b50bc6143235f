//! The rows of a comparison: what each home says, which says it best, whether they differ.

use crate::portal::words;
use crate::texts::{fact, listing as text, saved};
use domain::Lang;
use domain::listing::Detail;
use domain::loan::{Bill, Rules, Terms};

/// Whether a figure had better be low or high.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Better {
    Low,
    High,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub name: String,
    /// What each home says; `None` where it is not known.
    pub cells: Vec<Option<String>>,
    /// The homes that say it best: all that share the best figure, none where all do.
    pub best: Vec<usize>,
}

impl Row {
    /// Whether the homes differ in it.
    pub(super) fn differs(&self) -> bool {
        self.cells.windows(2).any(|pair| pair[0] != pair[1])
    }

    fn words(name: &str, homes: &[Detail], cell: impl Fn(&Detail) -> Option<String>) -> Self {
        Self { name: name.to_owned(), cells: homes.iter().map(cell).collect(), best: Vec::new() }
    }

    fn figures(name: &str, better: Better, cells: Vec<Option<(i64, String)>>) -> Self {
        let figures = || cells.iter().flatten().map(|(figure, _)| *figure);
        let best = match better {
            Better::Low => figures().min(),
            Better::High => figures().max(),
        };
        let known = figures().count();
        let holders: Vec<_> = (0..cells.len()).filter(|at| cells[*at].as_ref().map(|c| c.0) == best).collect();
        // Where all are alike, or only one is known, nothing is best.
        let best = if best.is_none() || known < 2 || holders.len() == known { Vec::new() } else { holders };
        Self { name: name.to_owned(), cells: cells.into_iter().map(|c| c.map(|(_, words)| words)).collect(), best }
    }
}

/// Every row, in the order in which people ask.
pub(super) fn rows(lang: Lang, homes: &[Detail], rules: &Rules) -> Vec<Row> {
    use Better::{High, Low};
    let own = |text: Option<&'static str>| text.map(str::to_owned);
    let bill = |d: &Detail| Bill::of(d.card.price, &Terms::default(), rules);
    let yes_no = |value: Option<bool>| value.map(|v| if v { fact::yes(lang) } else { fact::no(lang) }.to_owned());
    let figures = |name, better, cell: &dyn Fn(&Detail) -> Option<(i64, String)>| {
        Row::figures(name, better, homes.iter().map(cell).collect())
    };
    let said = |name, cell: &dyn Fn(&Detail) -> Option<String>| Row::words(name, homes, cell);
    vec![
        figures(saved::price(lang), Low, &|d| Some((d.card.price.0, words::price(lang, d.card.price)))),
        figures(saved::unit_price(lang), Low, &|d| {
            Some((d.card.unit_price.0, words::unit_price(lang, d.card.unit_price)))
        }),
        figures(saved::down(lang), Low, &|d| Some((bill(d).down.0, words::price(lang, bill(d).down)))),
        figures(saved::month(lang), Low, &|d| Some((bill(d).first().0, words::yuan(lang, bill(d).first())))),
        figures(text::versus(lang), Low, &|d| {
            let per_mille = d.card.versus_median?;
            Some((i64::from(per_mille), versus(lang, per_mille)))
        }),
        said(text::layout(lang), &|d| d.card.layout.map(|l| words::layout_full(lang, l))),
        figures(fact::area_built(lang), High, &|d| {
            Some((i64::from(d.card.area_built.0), words::sqm(lang, d.card.area_built)))
        }),
        figures(fact::area_inner(lang), High, &|d| d.card.area_inner.map(|a| (i64::from(a.0), words::sqm(lang, a)))),
        said(text::facing(lang), &|d| words::facing(lang, d.card.facing)),
        said(text::floor(lang), &|d| words::floor(lang, &d.card)),
        figures(text::built(lang), High, &|d| d.card.built_year.map(|y| (i64::from(y), fact::year(lang, y)))),
        said(text::decoration(lang), &|d| own(d.card.decoration.map(|v| words::decoration(lang, v)))),
        said(text::elevator(lang), &|d| yes_no(d.card.elevator)),
        said(text::lift_ratio(lang), &|d| d.lift_ratio.map(|r| fact::lift_ratio(lang, r.homes, r.lifts))),
        said(text::building(lang), &|d| own(d.building_type.map(|v| words::building(lang, v)))),
        said(text::heating(lang), &|d| own(d.heating.map(|v| words::heating(lang, v)))),
        said(text::ownership(lang), &|d| own(d.ownership.map(|v| words::ownership(lang, v)))),
        said(text::holding(lang), &|d| own(d.card.holding.map(|h| words::holding_band(lang, h.band)))),
        said(text::only_home(lang), &|d| {
            d.card.only_home.map(|v| if v { fact::is(lang) } else { fact::is_not(lang) }.to_owned())
        }),
        said(text::mortgage(lang), &|d| own(d.mortgage.map(|v| words::mortgage(lang, v)))),
        said(text::coownership(lang), &|d| own(d.co_ownership.map(|v| words::coownership(lang, v)))),
        figures(saved::metro(lang), Low, &|d| {
            let metro = d.card.metro.clone()?;
            Some((i64::from(metro.metres), format!("{} {}", metro.name, fact::metres(lang, metro.metres))))
        }),
        figures(saved::school(lang), Low, &|d| {
            let school = d.school.clone()?;
            Some((i64::from(school.metres), format!("{} {}", school.name, fact::metres(lang, school.metres))))
        }),
        said(saved::place(lang), &|d| Some(format!("{} · {}", d.card.district.name, d.card.circle.name))),
        said(text::total_days(lang), &|d| Some(text::days(lang, d.card.days))),
        said(saved::state(lang), &|d| Some(words::state(lang, d.card.state).to_owned())),
    ]
}

fn versus(lang: Lang, per_mille: i32) -> String {
    let percent = format!("{}.{}", per_mille.unsigned_abs() / 10, per_mille.unsigned_abs() % 10);
    match per_mille {
        -4..=4 => text::versus_same(lang).to_owned(),
        5.. => text::versus_higher(lang, percent),
        _ => text::versus_lower(lang, percent),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(figures: &[Option<i64>], better: Better) -> Row {
        Row::figures("", better, figures.iter().map(|f| f.map(|f| (f, f.to_string()))).collect())
    }

    #[test]
    fn best_is_what_stands_out() {
        assert_eq!(row(&[Some(3), Some(1), Some(1)], Better::Low).best, [1, 2]);
        assert_eq!(row(&[Some(3), Some(3)], Better::High).best, [0_usize; 0]);
        assert_eq!(row(&[None, Some(3)], Better::High).best, [0_usize; 0]);
        assert!(row(&[None, Some(3)], Better::High).differs());
        assert!(!row(&[Some(3), Some(3)], Better::High).differs());
    }
}
