//! Telephone and identity numbers: how they are read, and how they are masked.

/// A mobile number of mainland China, kept as `+86` and eleven digits (E.164).
#[derive(Clone, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// Reads a number with or without `+86`, spaces, hyphens or brackets, in half- or full-width digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = digits(text, "+-() 　－（）＋")?;
        let national = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86").filter(|d| d.len() == 11));
        let national = national.unwrap_or(&digits);
        let mobile = national.len() == 11 && national.starts_with('1') && national.as_bytes()[1] >= b'3';
        mobile.then(|| Self(format!("+86{national}")))
    }

    /// In full, as it is stored encrypted. Never on a page without a reveal.
    pub fn full(&self) -> &str {
        &self.0
    }

    /// `138 **** 2041`.
    pub fn masked(&self) -> String {
        let national = &self.0[3..];
        format!("{} **** {}", &national[..3], &national[7..])
    }

    /// `138 0016 2041`, for the one who may see it.
    pub fn spaced(&self) -> String {
        let national = &self.0[3..];
        format!("{} {} {}", &national[..3], &national[3..7], &national[7..])
    }
}

impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Phone(..)")
    }
}

/// A citizen's identity number of 18 characters with its check character (GB 11643-1999).
#[derive(Clone, PartialEq, Eq)]
pub struct IdNumber(String);

impl IdNumber {
    /// Reads a number with or without spaces.
    pub fn parse(text: &str) -> Option<Self> {
        const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
        if text.len() != 18 || !text.is_char_boundary(17) || text.starts_with('0') {
            return None;
        }
        let (body, check) = text.split_at(17);
        let sum: Option<u32> = body.chars().zip(WEIGHTS).map(|(c, w)| c.to_digit(10).map(|d| d * w)).sum();
        let expected = b"10X98765432"[sum? as usize % 11] as char;
        let born = chrono::NaiveDate::parse_from_str(&body[6..14], "%Y%m%d").ok()?;
        (check.starts_with(expected) && born.to_string().as_str() > "1900").then_some(Self(text))
    }

    /// In full, as it is stored encrypted.
    pub fn full(&self) -> &str {
        &self.0
    }

    /// The day of birth that stands in it.
    pub fn born(&self) -> Option<chrono::NaiveDate> {
        chrono::NaiveDate::parse_from_str(self.0.get(6..14)?, "%Y%m%d").ok()
    }

    /// `310***********1234`.
    pub fn masked(&self) -> String {
        format!("{}***********{}", &self.0[..3], &self.0[14..])
    }
}

impl std::fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IdNumber(..)")
    }
}

/// The digits of a text that holds nothing else but these signs.
fn digits(text: &str, signs: &str) -> Option<String> {
    let mut out = String::new();
    for c in text.trim().chars() {
        match c {
            '0'..='9' => out.push(c),
            '０'..='９' => out.push(char::from_u32(c as u32 - '０' as u32 + '0' as u32)?),
            c if signs.contains(c) => {}
            _ => return None,
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_one_number_however_it_is_typed() {
        for text in
            ["13800162041", "+86 138 0016 2041", "0086-138-0016-2041", "１３８００１６２０４１", "8613800162041"]
        {
            assert_eq!(Phone::parse(text).map(|p| p.full().to_owned()).as_deref(), Some("+8613800162041"), "{text}");
        }
        for bad in ["", "1380016204", "12800162041", "138001620411", "138OO162041", "021-58880000"] {
            assert!(Phone::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn masks_keep_the_ends() {
        assert_eq!(Phone::parse("13800162041").unwrap().masked(), "138 **** 2041");
        assert_eq!(IdNumber::parse("11010519491231002x").unwrap().masked(), "110***********002X");
        assert!(!format!("{:?}", Phone::parse("13800162041")).contains("138"));
    }

    #[test]
    fn an_identity_number_carries_its_own_check() {
        // The example of the standard itself.
        assert!(IdNumber::parse("11010519491231002X").is_some());
        for bad in [
            "110105194912310021",
            "11010519491331002X",
            "1101051949123100",
            "",
            "一二三四五六七八九",
            "000000000000000000",
        ] {
            assert!(IdNumber::parse(bad).is_none(), "{bad}");
        }
    }
}
