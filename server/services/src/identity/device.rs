//! The devices somebody is signed in on.

use super::Signed;
use crate::{Services, fault};
use domain::Error;
use domain::identity::Device;
use store::identity::session;
use store::{Moment, audit};

/// Browser and system as a person knows them: `Chrome · Windows`. What is not known is kept short.
pub fn named(agent: &str) -> String {
    const BROWSERS: [(&str, &str); 7] = [
        ("MicroMessenger", "微信"),
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("Firefox", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let find =
        |list: &[(&str, &'static str)]| list.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => agent.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').take(40).collect(),
    }
}

/// Where somebody is signed in.
///
/// # Errors
/// `Internal`.
pub async fn list(services: &Services, signed: &Signed, at: Moment) -> Result<Vec<Device>, Error> {
    session::devices(&services.db, &signed.scope(), at, signed.account, signed.session).await.map_err(fault)
}

/// Signs one device of one's own out.
///
/// # Errors
/// `Rule(ConfirmFirst)`; `NotFound` for a session that has ended or is not one's own.
pub async fn revoke(services: &Services, signed: &Signed, at: Moment, id: i64) -> Result<(), Error> {
    signed.proven(at)?;
    let done = services.db.write(async |tx| {
        if !session::end(&tx, at, signed.account, id, "revoked").await? {
            return Err(Error::NotFound.into());
        }
        record(&tx, at, signed, serde_json::json!({ "session": id })).await
    });
    done.await.map_err(fault)
}

/// Signs every other device out.
///
/// # Errors
/// `Rule(ConfirmFirst)`.
pub async fn revoke_others(services: &Services, signed: &Signed, at: Moment) -> Result<u64, Error> {
    signed.proven(at)?;
    let done = services.db.write(async |tx| {
        let ended = session::end_all(&tx, at, signed.account, Some(signed.session), "revoked").await?;
        record(&tx, at, signed, serde_json::json!({ "ended": ended })).await?;
        Ok(ended)
    });
    done.await.map_err(fault)
}

async fn record(tx: &store::Tx, at: Moment, signed: &Signed, detail: serde_json::Value) -> store::StoreResult<()> {
    let (actor, id) = (&signed.actor, signed.account);
    audit::write(tx, at, audit::Entry { actor, action: "identity.sessions_ended", subject: "account", id, detail })
        .await
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_device_has_a_name_a_person_knows() {
        let chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36";
        assert_eq!(named(chrome), "Chrome · Windows");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(named(phone), "Safari · iPhone");
        assert_eq!(named("curl/8.0\u{202e}<x>"), "curl/8.0<x>");
        assert_eq!(named(""), "");
    }
}
