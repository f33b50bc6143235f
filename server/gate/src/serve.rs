//! The accept loop and the life of one connection.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, interval_at, sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_util::io::InspectReader;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::Service;
use tracing::{debug, warn};

use crate::connections::{Connections, Slot};
use crate::refusal::Refusal;
use crate::{GateConfig, GateError, Peer, layers, metering, peer, tls};

/// Connections told "busy" at one time; the rest of a flood is closed without a word.
const TURNED_AWAY_AT_ONCE: usize = 64;
const TURNING_AWAY: Duration = Duration::from_secs(1);
/// Rest before trying again when the system has no file left for a connection.
const OUT_OF_FILES: Duration = Duration::from_millis(50);
const HEAD_BYTES: usize = 64 * 1024;
const HTTP2_STREAMS: u32 = 100;

/// Opens the gate and serves `router` behind it until `shutdown` ends.
///
/// `ready` is told the address listened on. Once `shutdown` ends no connection is accepted, requests
/// under way have [`GateConfig::shutdown_grace`] to finish, and what is left is cut. WebSockets hear
/// of the stop from their handlers and do not hold it up.
///
/// # Errors
/// [`GateError`] when the gate cannot open; never later.
pub async fn serve(
    router: Router,
    cfg: GateConfig,
    ready: impl FnOnce(SocketAddr),
    shutdown: impl Future<Output = ()>,
) -> Result<(), GateError> {
    cfg.check()?;
    let tls = cfg.tls.as_ref().map(tls::acceptor).transpose()?;
    let bind_error = |source| GateError::Bind { addr: cfg.addr, source };
    let listener = TcpListener::bind(cfg.addr).await.map_err(bind_error)?;
    let addr = listener.local_addr().map_err(bind_error)?;
    let mut background = JoinSet::new();
    if let Some(metrics_addr) = cfg.metrics_addr
        && let Some(metrics) = metering::open(metrics_addr).await
    {
        background.spawn(metrics);
    }

    let gate = Arc::new(Gate {
        router: layers(router, &cfg).with_state(()),
        tls,
        http: http(&cfg),
        connections: Connections::new(cfg.max_connections, cfg.max_connections_per_ip),
        turned_away: Arc::new(Semaphore::new(TURNED_AWAY_AT_ONCE)),
        stopping: CancellationToken::new(),
        cut: CancellationToken::new(),
        tasks: TaskTracker::new(),
        cfg,
    });
    let _cut_when_abandoned = gate.cut.clone().drop_guard();
    ready(addr);

    let mut shutdown = pin!(shutdown);
    loop {
        tokio::select! {
            biased;
            () = &mut shutdown => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, from)) => gate.receive(stream, from.ip().to_canonical()),
                Err(error) if lost_on_the_way(&error) => {}
                Err(error) => {
                    warn!(%error, "cannot accept a connection");
                    sleep(OUT_OF_FILES).await;
                }
            },
        }
    }

    drop(listener);
    gate.stopping.cancel();
    gate.tasks.close();
    if timeout(gate.cfg.shutdown_grace, gate.tasks.wait()).await.is_err() {
        warn!(connections = gate.tasks.len(), "some requests did not finish in time and are cut");
        gate.cut.cancel();
        gate.tasks.wait().await;
    }
    Ok(())
}

struct Gate {
    cfg: GateConfig,
    router: Router,
    tls: Option<TlsAcceptor>,
    http: auto::Builder<TokioExecutor>,
    connections: Arc<Connections>,
    turned_away: Arc<Semaphore>,
    stopping: CancellationToken,
    cut: CancellationToken,
    tasks: TaskTracker,
}

impl Gate {
    /// Takes a connection in or turns it away; never waits.
    fn receive(self: &Arc<Self>, stream: TcpStream, from: IpAddr) {
        if !self.cfg.hears(from) {
            return self.turn_away(stream, Refusal::PlainHttp);
        }
        match self.connections.take((!self.cfg.trusts(from)).then_some(from)) {
            Ok(slot) => {
                self.tasks.spawn(self.clone().keep(stream, from, slot));
            }
            Err(limit) => {
                metering::refused(limit);
                self.turn_away(stream, Refusal::Busy);
            }
        }
    }

