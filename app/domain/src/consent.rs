//! Consents: for what somebody's personal data may be used, as they said it (个人信息保护法, in force since
//! 2021-11-01: given knowingly for a purpose, anew when the purpose changes (art. 14), withdrawn as easily as given
//! (art. 15), and never the price of a service that does not need it (art. 16)).

use serde::{Deserialize, Serialize};

coded_enum! {
    /// What data is used for.
    Purpose {
        /// 履约: the account itself, calls about a request, what the law demands.
        Service = "service",
        /// 营销: news of homes and offers.
        Marketing = "marketing",
        /// 共享: with other stores and partners, so that they may call.
        Share = "share",
    }
}

impl Purpose {
    /// The version of the text in force. It rises when the text says something else; what was said to an older one
    /// counts no more.
    pub const fn version(self) -> u16 {
        match self {
            Self::Service | Self::Marketing | Self::Share => 1,
        }
    }

    /// Whether it may be withdrawn by itself. Without the service there is no account: it ends with the account.
    pub const fn can_be_withdrawn(self) -> bool {
        match self {
            Self::Service => false,
            Self::Marketing | Self::Share => true,
        }
    }
}

coded_enum! {
    /// Where somebody said it.
    Source {
        /// At the door, with a code sent to their number.
        SignIn = "sign_in",
        /// On their own page.
        Account = "account",
        /// With a request to sell; the number was not proven.
        Sell = "sell",
    }
}

impl Source {
    /// Whether whoever said it had shown that the number is theirs. Anybody can type the number of somebody else: what
    /// is said so counts for answering that one request and for nothing else.
    pub const fn is_proven(self) -> bool {
        match self {
            Self::SignIn | Self::Account => true,
            Self::Sell => false,
        }
    }
}

/// One thing that was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// About which use.
    pub purpose: Purpose,
    /// To which version of the text.
    pub version: u16,
    /// Yes or no.
    pub given: bool,
    /// Milliseconds UTC.
    pub at_ms: i64,
    /// Where.
    pub source: Source,
}

/// A consent as people of the firm see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentRow {
    /// Row number.
    pub id: i64,
    /// Whose, by their masked number; none once their data was deleted.
    pub number: Option<String>,
    /// For which use.
    pub purpose: Purpose,
    /// To which version of the text.
    pub version: u16,
    /// When, milliseconds UTC.
    pub at_ms: i64,
    /// Where.
    pub source: Source,
    /// When it was withdrawn, milliseconds UTC.
    pub withdrawn_ms: Option<i64>,
}

/// Whether data may be used for a purpose, by everything that was said, the newest first.
pub fn may(purpose: Purpose, said: &[Said]) -> bool {
    let counts = |s: &&Said| s.purpose == purpose && (s.source.is_proven() || purpose == Purpose::Service);
    said.iter().find(counts).is_some_and(|s| s.given && s.version >= purpose.version())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(purpose: Purpose, given: bool, source: Source) -> Said {
        Said { purpose, version: purpose.version(), given, at_ms: 0, source }
    }

    #[test]
    fn silence_is_no_and_the_newest_word_counts() {
        let yes = said(Purpose::Marketing, true, Source::SignIn);
        let no = said(Purpose::Marketing, false, Source::Account);
        assert!(!may(Purpose::Marketing, &[]));
        assert!(may(Purpose::Marketing, std::slice::from_ref(&yes)));
        assert!(!may(Purpose::Marketing, &[no.clone(), yes.clone()]));
        assert!(may(Purpose::Marketing, &[yes.clone(), no]));
        assert!(!may(Purpose::Share, &[yes]));
    }

    #[test]
    fn a_yes_to_an_older_text_and_one_of_an_unproven_number_do_not_count() {
        let old = Said { version: 0, ..said(Purpose::Marketing, true, Source::SignIn) };
        assert!(!may(Purpose::Marketing, &[old]));
        let typed = said(Purpose::Marketing, true, Source::Sell);
        assert!(!may(Purpose::Marketing, std::slice::from_ref(&typed)));
        assert!(may(Purpose::Service, &[said(Purpose::Service, true, Source::Sell)]));
    }
}
