//! The live connection of a document: one WebSocket, however many islands listen.
//!
//! It is opened by the first [`show`] and comes back by itself, later and later; not while the browser is offline,
//! the document is out of sight for long, or nobody listens. What was missed meanwhile is heard then.

use domain::live::MAX_TOPICS;
use gloo_timers::callback::Timeout;
use leptos::prelude::{ArcReadSignal, ArcRwSignal, GetUntracked, Set};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventTarget, MessageEvent, WebSocket};

/// A page's islands come and go one by one; the server is told once.
const GATHER_MS: u32 = 30;
/// The server says where it stands every 25 s. Without a word for so long the connection is dead.
const SILENCE_MS: u32 = 60_000;
const HIDDEN_MS: u32 = 5 * 60_000;
const FIRST_RETRY_MS: u32 = 2_000;
const LAST_RETRY_MS: u32 = 60_000;

thread_local! {
    static LIVE: RefCell<Live> = RefCell::default();
}

/// An island's interest in its topics; it ends when this is dropped.
#[derive(Debug)]
#[must_use = "the interest ends when this is dropped"]
pub struct Guard(u32);

/// One change, as `domain::live::Event` without the position. Read by the browser's own parser, which costs the
/// bundle nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What it belongs to.
    pub topic: String,
    /// The public code of what changed.
    pub id: String,
    /// The version it has now.
    pub version: i64,
}

/// Hears of every change in these topics after the position `from`, up to which the page contains them: `on` of each,
/// `on_resync` when some were missed and everything is to be loaded again.
pub fn show(topics: Vec<String>, from: i64, on: impl Fn(&Event) + 'static, on_resync: impl Fn() + 'static) -> Guard {
    let interest = Interest { topics, on: Rc::new(on), on_resync: Rc::new(on_resync), known: HashMap::new() };
    let (id, first) = with(|live| {
        // What the connection has heard since was not of these topics. The others hear it twice and know it.
        live.last = live.last.map_or(from, |last| last.min(from)).into();
        live.next += 1;
        live.interests.insert(live.next, interest);
        (live.next, live.next == 1)
    });
    if first {
        listen_to_the_browser();
    }
    gather();
    Guard(id)
}

/// Whether changes are heard of: false from a lost connection, or a failed attempt, until the server is heard again.
pub fn connected() -> ArcReadSignal<bool> {
    with(|live| live.connected.read_only())
}

impl Guard {
    /// This version of something is on screen: the island need not hear of it any more.
    pub fn seen(&self, id: &str, version: i64) {
        with(|live| {
            if let Some(interest) = live.interests.get_mut(&self.0) {
                interest.learn(id, version);
            }
        });
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // Dropped after the borrow: an interest may hold guards of others.
        let _interest = with(|live| live.interests.remove(&self.0));
        gather();
    }
}

struct Live {
    interests: BTreeMap<u32, Interest>,
    next: u32,
    socket: Option<Socket>,
    /// The newest event heard of.
    last: Option<i64>,
    /// Connections lost since the server was last heard.
    failures: u32,
    /// Out of sight: no connection is wanted.
    paused: bool,
    connected: ArcRwSignal<bool>,
    settling: Option<Timeout>,
    silence: Option<Timeout>,
    hiding: Option<Timeout>,
}

struct Interest {
    topics: Vec<String>,
    on: Rc<dyn Fn(&Event)>,
    on_resync: Rc<dyn Fn()>,
    /// Versions told or on screen, by id.
    known: HashMap<String, i64>,
}

struct Socket {
    inner: WebSocket,
    /// What the server was told.
    shown: Option<Vec<String>>,
    _on_open: Closure<dyn FnMut()>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_close: Closure<dyn FnMut()>,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            interests: BTreeMap::new(),
            next: 0,
            socket: None,
            last: None,
            failures: 0,
            paused: false,
            connected: ArcRwSignal::new(true),
            settling: None,
            silence: None,
            hiding: None,
        }
    }
}

impl Live {
    fn topics(&self) -> Vec<String> {
        let all: BTreeSet<&String> = self.interests.values().flat_map(|interest| &interest.topics).collect();
        all.into_iter().take(MAX_TOPICS).cloned().collect()
    }

    /// Opens the connection if one is wanted, and tells it what is shown if it does not know.
    fn settle(&mut self) {
        self.settling = None;
        let topics = self.topics();
        match &mut self.socket {
            Some(socket) => socket.show(topics, self.last),
            None if topics.is_empty() || self.paused || !online() => {}
            None => self.socket = Socket::open(),
        }
    }

    fn settle_in(&mut self, ms: u32) {
        self.settling = Some(Timeout::new(ms, || with(Live::settle)));
    }
}

impl Interest {
    /// Whether the version is news.
    fn learn(&mut self, id: &str, version: i64) -> bool {
        let news = self.known.get(id).is_none_or(|known| *known < version);
        if news {
            self.known.insert(id.to_owned(), version);
        }
        news
    }
}

