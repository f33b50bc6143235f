//! The server function of photos: who calls, the use case, the answer.

use crate::shell::rpc::Fault;
use domain::identity::Fields;
use leptos::prelude::*;

/// Changes the photo or film `id` of the home `code`, seen at version `seen`: `do` is `save`, `up`, `down`, `first`
/// or `remove`.
#[server(prefix = "/api", endpoint = "media/edit")]
pub async fn edit_media(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    Call::answer(services::media::edit(&call.services.db, &signed.actor, call.at, &form).await)?;
    let code = domain::ListingCode::parse(form.get("code")).map(|code| code.to_string()).unwrap_or_default();
    let at = if form.get("do") == "remove" { String::new() } else { format!("#m{}", form.get("id")) };
    leptos_axum::redirect(&format!("/photos/{code}?done=changed{at}"));
    Ok(())
}

#[cfg(feature = "ssr")]
use crate::shell::rpc::Call;
