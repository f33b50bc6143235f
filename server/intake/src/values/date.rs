//! Days, as people and spreadsheets write them.

use super::{Reading, number, read};
use chrono::{Days, NaiveDate};

/// A day: `2023-10-16`, `2023/10/16`, `2023年10月16日`, `20231016`, `10/16/2023`, with a time of day or without,
/// or the serial number of a spreadsheet (from 1954 to 2064). A month alone is no day.
pub fn date(text: &str) -> Reading<NaiveDate> {
    read(text, |text| {
        let day = text.split([' ', 'T']).next().unwrap_or_default();
        let digits = day.split('.').next().unwrap_or_default();
        if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
            match digits.len() {
                8 if digits == day => return ymd(&digits[..4], &digits[4..6], &digits[6..]),
                5 => return serial(digits),
                _ => {}
            }
        }
        let mut parts = day.split(['-', '/', '.', '年', '月', '日']);
        let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.any(|p| !p.is_empty()) {
            return None;
        }
        if a.len() == 4 {
            return ymd(a, b, c);
        }
        // Month and day change places between countries; only a day beyond 12 tells them apart.
        match (small(a)?, small(b)?) {
            (month, 13..) if c.len() == 4 && month <= 12 => ymd(c, a, b),
            (13.., month) if c.len() == 4 && month <= 12 => ymd(c, b, a),
            _ => None,
        }
    })
}

fn small(text: &str) -> Option<u32> {
    (text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn ymd(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let year = (year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())).then(|| year.parse().ok())??;
    NaiveDate::from_ymd_opt(year, small(month)?, small(day)?).filter(|_| (1800..=2200).contains(&year))
}

fn serial(digits: &str) -> Option<NaiveDate> {
    let days = digits.parse().ok().filter(|n| (20_000..=60_000).contains(n))?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))
}

/// A year: `2010`, `2010年`, `2010年建`, `2010.0`. Whether it can be a year in which homes were built is for the
/// caller.
pub fn year(text: &str) -> Reading<i16> {
    read(text, |text| {
        let (digits, rest) = number::decimal(text)?;
        let digits = digits.strip_suffix(".0").unwrap_or(digits);
        let unit = matches!(rest.trim(), "" | "年" | "年建" | "年建成" | "年建造" | "年竣工" | "年代" | "年建设");
        digits.parse().ok().filter(|_| unit && digits.len() <= 4)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_all_their_spellings() {
        let expected = NaiveDate::from_ymd_opt(2023, 10, 16).expect("a day");
        for text in [
            "2023-10-16",
            "2023/10/16",
            "2023.10.16",
            "2023年10月16日",
            "20231016",
            "2023-10-16 12:30:00",
            "2023-10-16T00:00:00Z",
            "10/16/2023",
            "16-10-2023",
            "45215",
            "45215.5",
        ] {
            assert_eq!(date(text), Reading::Known(expected), "{text}");
        }
        assert_eq!(date("2023-1-5").known().map(|d| d.to_string()).as_deref(), Some("2023-01-05"));
        for text in ["2023-13-01", "2023-02-30", "05/06/2023", "2023-10", "2023年", "刚刚", "1", "99999", "239万"]
        {
            assert_eq!(date(text), Reading::Unreadable, "{text}");
        }
        assert_eq!(date("暂无数据"), Reading::Unknown);
    }

    #[test]
    fn years_are_read() {
        for text in ["2010", "2010年", "2010年建", "2010年建成", "2010.0"] {
            assert_eq!(year(text), Reading::Known(2010), "{text}");
        }
        assert_eq!(year("未知年建成"), Reading::Unknown);
        for text in ["2003-2010年建成", "20100", "2010.5", "老"] {
            assert_eq!(year(text), Reading::Unreadable, "{text}");
        }
    }
}
