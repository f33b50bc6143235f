use super::*;
use axum::extract::ws::close_code::{AWAY, POLICY};
use serde_json::json;
use std::net::SocketAddr;
use std::ops::Range;
use store::outbox::Kind;
use store::{Db, Location, Moment, outbox};
use tempfile::TempDir;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::oneshot;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{self, Message as Frame};

const CODE: &str = "FY-202611-0001";
const LISTING: &str = "listing:FY-202611-0001";
const GALLERY: &str = "gallery:ningbo";

/// A server with nothing but the live channel, on a real socket and a real database.
struct Site {
    addr: SocketAddr,
    db: Db,
    relay: Relay,
    places: Arc<Semaphore>,
    stop: oneshot::Sender<()>,
    _folder: TempDir,
}

impl Site {
    async fn open() -> Self {
        Self::with(2, Duration::from_secs(60), Duration::from_secs(60)).await
    }

    async fn with(places: usize, ping: Duration, silence: Duration) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open_and_migrate(&Location { folder: folder.path().into(), url: None }).await.unwrap();
        let (stop, stopped) = oneshot::channel();
        let relay = Relay::start(db.clone(), 0, |_| async { Ok(()) }, async move {
            let _ = stopped.await;
        });
        let places = Arc::new(Semaphore::new(places));
        let limits = Limits { ping, silence, send: Duration::from_millis(200) };
        let router = route(Channel { relay: relay.clone(), ends: Ends::default(), places: places.clone(), limits });
        let socket = TcpSocket::new_v4().unwrap();
        // Inherited by what is accepted: a tab that takes nothing is noticed soon.
        socket.set_send_buffer_size(8 * 1024).unwrap();
        socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
        let listener: TcpListener = socket.listen(64).unwrap();
        let addr = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { addr, db, relay, places, stop, _folder: folder }
    }

    async fn write(&self, versions: Range<i64>) {
        let put = async |tx| {
            for version in versions {
                outbox::put(&tx, Moment(0), Kind::Listing, "ningbo", CODE, version).await?;
            }
            Ok(())
        };
        self.db.write(put).await.unwrap();
        self.relay.wake();
    }

    /// Writes and waits until everybody was told.
    async fn relay(&self, versions: Range<i64>) {
        let mut listener = self.relay.subscribe();
        let until = listener.position() + versions.end - versions.start;
        self.write(versions).await;
        while listener.position() < until {
            listener.next().await;
        }
    }

    async fn tab(&self) -> Tab {
        self.join(TcpSocket::new_v4().unwrap()).await.unwrap()
    }

    async fn join(&self, socket: TcpSocket) -> Result<Tab, tungstenite::Error> {
        let stream = socket.connect(self.addr).await?;
        let url = format!("ws://{}/live", self.addr);
        tokio_tungstenite::client_async(url, stream).await.map(|(socket, _)| Tab(socket))
    }
}

struct Tab(WebSocketStream<TcpStream>);

impl Tab {
    async fn say(&mut self, text: impl ToString) {
        self.0.send(Frame::text(text.to_string())).await.unwrap();
    }

    async fn show(&mut self, topics: &[&str], last: Option<i64>) {
        let mut show = json!({ "say": "show", "topics": topics });
        if let Some(last) = last {
            show["last"] = last.into();
        }
        self.say(show).await;
    }

