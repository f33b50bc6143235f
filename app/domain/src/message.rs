//! Messages that leave the house (短信, 邮件): what they say, on which way, and how often they are tried.

use crate::identity::NoticeKind;
use serde::{Deserialize, Serialize};

coded_enum! {
    /// The way a message goes.
    Channel {
        /// Short message to a telephone.
        Sms = "sms",
        /// Mail.
        Mail = "mail",
    }
}

coded_enum! {
    /// What has become of a message.
    MessageState {
        /// Waits for its first try.
        Queued = "queued",
        /// Somebody is sending it, as long as the lease holds.
        Sending = "sending",
        /// Was not taken; waits for the next try.
        Failed = "failed",
        /// The other side has taken it.
        Sent = "sent",
        /// Will not be tried any more.
        Dead = "dead",
        /// Was called back before it went: too late, or its reader does not want it any more.
        Cancelled = "cancelled",
    }
}

/// What a message says. Kept sealed until it is written in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Letter {
    /// A one-time code.
    Code {
        /// Six digits.
        code: String,
        /// For how many minutes it is good.
        minutes: u32,
    },
    /// The account has another number now; told to the old one.
    NumberChanged,
    /// There is a notice. Carries no more than its kind and its page.
    Notice {
        /// What it is.
        kind: NoticeKind,
        /// The page it leads to.
        path: String,
    },
    /// Confirms that a mail address belongs to whoever entered it.
    ConfirmMail {
        /// The path of the one-time link.
        path: String,
    },
    /// Somebody tries whether messages arrive.
    Test,
}

impl Letter {
    /// The stable word under which providers keep the text.
    pub const fn template(&self) -> &'static str {
        match self {
            Self::Code { .. } => "code",
            Self::NumberChanged => "number_changed",
            Self::Notice { .. } => "notice",
            Self::ConfirmMail { .. } => "confirm_mail",
            Self::Test => "test",
        }
    }

    /// What stands in the holes of that text.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Code { code, minutes } => vec![("code", code.clone()), ("minutes", minutes.to_string())],
            Self::NumberChanged | Self::Notice { .. } | Self::ConfirmMail { .. } | Self::Test => Vec::new(),
        }
    }
}

/// A message as administrators see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRow {
    /// Number.
    pub id: i64,
    /// The way it goes.
    pub channel: Channel,
    /// The address, masked.
    pub to: String,
    /// The word for what it says.
    pub template: String,
    /// What has become of it.
    pub state: MessageState,
    /// How often it was tried.
    pub tries: u32,
    /// Queued at, milliseconds UTC.
    pub made_ms: i64,
    /// Next try, or when it was sent.
    pub next_ms: i64,
    /// Why it was not taken; empty where it was, or was not tried.
    pub why: String,
    /// What it says; only in a development outbox.
    pub letter: Option<Letter>,
}

/// A message as its reader sees it afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentMessage {
    /// The way it went, by its stable word.
    pub channel: String,
    /// What it said, by the word of its template.
    pub template: String,
    /// What has become of it, by its stable word.
    pub state: String,
    /// Queued at, milliseconds UTC.
    pub at_ms: i64,
}

/// How many messages there are, and how long the oldest one has been due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueFigures {
    /// Waiting for a try, the first or another.
    pub waiting: i64,
    /// Given up.
    pub dead: i64,
    /// Taken in the last day.
    pub sent: i64,
    /// Milliseconds since the oldest waiting one was due; 0 where none is.
    pub late_ms: i64,
}

/// Tries before a message is given up.
pub const TRIES: u32 = 6;
/// For how long a message belongs to whoever has begun to send it.
pub const LEASE_MS: i64 = 60_000;

/// Milliseconds until the next try after so many that failed; `None` when it is given up. Half a minute, two, ten, an
/// hour, six hours.
pub const fn wait_ms(tries: u32) -> Option<i64> {
    const SECONDS: [i64; 5] = [30, 120, 600, 3_600, 21_600];
    if tries == 0 || tries >= TRIES { None } else { Some(SECONDS[tries as usize - 1] * 1000) }
}

/// A mail address as it is kept: trimmed, of plain signs, with a domain. Whether it exists shows the link that is sent.
pub fn mail_address(text: &str) -> Option<String> {
    let text = text.trim();
    let (local, domain) = text.rsplit_once('@')?;
    let plain = |part: &str, signs: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || signs.as_bytes().contains(&b))
            && !part.starts_with('.')
            && !part.ends_with('.')
            && !part.contains("..")
    };
    let host = domain.split('.').all(|label| plain(label, "-") && !label.starts_with('-') && !label.ends_with('-'));
    let fits = text.len() <= 254
        && local.len() <= 64
        && plain(local, "!#$%&'*+-/=?^_`{|}~.")
        && host
        && domain.contains('.');
    // The part before @ keeps its capitals: what they mean is the other side's to say.
    fits.then(|| format!("{local}@{}", domain.to_ascii_lowercase()))
}

/// `l***@example.com`.
pub fn masked_mail(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, domain)) => format!("{}***@{domain}", local.chars().next().unwrap_or('*')),
        None => "***".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_tried_less_and_less_often_and_then_given_up() {
        let waits: Vec<_> = (1..TRIES).map(|n| wait_ms(n).unwrap()).collect();
        assert!(waits.windows(2).all(|pair| pair[0] < pair[1]), "{waits:?}");
        assert_eq!((wait_ms(0), wait_ms(TRIES), wait_ms(u32::MAX)), (None, None, None));
    }

    #[test]
    fn a_letter_is_read_as_it_was_written_and_carries_no_more_than_it_must() {
        let letters = [
            Letter::Code { code: "012345".into(), minutes: 5 },
            Letter::NumberChanged,
            Letter::Notice { kind: NoticeKind::NewDevice, path: "/account".into() },
            Letter::ConfirmMail { path: "/mail/x".into() },
            Letter::Test,
        ];
        for letter in letters {
            let text = serde_json::to_string(&letter).unwrap();
            assert_eq!(serde_json::from_str::<Letter>(&text).unwrap(), letter);
        }
    }

    #[test]
    fn an_address_is_plain_and_its_mask_tells_the_host_alone() {
        assert_eq!(mail_address(" Lin.zx+1@Example.COM ").as_deref(), Some("Lin.zx+1@example.com"));
        for bad in [
            "",
            "lin",
            "@example.com",
            "lin@",
            "lin@localhost",
            "a@b..c",
            "a b@example.com",
            "林@example.com",
            "a@example.com\r\nBcc: b@example.com",
            "a@-x.com",
            ".a@example.com",
            "a,b@example.com",
            &format!("{}@example.com", "x".repeat(65)),
        ] {
            assert_eq!(mail_address(bad), None, "{bad:?}");
        }
        assert_eq!(masked_mail("lin@example.com"), "l***@example.com");
    }
}
