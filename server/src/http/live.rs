//! The live channel of a browser tab: which topics it shows, and what changes in them.
//!
//! Every `show` is answered by what the tab has missed, then `here`; or by `resync` where that cannot be told.

use std::sync::Arc;
use std::time::Duration;

use app::shell::rpc::Caller;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::ws::{CloseCode, CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use domain::live::{Event, Hear, MAX_TOPICS, Say};
use domain::{ListingCode, Slug};
use futures::{SinkExt, StreamExt};
use http::StatusCode;
use http::header::RETRY_AFTER;
use services::identity::ends::Ends;
use services::live::{Heard, Listener, Relay};
use tokio::sync::{Semaphore, watch};
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};

/// Close code: the session in which the connection began has ended.
const SESSION_ENDED: CloseCode = 4401;
const MESSAGE_BYTES: usize = 8 * 1024;
/// Reserved for every connection; grows for a larger message.
const BUFFER_BYTES: usize = 1024;
/// How often a tab may change what it shows between two pings. Each may cost a query.
const SHOWS: u32 = 100;
/// For the other side to take the close frame.
const CLOSING: Duration = Duration::from_secs(1);

/// The route `/live`. Connections end when the relay does, and when the session ends in which they began.
pub fn router<S: Clone + Send + Sync + 'static>(relay: Relay, ends: Ends) -> Router<S> {
    let limits =
        Limits { ping: Duration::from_secs(25), silence: Duration::from_secs(60), send: Duration::from_secs(10) };
    route(Channel { relay, ends, places: Arc::new(Semaphore::new(10_000)), limits })
}

#[derive(Clone)]
struct Channel {
    relay: Relay,
    ends: Ends,
    places: Arc<Semaphore>,
    limits: Limits,
}

#[derive(Clone, Copy)]
struct Limits {
    /// Between two pings.
    ping: Duration,
    /// Without a word or a pong, before a connection is given up.
    silence: Duration,
    /// For the other side to take what is sent.
    send: Duration,
}

struct Connection {
    socket: WebSocket,
    listener: Listener,
    limits: Limits,
    topics: Vec<String>,
    /// Times the tab has said what it shows since the last ping.
    shows: u32,
    /// Whose it is, and when their session ends.
    whose: Option<(i64, watch::Receiver<bool>)>,
}

/// Why a connection ends.
enum End {
    Gone,
    Closed(CloseCode, &'static str),
}

fn route<S: Clone + Send + Sync + 'static>(channel: Channel) -> Router<S> {
    Router::new().route("/live", get(join)).with_state(channel)
}

async fn join(
    State(channel): State<Channel>,
    caller: Option<Extension<Caller>>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let Channel { relay, ends, places, limits } = channel;
    let signed = caller.and_then(|Extension(caller)| caller.signed);
    let whose = signed.map(|signed| (signed.account, ends.hold(signed.session)));
    let Ok(place) = places.try_acquire_owned() else {
        return (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "60")]).into_response();
    };
    upgrade
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(BUFFER_BYTES)
        .max_write_buffer_size(2 * MESSAGE_BYTES)
        .max_message_size(MESSAGE_BYTES)
        .max_frame_size(MESSAGE_BYTES)
        .on_upgrade(async move |socket| {
            let listener = relay.subscribe();
            Connection { socket, listener, limits, topics: Vec::new(), shows: 0, whose }.serve().await;
            drop(place);
        })
}

impl Connection {
    async fn serve(mut self) {
        let Err(End::Closed(code, reason)) = self.converse().await else { return };
        let frame = CloseFrame { code, reason: reason.into() };
        if self.send(Message::Close(Some(frame))).await.is_ok() {
            // Closing over unread bytes would reset the connection and take the frame with it.
            let rest = async { while self.socket.next().await.is_some_and(|m| m.is_ok()) {} };
            let _taken_or_not = timeout(CLOSING, rest).await;
        }
    }

    async fn converse(&mut self) -> Result<(), End> {
        let mut ping = interval_at(Instant::now() + self.limits.ping, self.limits.ping);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut last_word = Instant::now();
        loop {
            tokio::select! {
                word = self.socket.next() => {
                    last_word = Instant::now();
                    self.take(word).await?;
                }
                heard = self.listener.next() => self.pass_on(heard).await?,
                () = over(self.whose.as_mut()) => return Err(End::Closed(SESSION_ENDED, "the session has ended")),
                _ = ping.tick() => {
                    if last_word.elapsed() > self.limits.silence {
                        return Err(End::Gone);
                    }
                    self.shows = 0;
                    self.send(Message::Ping(Bytes::new())).await?;
                    // Scripts see no pings: this tells the tab that it is still heard, and where it stands.
                    self.here().await?;
                }
            }
        }
    }