    async fn hear(&mut self) -> Hear {
        loop {
            match self.0.next().await.unwrap().unwrap() {
                Frame::Text(text) => return serde_json::from_str(&text).unwrap(),
                Frame::Ping(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    async fn closed(&mut self) -> (u16, String) {
        loop {
            match self.0.next().await {
                Some(Ok(Frame::Close(Some(frame)))) => return (frame.code.into(), frame.reason.to_string()),
                Some(Ok(Frame::Text(_) | Frame::Ping(_))) => {}
                other => panic!("{other:?}"),
            }
        }
    }
}

fn changed(seq: i64, topic: &str, version: i64) -> Hear {
    Hear::Changed(Event { seq, topic: topic.into(), id: CODE.into(), version })
}

#[tokio::test]
async fn a_tab_hears_the_changes_of_what_it_shows_and_of_nothing_else() {
    let site = Site::open().await;
    let (mut gallery, mut listing) = (site.tab().await, site.tab().await);
    gallery.show(&[GALLERY, "listing:FY-202611-0002"], None).await;
    listing.show(&[LISTING], None).await;
    assert_eq!(gallery.hear().await, Hear::Here { seq: 0 });
    assert_eq!(listing.hear().await, Hear::Here { seq: 0 });
    site.write(7..8).await;
    assert_eq!(gallery.hear().await, changed(1, GALLERY, 7));
    assert_eq!(listing.hear().await, changed(1, LISTING, 7));
    site.relay(8..9).await;
    gallery.show(&[], None).await;
    assert_eq!(gallery.hear().await, changed(2, GALLERY, 8));
    assert_eq!(gallery.hear().await, Hear::Here { seq: 2 });
    site.relay(9..10).await;
    gallery.show(&[GALLERY], None).await;
    assert_eq!(gallery.hear().await, Hear::Here { seq: 3 });
}

#[tokio::test]
async fn a_tab_that_comes_back_is_told_once_what_it_has_missed() {
    let site = Site::open().await;
    site.relay(0..3).await;
    let mut tab = site.tab().await;
    tab.show(&[LISTING, GALLERY], Some(2)).await;
    assert_eq!(tab.hear().await, changed(3, LISTING, 2));
    assert_eq!(tab.hear().await, changed(3, GALLERY, 2));
    assert_eq!(tab.hear().await, Hear::Here { seq: 3 });
    site.write(3..4).await;
    assert_eq!(tab.hear().await, changed(4, LISTING, 3));
    assert_eq!(tab.hear().await, changed(4, GALLERY, 3));
}

#[tokio::test]
async fn a_tab_too_far_behind_or_from_another_database_loads_everything_again() {
    let site = Site::open().await;
    site.relay(0..501).await;
    for last in [0, 502, i64::MIN] {
        let mut tab = site.tab().await;
        tab.show(&[GALLERY], Some(last)).await;
        assert_eq!(tab.hear().await, Hear::Resync { seq: 501 }, "{last}");
    }
}

#[tokio::test]
async fn what_is_not_understood_closes_the_connection_with_a_reason() {
    let site = Site::open().await;
    let many = vec![GALLERY; MAX_TOPICS + 1];
    let cases = [
        ("hello".to_owned(), "not a message of the live channel"),
        (json!({ "say": "show" }).to_string(), "not a message of the live channel"),
        (json!({ "say": "show", "topics": [], "all": true }).to_string(), "not a message of the live channel"),
        (json!({ "say": "show", "topics": many }).to_string(), "too many topics"),
        (json!({ "say": "show", "topics": ["client:7"] }).to_string(), "unknown topic"),
        (json!({ "say": "show", "topics": [format!("gallery:{}", "x".repeat(65))] }).to_string(), "unknown topic"),
        ("x".repeat(MESSAGE_BYTES + 1), "not readable, or too long"),
    ];
    for (text, reason) in cases {
        let mut tab = site.tab().await;
        tab.say(&text).await;
        assert_eq!(tab.closed().await, (POLICY, reason.to_owned()), "{text}");
    }
    let mut tab = site.tab().await;
    tab.0.send(Frame::binary(vec![1])).await.unwrap();
    assert_eq!(tab.closed().await.0, POLICY);
}

#[tokio::test]
async fn a_tab_that_changes_its_mind_without_end_is_closed() {
    let site = Site::open().await;
    let mut tab = site.tab().await;
    for _ in 0..=SHOWS {
        tab.show(&[GALLERY], None).await;
    }
    assert_eq!(tab.closed().await, (POLICY, "too many changes".to_owned()));
}

#[tokio::test]
async fn a_tab_that_changes_its_mind_now_and_then_may_do_so_for_ever() {
    let site = Site::with(1, Duration::from_millis(20), Duration::from_secs(60)).await;
    let mut tab = site.tab().await;
    for _ in 0..10 {
        for _ in 0..SHOWS / 5 {
            tab.show(&[GALLERY], None).await;
            tab.hear().await;
        }
        // One more than was asked for: a ping has passed.
        tab.hear().await;
    }
}

#[tokio::test]
async fn a_full_house_answers_503_until_somebody_leaves() {
    let site = Site::with(1, Duration::from_secs(60), Duration::from_secs(60)).await;
    let tab = site.tab().await;
    match site.join(TcpSocket::new_v4().unwrap()).await.map(|_| ()) {
        Err(tungstenite::Error::Http(answer)) => assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE),
        other => panic!("{other:?}"),
    }
    drop(tab);
    drop(site.places.acquire().await.unwrap());
    site.tab().await;
}

#[tokio::test]
async fn a_tab_that_leaves_is_answered_and_gives_its_place_back() {
    let site = Site::with(1, Duration::from_secs(60), Duration::from_secs(60)).await;
    let mut tab = site.tab().await;
    tab.0.close(None).await.unwrap();
    assert!(matches!(tab.0.next().await, Some(Ok(Frame::Close(None)))));
    drop(site.places.acquire().await.unwrap());
}

#[tokio::test]
async fn the_stop_of_the_server_is_told_also_to_a_tab_that_shows_nothing() {
    let site = Site::open().await;
    let (mut shows, mut silent) = (site.tab().await, site.tab().await);
    shows.show(&[GALLERY], None).await;
    shows.hear().await;
    site.stop.send(()).unwrap();
    assert_eq!(shows.closed().await.0, AWAY);
    assert_eq!(silent.closed().await.0, AWAY);
}

#[tokio::test]
async fn a_tab_that_answers_pings_stays_and_learns_where_the_stream_stands() {
    let site = Site::with(1, Duration::from_millis(100), Duration::from_secs(1)).await;
    let mut tab = site.tab().await;
    tab.show(&[LISTING], None).await;
    for _ in 0..12 {
        assert_eq!(tab.hear().await, Hear::Here { seq: 0 });
    }
    site.write(0..1).await;
    while tab.hear().await != changed(1, LISTING, 0) {}
    assert_eq!(tab.hear().await, Hear::Here { seq: 1 });
}

#[tokio::test]
async fn a_tab_that_answers_no_ping_is_given_up() {
    let site = Site::with(1, Duration::from_millis(20), Duration::from_millis(50)).await;
    // The bare stream: pings arrive, and nobody answers them.
    let mut stream = site.tab().await.0.into_inner();
    let mut pings = Vec::new();
    stream.read_to_end(&mut pings).await.unwrap();
    assert!(!pings.is_empty());
    drop(site.places.acquire().await.unwrap());
}

#[tokio::test]
async fn a_tab_that_takes_nothing_is_given_up() {
    let site = Site::with(1, Duration::from_secs(60), Duration::from_secs(60)).await;
    site.relay(0..500).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4 * 1024).unwrap();
    let mut tab = site.join(socket).await.unwrap();
    tab.show(&[LISTING, GALLERY], Some(0)).await;
    drop(site.places.acquire().await.unwrap());
}
