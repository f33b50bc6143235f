//! `menpai serve`: opens the firm and answers until it is told to stop.

use super::socket::Door;
use super::words::said;
use super::{Ending, post, scope};
use crate::config::Config;
use crate::http;
use app::portal::listing::Tiles;
use domain::Lang;
use gate::{GateConfig, GateError, TlsFiles};
use services::identity::ends::Ends;
use services::identity::set_up;
use services::live::Relay;
use services::staff::licence;
use services::{Moment, Services, retention, trail};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use store::file::{Files, sweep};
use store::verify::fit_key;
use store::{Db, Engine};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Between two writings of the catalogue, if it has changed.
const KEEP: Duration = Duration::from_secs(300);
/// Between two looks whether the night's deletions are due.
const NIGHT_LOOK: Duration = Duration::from_secs(600);

/// Serves until SIGTERM or SIGINT; requests under way finish within 15 s.
pub(super) async fn run(config: &Config) -> Ending {
    let lang = config.lang();
    let gate = match gate_config(config) {
        Ok(gate) => gate,
        Err(error) => return Ending::usage(error),
    };
    let files = match config.files() {
        Ok(files) => files,
        Err(error) => return Ending::usage(error),
    };
    let gateways = match post::Gateways::of(config) {
        Ok(gateways) => gateways,
        Err(error) => return Ending::usage(error),
    };
    let services = match open(config, files, &gateways).await {
        Ok(services) => services,
        Err(error) => return Ending::of(error, lang),
    };
    let (options, site) = match http::leptos_options() {
        Ok(made) => made,
        Err(error) => return Ending::fault(error),
    };
    let (stop, stopped) = watch::channel(false);
    let relay = relay(&services, stopped.clone());
    let ready = Arc::new(AtomicBool::new(false));
    let is_ready = {
        let ready = ready.clone();
        move || ready.load(Ordering::Relaxed)
    };
    let (public_origin, secure) = (config.public_origin.clone(), gate.secure());
    let shared = http::Shared {
        services: services.clone(),
        options,
        public_origin,
        tiles: tiles(config),
        drawn: app::portal::listing::Drawn::default(),
        pages: Arc::default(),
        secure,
    };
    let ends = Ends::start(services.db.clone(), until(stopped.clone()));
    let router = http::router(shared, http::live::router(relay.clone(), ends)).merge(gate::health(is_ready));
    let local = match door(&services, &relay) {
        Ok(local) => local,
        Err(error) => {
            let folder = services.db.folder().display();
            return Ending::fault(said!(
                lang,
                "无法在 {folder} 接收命令：{error}",
                "cannot take commands in {folder}: {error}",
            ));
        }
    };
    let scheme = if gate.tls.is_some() { "https" } else { "http" };
    let invitation = match set_up::link(&services, Moment::now()).await {
        Ok(link) => link,
        Err(error) => return Ending::fault(error),
    };
    let known_as = config.public_origin.clone();
    let tell = move |addr| {
        ready.store(true, Ordering::Relaxed);
        let address = format!("{scheme}://{addr}");
        Ending::done(&address).print();
        if let Some(token) = invitation {
            let link = format!("{}/setup/{}", known_as.unwrap_or(address), token.text());
            Ending::done(said!(
                lang,
                "还没有管理员。请用这个一次性链接建立公司（24 小时内有效，重启会换新）：{link}",
                "Nobody can sign in yet. Set the firm up with this one-time link (good for 24 h, renewed at each start): {link}",
            ))
            .print();
        }
    };
    let site_origin = config.public_origin.clone().unwrap_or_else(|| format!("{scheme}://{}", config.addr()));
    let posting = tokio::spawn(post::run(services.clone(), gateways, site_origin, until(stopped.clone())));
    let tidying = tokio::spawn(tidy(services.clone(), until(stopped.clone())));
    let heads = tokio::spawn(mind_house(services.clone(), until(stopped.clone())));
    let stopping = async move {
        gate::stop_signal().await;
        let _ = stop.send(true);
    };
    let keeping = tokio::spawn(keep(services.clone(), stopped));
    let served = gate::serve(router, gate, tell, stopping).await;
    drop(local);
    let _ended = keeping.await;
    let _posted = posting.await;
    services.keep().await;
    drop(site);
    heads.abort();
    tidying.abort();
    match served {
        Ok(()) => Ending::done(""),
        Err(error) => shut(&error, lang),
    }
}

/// Why the gate did not open.
fn shut(error: &GateError, lang: Lang) -> Ending {
    match error {
        GateError::PlainHttpOutside(addr) => Ending::usage(said!(
            lang,
            "{addr} 会向网络提供明文 HTTP：请给出证书、只监听 127.0.0.1，或指明前面的可信代理",
            "{error}",
        )),
        GateError::Tls { files, reason } => {
            let (cert, key) = (files.cert.display(), files.key.display());
            Ending::usage(said!(lang, "证书 {cert} 与私钥 {key} 不可用：{reason}", "{error}"))
        }
        GateError::Bind { addr, source } => Ending::fault(said!(lang, "无法监听 {addr}：{source}", "{error}")),
    }
}