    async fn take(&mut self, word: Option<Result<Message, axum::Error>>) -> Result<(), End> {
        match word {
            Some(Ok(Message::Text(text))) => self.show(&text).await,
            // Pings and closes are answered by the next read, which finds the end after a close.
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Close(_))) => Ok(()),
            Some(Ok(Message::Binary(_))) => Err(refused("only text is understood")),
            Some(Err(_)) => Err(refused("not readable, or too long")),
            None => Err(End::Gone),
        }
    }

    async fn show(&mut self, text: &str) -> Result<(), End> {
        let Ok(Say::Show { topics, last }) = serde_json::from_str(text) else {
            return Err(refused("not a message of the live channel"));
        };
        if topics.len() > MAX_TOPICS {
            return Err(refused("too many topics"));
        }
        let account = self.whose.as_ref().map(|(account, _)| *account);
        if !topics.iter().all(|topic| known(topic, account)) {
            return Err(refused("unknown topic"));
        }
        self.shows += 1;
        if self.shows > SHOWS {
            return Err(refused("too many changes"));
        }
        self.topics = topics;
        match last {
            None => self.here().await,
            Some(last) => match self.listener.since(last).await {
                Ok(Some(missed)) => {
                    self.tell(&missed).await?;
                    self.here().await
                }
                Ok(None) => self.resync().await,
                Err(error) => {
                    tracing::warn!(%error, "cannot tell a tab what it has missed");
                    self.resync().await
                }
            },
        }
    }

    async fn pass_on(&mut self, heard: Heard) -> Result<(), End> {
        match heard {
            Heard::Changed(events) => self.tell(&events).await,
            Heard::Missed => self.resync().await,
            Heard::Ended => Err(End::Closed(close_code::AWAY, "the server stops")),
        }
    }

    async fn here(&mut self) -> Result<(), End> {
        self.send(text(&Hear::Here { seq: self.listener.position() })).await
    }

    async fn resync(&mut self) -> Result<(), End> {
        self.send(text(&Hear::Resync { seq: self.listener.position() })).await
    }

    /// Says what it shows of the events. Those of one message leave together: a tab that has one of them and
    /// comes back is not told the others.
    async fn tell(&mut self, events: &[Event]) -> Result<(), End> {
        let Self { socket, topics, limits, .. } = self;
        let sent = async {
            for event in events.iter().filter(|event| topics.contains(&event.topic)) {
                socket.feed(text(&Hear::Changed(event.clone()))).await?;
            }
            socket.flush().await
        };
        in_time(limits.send, sent).await
    }

    async fn send(&mut self, message: Message) -> Result<(), End> {
        in_time(self.limits.send, self.socket.send(message)).await
    }
}

fn refused(reason: &'static str) -> End {
    End::Closed(close_code::POLICY, reason)
}

/// Ends when the session has; never without one.
async fn over(whose: Option<&mut (i64, watch::Receiver<bool>)>) {
    if let Some((_, ended)) = whose
        && ended.wait_for(|ended| *ended).await.is_ok()
    {
        return;
    }
    // Nobody's, or the one who would tell it has gone with the server.
    std::future::pending().await
}

/// Whether a topic has one of the forms of [`domain::live::topic`], and an inbox is the account's own.
fn known(topic: &str, account: Option<i64>) -> bool {
    match topic.split_once(':') {
        Some(("inbox", id)) => account.is_some_and(|account| id == account.to_string()),
        Some(("gallery", city)) => Slug::parse(city).is_some(),
        Some(("listing", code)) => ListingCode::parse(code).is_some(),
        _ => false,
    }
}

fn text(hear: &Hear) -> Message {
    Message::text(serde_json::to_string(hear).expect("numbers and texts have a JSON form"))
}

/// A side that takes nothing for so long is as good as gone.
async fn in_time(patience: Duration, sent: impl Future<Output = Result<(), axum::Error>>) -> Result<(), End> {
    match timeout(patience, sent).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(End::Gone),
    }
}

#[cfg(test)]
mod tests;
