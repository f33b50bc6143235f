//! What a buyer chooses, written to and read from an address.

use super::{Method, Rate, Relief, Rules};
use crate::error::{FieldError, Problem};

coded_enum! {
    /// Which home of the family it will be.
    Owned { First = "first", Second = "second" }
}

coded_enum! {
    /// Who lends.
    LoanKind {
        /// 商业贷款
        Bank = "bank",
        /// 公积金贷款
        Fund = "fund",
        /// 组合贷款: from the fund what it gives, the rest from a bank.
        Both = "both",
    }
}

/// The choices of a buyer. [`Terms::default`] is what cards are reckoned with: least down payment, bank, 30 years,
/// level payments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Which home it will be.
    pub owned: Owned,
    /// Down payment in percent of the price; without it the least.
    pub down: Option<u8>,
    /// Who lends.
    pub kind: LoanKind,
    /// At most so much from the fund, in 万元; without it the cap.
    pub fund: Option<u16>,
    /// Years, 1 to 30.
    pub years: u8,
    /// How it is paid back.
    pub method: Method,
    /// The bank's rate; without it the LPR.
    pub rate: Option<Rate>,
    /// The agency's fee; without it the usual one.
    pub fee: Option<Rate>,
    /// Paid on top, in 万元.
    pub early: Option<u16>,
    /// After so many years.
    pub early_after: Option<u8>,
    /// What becomes easier then.
    pub relief: Option<Relief>,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            owned: Owned::First,
            down: None,
            kind: LoanKind::Bank,
            fund: None,
            years: Self::MOST_YEARS,
            method: Method::Level,
            rate: None,
            fee: None,
            early: None,
            early_after: None,
            relief: None,
        }
    }
}

impl Terms {
    /// The longest term banks give.
    pub const MOST_YEARS: u8 = 30;
    /// The field names, in the order of [`Self::pairs`].
    pub const FIELDS: [&str; 11] =
        ["owned", "down", "loan", "fund", "years", "method", "rate", "fee", "early", "early_after", "relief"];

    /// Reads decoded pairs of a query string; fields of others are skipped, empty ones as well. What cannot be used
    /// becomes a problem and changes nothing; what is the default anyway is left out.
    pub fn read<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>, rules: &Rules) -> (Self, Vec<FieldError>) {
        let (mut terms, mut problems) = (Self::default(), Vec::new());
        for (field, value) in pairs.into_iter().take(64) {
            let value = value.trim();
            if value.is_empty() || !Self::FIELDS.contains(&field) {
                continue;
            }
            if let Err(problem) = terms.accept(field, value, rules) {
                problems.push(FieldError::new(field, problem, value));
            }
        }
        (terms, problems)
    }

    pub(crate) fn accept(&mut self, field: &str, value: &str, rules: &Rules) -> Result<(), Problem> {
        let unknown = Problem::UnknownValue;
        match field {
            "owned" => self.owned = Owned::from_code(value).ok_or(unknown)?,
            "down" => {
                self.down = Some(whole(value, i64::from(rules.least_down), 100)?).filter(|n| *n != rules.least_down)
            }
            "loan" => self.kind = LoanKind::from_code(value).ok_or(unknown)?,
            "fund" => {
                let cap = rules.fund_cap.0 / crate::Fen::WAN;
                self.fund = Some(whole(value, 0, cap)?).filter(|n| i64::from(*n) != cap);
            }
            "years" => self.years = whole(value, 1, i64::from(Self::MOST_YEARS))?,
            "method" => self.method = Method::from_code(value).ok_or(unknown)?,
            "rate" => self.rate = Some(share(value, 240_000)?).filter(|rate| *rate != rules.lpr),
            "fee" => self.fee = Some(share(value, 100_000)?).filter(|fee| *fee != rules.usual_fee),
            "early" => self.early = Some(whole(value, 1, i64::from(u16::MAX))?),
            "early_after" => self.early_after = Some(whole(value, 1, i64::from(Self::MOST_YEARS) - 1)?),
            "relief" => self.relief = Some(Relief::from_code(value).ok_or(unknown)?),
            _ => return Err(Problem::UnknownField),
        }
        Ok(())
    }

    /// The fields that differ from the default, in canonical order, as [`Self::read`] takes them.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let Self { owned, down, kind, fund, years, method, rate, fee, early, early_after, relief } = *self;
        let default = Self::default();
        let values = [
            (owned != default.owned).then(|| owned.to_string()),
            down.map(|n| n.to_string()),
            (kind != default.kind).then(|| kind.to_string()),
            fund.map(|n| n.to_string()),
            (years != default.years).then(|| years.to_string()),
            (method != default.method).then(|| method.to_string()),
            rate.map(|rate| rate.to_string()),
            fee.map(|fee| fee.to_string()),
            early.map(|n| n.to_string()),
            early_after.map(|n| n.to_string()),
            relief.map(|relief| relief.to_string()),
        ];
        Self::FIELDS.into_iter().zip(values).filter_map(|(field, value)| Some((field, value?))).collect()
    }

    /// The query string; empty for the default.
    pub fn query(&self) -> String {
        let pairs = self.pairs();
        pairs.iter().map(|(field, value)| format!("{field}={value}")).collect::<Vec<_>>().join("&")
    }

    /// The term in months.
    pub fn months(&self) -> u16 {
        u16::from(self.years) * 12
    }
}