/// The provider of the map's pictures, if one is configured.
fn tiles(config: &Config) -> Tiles {
    Tiles {
        template: config.map_tiles.clone(),
        gcj02: config.map_datum.as_deref() == Some("gcj02"),
        credit: config.map_credit.clone(),
    }
}

async fn open(config: &Config, files: Files, gateways: &post::Gateways) -> Result<Services, store::StoreError> {
    let db = Db::open(&config.location()).await?.with_files(files);
    fit_key(&db, &scope()).await?;
    let demo = services::identity::demo::is_demo(&db).await?;
    let outbox = config.outbox.unwrap_or(demo);
    let services = Services::open(db, Moment::now()).await?.with_ways(gateways.ways(outbox));
    Ok(services.with_exchange(gateways.calls(outbox)))
}

/// Keeps the catalogue now and then, so that little is to be caught up with even after a power cut.
async fn keep(services: Services, mut stopped: watch::Receiver<bool>) {
    loop {
        services.keep().await;
        if tokio::time::timeout(KEEP, stopped.wait_for(|stopped| *stopped)).await.is_ok() {
            return;
        }
    }
}

/// Looks every hour whether the audit trail is whole, keeps its signed end of every day, tells of licences that end, and
/// takes away files that nothing uses.
async fn mind_house(services: Services, stopped: impl Future<Output = ()>) {
    let mut stopped = Box::pin(stopped);
    loop {
        match trail::check(&services).await {
            Ok(true) => {
                if let Err(error) = trail::keep_head(&services.db, Moment::now()).await {
                    tracing::warn!(%error, "the signed end of the audit trail was not kept");
                }
            }
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "the audit trail could not be looked at"),
        }
        if let Err(error) = licence::remind(&services, Moment::now()).await {
            tracing::warn!(%error, "nobody was told of licences that end");
        }
        match sweep(&services.db, &scope(), Moment::now()).await {
            Ok(0) => {}
            Ok(gone) => tracing::info!(gone, "files that nothing uses were taken away"),
            Err(error) => tracing::warn!(%error, "the file store could not be swept"),
        }
        tokio::select! {
            () = &mut stopped => return,
            () = tokio::time::sleep(Duration::from_secs(3600)) => {}
        }
    }
}

/// Looks now and then whether the night's deletions are due.
async fn tidy(services: Services, stopped: impl Future<Output = ()>) {
    let mut stopped = Box::pin(stopped);
    loop {
        tokio::select! {
            () = &mut stopped => return,
            () = tokio::time::sleep(NIGHT_LOOK) => {}
        }
        match retention::nightly(&services.db, Moment::now()).await {
            Ok(true) => tracing::info!("deleted what was too old to be kept"),
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "what is too old was not deleted"),
        }
    }
}

async fn until(mut stopped: watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

/// Takes commands that are handed over, as long as the answer is kept. On PostgreSQL they need no server.
fn door(services: &Services, relay: &Relay) -> std::io::Result<JoinSet<()>> {
    let mut local = JoinSet::new();
    if services.db.engine() == Engine::Sqlite {
        let db = services.db.clone();
        local.spawn(Door::open(db.folder())?.listen(db, relay.clone()));
    }
    Ok(local)
}

/// The gallery takes a message in before anybody hears of it, so that whoever asks again sees the change.
fn relay(services: &Services, stopped: watch::Receiver<bool>) -> Relay {
    let (db, from) = (services.db.clone(), services.gallery.seq());
    let services = services.clone();
    let before = move |messages: Vec<_>| {
        let services = services.clone();
        async move { services.follow(&messages, Moment::now()).await }
    };
    Relay::start(db, from, before, until(stopped))
}

fn gate_config(config: &Config) -> Result<GateConfig, String> {
    let mut gate = GateConfig::at(config.addr());
    gate.tls = match (config.tls_cert.clone(), config.tls_key.clone()) {
        (Some(cert), Some(key)) => Some(TlsFiles { cert, key }),
        (None, None) => None,
        // Half of it would mean plain HTTP where somebody wanted none.
        _ => {
            return Err(
                said!(config.lang(), "tls_cert 和 tls_key 必须同时给出", "tls_cert and tls_key go together",),
            );
        }
    };
    gate.allowances = http::allowances();
    gate.metrics_addr = config.metrics_addr;
    gate.public_origin = config.public_origin.clone();
    for text in &config.trusted_proxies {
        let network = gate::parse_network(text).map_err(|e| format!("trusted proxy `{text}`: {e}"))?;
        gate.trusted_proxies.push(network);
    }
    Ok(gate)
}
