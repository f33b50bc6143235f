//! Messages that leave the house: the job that sends them, and what administrators see of it.

use crate::identity::Signed;
use crate::{Services, fault};
use courier::{Failure, Gateway, Outgoing};
use domain::access::{Action, Actor, Role, allow};
use domain::identity::NoticeKind;
use domain::message::{Channel, Letter, MessageRow, QueueFigures};
use domain::{Error, Lang};
use futures::StreamExt;
use std::sync::Arc;
use std::time::Duration;
use store::identity::{account, notice};
use store::message::{self, Claimed};
use store::{Db, Moment, Scope, StoreResult, audit};

/// Messages claimed at once, and sent beside each other.
const AT_ONCE: u32 = 8;
/// One try: shorter than the lease, so that nobody else begins while it goes on.
const PATIENCE: Duration = Duration::from_secs(40);
/// Messages on one page.
pub const PAGE: u32 = 50;

/// Which ways out of the house there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ways {
    /// Short messages are sent.
    pub sms: bool,
    /// Mail is sent.
    pub mail: bool,
    /// Messages that nobody sends are shown to administrators: for the demo and for development alone.
    pub outbox: bool,
}

impl Ways {
    /// Whether a short message reaches anybody.
    pub fn reach_phones(self) -> bool {
        self.sms || self.outbox
    }

    /// Whether a mail reaches anybody.
    pub fn reach_mail(self) -> bool {
        self.mail || self.outbox
    }

    /// Whether what messages say may be shown: only where none of them is sent.
    pub fn open_outbox(self) -> bool {
        self.outbox && !self.sms && !self.mail
    }
}

/// A message in the words of its reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Subject of a mail.
    pub subject: String,
    /// The whole text.
    pub text: String,
}

/// Writes a message in a language; the last is scheme and host of the site, for links.
pub type Writer = fn(Lang, &Letter, &str) -> Written;

/// The job that sends messages. Any number of them, on any number of nodes, may run at once.
#[derive(Clone)]
pub struct Post {
    /// The database with the queue.
    pub db: Db,
    /// The way of short messages, where one is configured.
    pub sms: Option<Arc<dyn Gateway>>,
    /// The way of mail, where one is configured.
    pub mail: Option<Arc<dyn Gateway>>,
    /// The words.
    pub writer: Writer,
    /// Scheme and host of the site.
    pub origin: String,
}

impl std::fmt::Debug for Post {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Post({:?} {:?})", self.sms, self.mail)
    }
}

impl Post {
    /// Sends what is due, at most a few; how many were claimed. With as many as there may be, there are more.
    ///
    /// # Errors
    /// Whatever the store reports; what was claimed then is tried again when its lease ends.
    pub async fn turn(&self, at: Moment) -> StoreResult<usize> {
        let ways: Vec<Channel> = [(Channel::Sms, self.sms.is_some()), (Channel::Mail, self.mail.is_some())]
            .into_iter()
            .filter_map(|(channel, open)| open.then_some(channel))
            .collect();
        if ways.is_empty() || !message::is_due(&self.db, &scope(), at, &ways).await? {
            return Ok(0);
        }
        let claimed = self.db.write(async |tx| message::claim(&tx, at, &ways, AT_ONCE).await).await?;
        let count = claimed.len();
        let mut tries = futures::stream::iter(claimed)
            .map(|claimed| async move {
                let outcome = self.send(&claimed).await;
                (claimed, outcome)
            })
            .buffer_unordered(AT_ONCE as usize);
        while let Some((claimed, outcome)) = tries.next().await {
            self.settle(at, &claimed, &outcome).await?;
        }
        Ok(count)
    }

    async fn send(&self, claimed: &Claimed) -> Result<(), Failure> {
        let Claimed { id, channel, to, lang, letter, tries: _ } = claimed;
        let way = match channel {
            Channel::Sms => self.sms.as_ref(),
            Channel::Mail => self.mail.as_ref(),
        };
        let way = way.ok_or_else(|| Failure::later("no way"))?;
        let Written { subject, text } = (self.writer)(*lang, letter, &self.origin);
        let params = letter.params().into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
        let outgoing = Outgoing {
            id: *id,
            to: to.clone(),
            template: letter.template().to_owned(),
            lang: lang.code(),
            params: serde_json::Value::Object(params),
            subject,
            text,
        };
        tokio::time::timeout(PATIENCE, way.send(&outgoing)).await.unwrap_or_else(|_| Err(Failure::later("timed out")))
    }

    async fn settle(&self, at: Moment, claimed: &Claimed, outcome: &Result<(), Failure>) -> StoreResult<()> {
        let told = match outcome {
            Ok(()) => Ok(()),
            Err(Failure::Later(why)) => Err((why.as_str(), true)),
            Err(Failure::Never(why)) => Err((why.as_str(), false)),
        };
        if let Err(failure) = outcome {
            let template = claimed.letter.template();
            tracing::warn!(message.id = claimed.id, message.template = template, %failure, "a message was not taken");
        }
        self.db
            .write(async |tx| {
                if !message::settle(&tx, at, claimed, told).await? {
                    return Ok(());
                }
                for account in account::with_roles(&tx, &[Role::Admin]).await? {
                    notice::tell_once(&tx, at, account, NoticeKind::MessagesDead, "", "/messages?state=dead").await?;
                }
                Ok(())
            })
            .await
    }
}

/// How the queue stands, for a gauge.
///
/// # Errors
/// Whatever the store reports.
pub async fn figures_now(db: &Db, at: Moment) -> StoreResult<QueueFigures> {
    message::figures(db, &scope(), at).await
}

/// The queue as an administrator sees it.
#[derive(Clone, Debug)]
pub struct Queue {
    /// How it stands.
    pub figures: QueueFigures,
    /// The newest messages, those before a number.
    pub rows: Vec<MessageRow>,
    /// Which ways there are.
    pub ways: Ways,
}

/// The newest messages, those before a number; the ones given up alone where that is asked for. What they say is shown
/// only where none is sent.
///
/// # Errors
/// `Forbidden`; `Internal`.
pub async fn queue(
    services: &Services,
    signed: &Signed,
    at: Moment,
    before: Option<i64>,
    dead: bool,
) -> Result<Queue, Error> {
    may(signed)?;
    let (scope, ways) = (signed.scope(), services.ways);
    let (before, open) = (before.unwrap_or(i64::MAX), ways.open_outbox());
    let rows = message::list(&services.db, &scope, before, dead, open, PAGE).await.map_err(fault)?;
    let figures = message::figures(&services.db, &scope, at).await.map_err(fault)?;
    Ok(Queue { figures, rows, ways })
}

/// Has a message that was given up tried again. A code is not: it is worth nothing by then.
///
/// # Errors
/// `Forbidden`; `NotFound` for one that was not given up.
pub async fn again(services: &Services, signed: &Signed, at: Moment, id: i64) -> Result<(), Error> {
    let actor = may(signed)?;
    let done = services.db.write(async |tx| {
        if !message::again(&tx, at, id).await? {
            return Err(Error::NotFound.into());
        }
        let detail = serde_json::json!({});
        audit::write(&tx, at, audit::Entry { actor, action: "message.again", subject: "message", id, detail }).await
    });
    done.await.map_err(fault)?;
    services.post.notify_one();
    Ok(())
}

fn may(signed: &Signed) -> Result<&Actor, Error> {
    if allow(&signed.actor, Action::ManageMessages) { Ok(&signed.actor) } else { Err(Error::Forbidden) }
}

fn scope() -> Scope {
    Scope::of(&Actor::system("post"))
}
