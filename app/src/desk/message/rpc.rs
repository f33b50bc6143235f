//! Server functions of outgoing messages: who calls, the use case, the answer.

use crate::shell::rpc::Fault;
use domain::identity::Fields;
use leptos::prelude::*;

/// Has the message `id` that was given up tried again.
#[server(prefix = "/api", endpoint = "message/again")]
pub async fn send_again(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let id = form.get("id").parse().unwrap_or_default();
    Call::answer(services::message::again(&call.services, signed, call.at, id).await)?;
    leptos_axum::redirect("/messages?done=again");
    Ok(())
}

#[cfg(feature = "ssr")]
use crate::shell::rpc::Call;
