//! The front gate of the server: everything between the socket and the router.
//!
//! It accepts connections within limits, speaks TLS, reads who is calling, refuses what comes from
//! another site, bounds bodies, time and load, puts the security headers on every answer and keeps
//! the access log and the metrics. It knows nothing of listings or of the database.
//!
//! [`serve`] runs it all. [`layers`] is the part of it that works on requests, for tests that call a
//! router without a socket. [`pool`], [`write_rate`] and [`read_rate`] are put by the caller on the routes they
//! guard; [`health`] belongs beside them, never inside.

mod body;
mod config;
mod connections;
mod headers;
mod health;
mod layers;
mod metering;
mod origin;
mod peer;
mod pool;
mod rate;
mod refusal;
mod request_id;
mod serve;
mod signal;
mod tls;

pub use config::{Allowance, GateConfig, GateError, TlsFiles};
pub use headers::{WORKER_CSP, page_csp};
pub use health::health;
pub use ipnet::IpNet;
pub use layers::{Who, layers};
pub use origin::asked_here;
pub use peer::{Peer, parse_network};
pub use pool::pool;
pub use rate::{read_rate, write_rate};
pub use request_id::RequestId;
pub use serve::serve;
pub use signal::stop_signal;
