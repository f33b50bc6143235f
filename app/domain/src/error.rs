//! The one error type. It crosses the wire, so it holds no private fact and no sentence: every code has a text
//! in every language, which says what happened, what was kept and what to do.

use serde::{Deserialize, Serialize};

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Error {
    /// Nobody is signed in, or the session ended (401).
    #[error("unauthenticated")]
    Unauthenticated,
    /// The person may not do this (403).
    #[error("forbidden")]
    Forbidden,
    /// Absent, or not yours to know of (404).
    #[error("not found")]
    NotFound,
    /// It was there and has been withdrawn for good (410).
    #[error("gone")]
    Gone,
    /// What was sent does not fit (422); one entry a field.
    #[error("invalid: {fields:?}")]
    Invalid {
        /// The fields that do not fit.
        fields: Vec<FieldError>,
    },
    /// A rule of the business forbids it (409).
    #[error("rule: {rule}")]
    Rule {
        /// Which rule.
        rule: Rule,
    },
    /// Somebody else changed it first (409).
    #[error("stale")]
    Stale,
    /// Too often (429).
    #[error("too many")]
    TooMany,
    /// Too often; it may be tried again after so many seconds (429).
    #[error("wait {seconds} s")]
    Wait {
        /// How long to wait.
        seconds: u32,
    },
    /// The account or the password is not right; which of the two is not said (401).
    #[error("no such sign-in")]
    NotKnown,
    /// The key that keeps a thing from being done twice came with something else before (422).
    #[error("key used")]
    KeyUsed,
    /// The server is full just now (503).
    #[error("busy")]
    Busy,
    /// A fault of ours (500), logged under this id.
    #[error("internal {id}")]
    Internal {
        /// What the person can quote and the log can be searched for.
        id: String,
    },
    /// The answer did not arrive, or could not be read.
    #[error("transport")]
    Transport,
}

/// One field that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field's name in the form or address.
    pub field: String,
    /// What is wrong with it.
    pub problem: Problem,
    /// What was sent, cut to 64 characters.
    pub value: String,
}

impl FieldError {
    /// A field error that quotes at most 64 characters of what was sent.
    pub fn new(field: impl Into<String>, problem: Problem, value: &str) -> Self {
        Self { field: field.into(), problem, value: value.chars().take(64).collect() }
    }
}

coded_enum! {
    /// What is wrong with a field.
    Problem {
        /// The field does not exist.
        UnknownField = "unknown_field",
        /// The value is not one of those offered.
        UnknownValue = "unknown_value",
        /// Not a number, date or code where one is expected.
        Malformed = "malformed",
        /// Outside the range that makes sense.
        OutOfRange = "out_of_range",
        /// Longer than allowed.
        TooLong = "too_long",
        /// More values than allowed.
        TooMany = "too_many",
        /// Needed and absent.
        Missing = "missing",
        /// Shorter than allowed.
        TooShort = "too_short",
        /// A password that is easily guessed.
        Weak = "weak",
        /// Somebody else has it already.
        Taken = "taken",
        /// Not what was entered before, or not right.
        Wrong = "wrong",
    }
}

coded_enum! {
    /// A rule of the business that can refuse a command.
    Rule {
        /// The room has another open sale listing.
        RoomListed = "room_listed",
        /// The listing cannot go from its state to the one asked for.
        StateChange = "state_change",
        /// The city requires a verification code (房源核验码) before publishing.
        VerifyCodeMissing = "verify_code_missing",
        /// The price is the one it has already.
        PriceUnchanged = "price_unchanged",
        /// The password has not been given lately: step-up.
        ConfirmFirst = "confirm_first",
        /// The role asks for a second factor, which has not been given.
        SecondNeeded = "second_needed",
        /// The passkey did not prove who is there, or there can be none here.
        PasskeyRefused = "passkey_refused",
        /// The same thing is being done just now.
        InFlight = "in_flight",
        /// The one-time link was used, is too old or never was.
        LinkSpent = "link_spent",
        /// The quota of numbers that may be seen is used up.
        RevealQuota = "reveal_quota",
        /// The quota of calls that may be begun is used up.
        CallQuota = "call_quota",
        /// No virtual number could be got.
        CallFailed = "call_failed",
        /// No provider of virtual numbers is configured.
        NoCalls = "no_calls",
        /// Nobody calls themselves.
        OwnNumber = "own_number",
        /// The one who wants to call has no telephone in their record.
        NoOwnNumber = "no_own_number",
        /// The last administrator cannot be taken away.
        LastAdmin = "last_admin",
        /// The person has left.
        PersonLeft = "person_left",
        /// Somebody still works there.
        StoreInUse = "store_in_use",
        /// The person still has something that must be handed over.
        SuccessorNeeded = "successor_needed",
        /// The person's data was deleted; there is nothing left to see.
        PersonErased = "person_erased",
        /// The audit trail is broken; nothing may be posted until it was looked into.
        TrailBroken = "trail_broken",
        /// No way for short messages is configured.
        NoMessages = "no_messages",
        /// The one-time code is wrong, too old, or was tried too often.
        CodeSpent = "code_spent",
        /// No more codes today, to this number or from this address.
        CodeQuota = "code_quota",
        /// The number belongs to another account.
        NumberInUse = "number_in_use",
    }
}

impl Error {
    /// The HTTP status this error is answered with.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Unauthenticated | Self::NotKnown => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Gone => 410,
            Self::Invalid { .. } | Self::KeyUsed => 422,
            Self::Rule { .. } | Self::Stale => 409,
            Self::TooMany | Self::Wait { .. } => 429,
            Self::Busy => 503,
            Self::Internal { .. } => 500,
            Self::Transport => 502,
        }
    }

    /// The stable word for the kind of error, as in JSON.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::Gone => "gone",
            Self::Invalid { .. } => "invalid",
            Self::Rule { rule } => rule.code(),
            Self::Stale => "stale",
            Self::TooMany | Self::Wait { .. } => "too_many",
            Self::NotKnown => "not_known",
            Self::KeyUsed => "key_used",
            Self::Busy => "busy",
            Self::Internal { .. } => "internal",
            Self::Transport => "transport",
        }
    }
}
