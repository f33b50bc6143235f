//! What a person may choose of a browser: the language, the theme, the page to begin with.

coded_enum! {
    /// A language the product is read in. Chinese is the default.
    Lang { Zh = "zh-CN", En = "en" }
}

impl Lang {
    /// The first language of an `Accept-Language` header that the product speaks, by quality, else `None`.
    pub fn from_accept(header: &str) -> Option<Self> {
        let mut best: Option<(u32, Self)> = None;
        for part in header.split(',').take(16) {
            let mut pieces = part.split(';');
            let tag = pieces.next().unwrap_or("").trim().to_ascii_lowercase();
            let quality = pieces
                .find_map(|p| p.trim().strip_prefix("q=").map(|q| q.trim().parse::<f32>().unwrap_or(0.0)))
                .map_or(1000, |q| (q.clamp(0.0, 1.0) * 1000.0) as u32);
            let lang = match tag.split('-').next() {
                Some("zh") => Self::Zh,
                Some("en") => Self::En,
                _ => continue,
            };
            if quality > 0 && best.is_none_or(|(q, _)| quality > q) {
                best = Some((quality, lang));
            }
        }
        best.map(|(_, lang)| lang)
    }
}

coded_enum! {
    /// How a page is coloured; without a choice the system decides.
    Theme { Light = "light", Dark = "dark" }
}

coded_enum! {
    /// The page somebody begins with after signing in; kept with the account.
    StartPage {
        /// 今天
        Home = "home",
        /// The directory.
        Staff = "staff",
        /// The homes on sale.
        Gallery = "gallery",
    }
}

impl StartPage {
    /// Its address.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Home => "/home",
            Self::Staff => "/staff",
            Self::Gallery => "/",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn the_best_known_language_wins() {
        assert_eq!(Lang::from_accept("en-GB,en;q=0.9,zh;q=0.5"), Some(Lang::En));
        assert_eq!(Lang::from_accept("fr, zh-TW;q=0.8, en;q=0.3"), Some(Lang::Zh));
        assert_eq!(Lang::from_accept("en;q=0, zh;q=0.1"), Some(Lang::Zh));
        assert_eq!(Lang::from_accept("de"), None);
        assert_eq!(Lang::from_accept(";;q=x,,"), None);
    }
}
