//! Server functions of the settings.

use crate::shell::rpc::Fault;
use domain::identity::Fields;
use leptos::prelude::*;

/// Changes the settings of the firm that were seen at `seen`: `name`, `reveal_hour`, `reveal_day`.
#[server(prefix = "/api", endpoint = "settings/change_firm")]
pub async fn change_firm(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    Call::answer(services::firm::change(&call.services, signed, call.at, &form).await)?;
    leptos_axum::redirect("/settings?done=firm");
    Ok(())
}

/// Keeps the page to begin with, `start`, with one's own account.
#[server(prefix = "/api", endpoint = "settings/start")]
pub async fn choose_start(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    Call::answer(services::identity::start::choose(&call.services, signed, &form).await)?;
    leptos_axum::redirect("/settings");
    Ok(())
}

#[cfg(feature = "ssr")]
use crate::shell::rpc::Call;