impl Socket {
    fn open() -> Option<Self> {
        let location = web_sys::window()?.location();
        let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
        let inner = WebSocket::new(&format!("{scheme}://{}/live", location.host().ok()?)).ok()?;
        let on_open = Closure::new(|| with(Live::settle));
        let on_message = Closure::new(|message: MessageEvent| {
            if let Some(word) = message.data().as_string().and_then(|text| js_sys::JSON::parse(&text).ok()) {
                heard(&word);
            }
        });
        let on_close = Closure::new(lost);
        inner.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        inner.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        inner.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        Some(Self { inner, shown: None, _on_open: on_open, _on_message: on_message, _on_close: on_close })
    }

    fn show(&mut self, topics: Vec<String>, last: Option<i64>) {
        if self.inner.ready_state() != WebSocket::OPEN || self.shown.as_ref() == Some(&topics) {
            return;
        }
        let list: js_sys::Array = topics.iter().map(|topic| JsValue::from_str(topic)).collect();
        let list = js_sys::JSON::stringify(&list).map(String::from).unwrap_or_default();
        let last = last.map_or_else(String::new, |last| [",\"last\":", &last.to_string()].concat());
        // As `domain::live::Say`. Fails only when it is closed, which is heard of by itself.
        let _ = self.inner.send_with_str(&["{\"say\":\"show\",\"topics\":", &list, &last, "}"].concat());
        self.shown = Some(topics);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.inner.set_onopen(None);
        self.inner.set_onmessage(None);
        self.inner.set_onclose(None);
        let _ = self.inner.close();
    }
}

/// The state, for a moment: nothing may be called from within that could come back here.
fn with<T>(work: impl FnOnce(&mut Live) -> T) -> T {
    LIVE.with_borrow_mut(work)
}

fn gather() {
    with(|live| {
        // An attempt that waits will tell everything then.
        if live.settling.is_none() {
            live.settle_in(GATHER_MS);
        }
    });
}

/// Takes a word of the server, a `domain::live::Hear`.
fn heard(word: &JsValue) {
    let connected = with(|live| {
        live.failures = 0;
        live.silence = Some(Timeout::new(SILENCE_MS, lost));
        live.connected.clone()
    });
    if !connected.get_untracked() {
        connected.set(true);
    }
    let Some(seq) = number(word, "seq") else { return };
    match text(word, "hear").as_str() {
        "here" => with(|live| live.last = Some(seq)),
        "changed" => {
            let version = number(word, "version").unwrap_or_default();
            let event = Event { topic: text(word, "topic"), id: text(word, "id"), version };
            let news: Vec<_> = with(|live| {
                live.last = live.last.max(Some(seq));
                let interested =
                    live.interests.values_mut().filter(|interest| interest.topics.contains(&event.topic));
                interested.filter_map(|i| i.learn(&event.id, event.version).then(|| i.on.clone())).collect()
            });
            news.iter().for_each(|on| on(&event));
        }
        "resync" => {
            let all: Vec<_> = with(|live| {
                live.last = Some(seq);
                live.interests.values_mut().for_each(|interest| interest.known.clear());
                live.interests.values().map(|interest| interest.on_resync.clone()).collect()
            });
            all.iter().for_each(|on_resync| on_resync());
        }
        // A newer server may say more.
        _ => {}
    }
}

fn field(word: &JsValue, name: &str) -> Option<JsValue> {
    js_sys::Reflect::get(word, &JsValue::from_str(name)).ok()
}

fn text(word: &JsValue, name: &str) -> String {
    field(word, name).and_then(|value| value.as_string()).unwrap_or_default()
}

/// Positions and versions are far below 2^53.
fn number(word: &JsValue, name: &str) -> Option<i64> {
    field(word, name).and_then(|value| value.as_f64()).map(|number| number as i64)
}

fn lost() {
    let connected = with(|live| {
        live.silence = None;
        live.socket = None;
        // Half of it and as much again by chance: all tabs of a server that stopped do not come back at once.
        let usual = (FIRST_RETRY_MS << live.failures.min(5)).min(LAST_RETRY_MS);
        live.settle_in((f64::from(usual) * (0.5 + js_sys::Math::random())) as u32);
        live.failures += 1;
        live.connected.clone()
    });
    connected.set(false);
}

/// Closes the connection without missing it.
fn pause() {
    with(|live| {
        live.paused = true;
        live.silence = None;
        live.socket = None;
    });
}

fn resume() {
    with(|live| {
        live.paused = false;
        live.hiding = None;
        live.settle_in(0);
    });
}

fn look() {
    let hidden = web_sys::window().and_then(|window| window.document()).is_some_and(|document| document.hidden());
    if hidden {
        with(|live| live.hiding = Some(Timeout::new(HIDDEN_MS, pause)));
    } else {
        resume();
    }
}

/// An attempt without a network would only leave an error in the console.
fn online() -> bool {
    web_sys::window().is_some_and(|window| window.navigator().on_line())
}

fn listen_to_the_browser() {
    let Some(window) = web_sys::window() else { return };
    listen(&window, "online", resume);
    listen(&window, "offline", lost);
    // A page with an open connection is not kept for the way back.
    listen(&window, "pagehide", pause);
    listen(&window, "pageshow", resume);
    if let Some(document) = window.document() {
        listen(&document, "visibilitychange", look);
    }
    look();
}

fn listen(target: &EventTarget, event: &str, act: fn()) {
    let act = Closure::<dyn Fn()>::new(act);
    let _ = target.add_event_listener_with_callback(event, act.as_ref().unchecked_ref());
    // Needed as long as the document is.
    act.forget();
}