/// A whole number between two others.
fn whole<T: TryFrom<i64>>(text: &str, least: i64, most: i64) -> Result<T, Problem> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let number = text.parse::<i64>().ok().filter(|_| digits).ok_or(Problem::Malformed)?;
    let fits = (least..=most).contains(&number).then_some(number).ok_or(Problem::OutOfRange)?;
    T::try_from(fits).map_err(|_| Problem::OutOfRange)
}

fn share(text: &str, most: i64) -> Result<Rate, Problem> {
    let rate = Rate::parse_percent(text).ok_or(Problem::Malformed)?;
    if rate.0 > most { Err(Problem::OutOfRange) } else { Ok(rate) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use proptest::prelude::*;

    fn read(pairs: &[(&str, &str)]) -> (Terms, Vec<FieldError>) {
        Terms::read(pairs.iter().copied(), Rules::on(NaiveDate::MAX))
    }

    #[test]
    fn what_was_chosen_stands_in_the_address() {
        let pairs = [("owned", "second"), ("down", "35"), ("loan", "both"), ("years", "20"), ("rate", "3.1")];
        let (terms, problems) = read(&pairs);
        assert_eq!(problems, []);
        assert_eq!(terms.query(), "owned=second&down=35&loan=both&years=20&rate=3.10");
        assert_eq!(Terms::default().query(), "");
    }

    #[test]
    fn what_cannot_be_used_is_said_and_changes_nothing() {
        let (terms, problems) = read(&[
            ("down", "10"),
            ("years", "31"),
            ("rate", "x"),
            ("loan", "aunt"),
            ("fund", "181"),
            ("rooms", "2"),
        ]);
        assert_eq!(terms, Terms::default());
        let found: Vec<_> = problems.iter().map(|p| p.problem).collect();
        use Problem::{Malformed, OutOfRange, UnknownValue};
        assert_eq!(found, [OutOfRange, OutOfRange, Malformed, UnknownValue, OutOfRange]);
    }

    proptest! {
        #[test]
        fn any_address_is_read_without_panic_and_its_canonical_form_is_stable(
            pairs in proptest::collection::vec(
                ("[a-z_]{0,6}|owned|down|loan|fund|years|method|rate|fee|early|early_after|relief",
                 "[0-9.]{0,8}|first|second|both|level|shorter|\\PC{0,9}"), 0..20)
        ) {
            let (first, _) = read(&pairs.iter().map(|(f, v)| (f.as_str(), v.as_str())).collect::<Vec<_>>());
            let written = first.pairs();
            let (again, problems) = read(&written.iter().map(|(f, v)| (*f, v.as_str())).collect::<Vec<_>>());
            prop_assert_eq!(problems, vec![]);
            prop_assert_eq!(again, first);
        }
    }
}