    /// Says why and closes. Over TLS there is no time for a handshake to say it in.
    fn turn_away(&self, mut stream: TcpStream, refusal: Refusal) {
        if self.tls.is_some() {
            return;
        }
        let Ok(place) = self.turned_away.clone().try_acquire_owned() else { return };
        self.tasks.spawn(timeout(TURNING_AWAY, async move {
            let _place = place;
            stream.write_all(refusal.raw().as_bytes()).await?;
            stream.shutdown().await?;
            // Closing over unread bytes would reset the connection and take the answer with it.
            let mut unread = [0; 512];
            while stream.read(&mut unread).await? > 0 {}
            io::Result::Ok(())
        }));
    }

    async fn keep(self: Arc<Self>, stream: TcpStream, from: IpAddr, slot: Slot) {
        if let Err(error) = tune(&stream, self.cfg.request_timeout) {
            debug!(%error, "a connection was gone before it began");
            return;
        }
        // The slot goes with the stream, which an upgrade takes out of this task.
        let stream = InspectReader::new(stream, move |_: &[u8]| {
            let _kept = &slot;
        });
        let Some(acceptor) = &self.tls else { return self.converse(stream, from).await };
        let shaken = tokio::select! {
            shaken = timeout(self.cfg.header_timeout, acceptor.accept(stream)) => shaken,
            () = self.stopping.cancelled() => return,
        };
        match shaken {
            Ok(Ok(stream)) => self.converse(stream, from).await,
            Ok(Err(error)) => debug!(%error, "no TLS handshake"),
            Err(_elapsed) => debug!("no TLS handshake in time"),
        }
    }

    async fn converse<S>(&self, stream: S, from: IpAddr)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let begun = Arc::new(AtomicU64::new(0));
        let service = service_fn({
            let (begun, router, trusted) = (begun.clone(), self.router.clone(), self.cfg.trusted_proxies.clone());
            move |mut request: Request<Incoming>| {
                begun.fetch_add(1, Ordering::Relaxed);
                let client = peer::client(from, request.headers(), &trusted);
                request.extensions_mut().insert(Peer(client));
                router.clone().call(request)
            }
        });
        let mut connection = pin!(self.http.serve_connection_with_upgrades(TokioIo::new(stream), service));
        // hyper times the head of an HTTP/1 request from its first byte. A connection that has sent
        // nothing yet, or speaks HTTP/2, is looked at from here: no request begun between two looks,
        // and it is asked to end, which lets requests under way finish.
        let period = self.cfg.header_timeout;
        let mut look = interval_at(Instant::now() + period, period);
        let (mut known, mut ending) = (0, false);
        loop {
            tokio::select! {
                ended = connection.as_mut() => {
                    if let Err(error) = ended {
                        debug!(%error, "a connection broke");
                    }
                    return;
                }
                () = self.cut.cancelled() => return,
                () = self.stopping.cancelled(), if !ending => {}
                _ = look.tick(), if !ending => {
                    let now = begun.load(Ordering::Relaxed);
                    if now != known {
                        known = now;
                        continue;
                    }
                }
            }
            connection.as_mut().graceful_shutdown();
            ending = true;
        }
    }
}

/// HTTP/1 and HTTP/2 with small buffers and no patience.
fn http(cfg: &GateConfig) -> auto::Builder<TokioExecutor> {
    let mut http = auto::Builder::new(TokioExecutor::new());
    http.http1().timer(TokioTimer::new()).header_read_timeout(cfg.header_timeout).max_buf_size(HEAD_BYTES);
    http.http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(cfg.header_timeout)
        .keep_alive_timeout(cfg.header_timeout)
        .max_concurrent_streams(HTTP2_STREAMS)
        .max_header_list_size(16 * 1024);
    http
}

/// Small answers leave at once; a client that takes nothing, or is gone, is given up after `patience`.
fn tune(stream: &TcpStream, patience: Duration) -> io::Result<()> {
    stream.set_nodelay(true)?;
    #[cfg(target_os = "linux")]
    socket2::SockRef::from(stream).set_tcp_user_timeout(Some(patience))?;
    #[cfg(not(target_os = "linux"))]
    let _ = patience;
    Ok(())
}

/// The client left between connecting and being accepted: nothing is wrong here.
fn lost_on_the_way(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionReset)
}
