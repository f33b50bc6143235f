//! Server functions of clients: who calls, the use case, the answer.

use crate::shell::rpc::Fault;
use domain::identity::Fields;
use leptos::prelude::*;

/// Sends a code to the number `phone` to come in with; `agree` is ticked. The form comes back and asks for the code.
#[server(prefix = "/api", endpoint = "client/send_code")]
pub async fn send_code(#[server(flatten)] form: Fields) -> Result<bool, Fault> {
    let call = Call::current();
    let done = door::send_code(&call.services, call.at, &call.caller.origin, spoken(), &form).await;
    Call::answer(done.map(|()| true))
}

/// Comes in: `phone`, `code`, `agree`, and `marketing` and `share` where they are ticked; goes on to `next`.
#[server(prefix = "/api", endpoint = "client/sign_in")]
pub async fn client_sign_in(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let guest = use_context::<Saved>().unwrap_or_default();
    let done = door::sign_in(&call.services, call.at, &call.caller.origin, spoken(), &form, &guest).await;
    let came = Call::answer(done)?;
    // Whoever was signed in here before is not any more.
    if let Some(before) = call.caller.client_token.as_deref() {
        Call::answer(door::sign_out(&call.services, call.at, &call.caller.origin, before).await)?;
    }
    call.enter_client(&came);
    leptos_axum::redirect(own_path(form.get("next")).unwrap_or("/me"));
    Ok(())
}

/// Signs out.
#[server(prefix = "/api", endpoint = "client/sign_out")]
pub async fn client_sign_out() -> Result<(), Fault> {
    let call = Call::current();
    let token = call.caller.client_token.as_deref().unwrap_or_default();
    Call::answer(door::sign_out(&call.services, call.at, &call.caller.origin, token).await)?;
    call.leave_client();
    leptos_axum::redirect("/me/sign-in?done=signed_out");
    Ok(())
}

/// Sends a code to one's own number, before sensitive things.
#[server(prefix = "/api", endpoint = "client/send_proof")]
pub async fn send_proof(#[server(flatten)] _form: Fields) -> Result<bool, Fault> {
    let call = Call::current();
    let client = Call::answer(call.client())?;
    let done = door::send_proof(&call.services, client, call.at, &call.caller.origin).await;
    Call::answer(done.map(|()| true))
}

/// Gives that `code`; goes back to `next`.
#[server(prefix = "/api", endpoint = "client/prove")]
pub async fn prove(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let client = Call::answer(call.client())?;
    let done = door::prove(&call.services, client, call.at, &call.caller.origin, &form).await;
    call.renew_client(&Call::answer(done)?);
    leptos_axum::redirect(own_path(form.get("next")).unwrap_or("/me"));
    Ok(())
}

/// Changes `name` and `lang`.
#[server(prefix = "/api", endpoint = "client/change")]
pub async fn change_client(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let client = Call::answer(call.client())?;
    Call::answer(account::change(&call.services, client, call.at, &form).await)?;
    leptos_axum::redirect("/me?done=changed");
    Ok(())
}

/// Sends a code to the new number `phone`.
#[server(prefix = "/api", endpoint = "client/send_new")]
pub async fn send_new(#[server(flatten)] form: Fields) -> Result<bool, Fault> {
    let call = Call::current();
    let client = Call::answer(call.client())?;
    let done = account::send_new(&call.services, client, call.at, &call.caller.origin, &form).await;
    Call::answer(done.map(|()| true))
}

/// Takes the number `phone` with its `code`.
#[server(prefix = "/api", endpoint = "client/change_number")]
pub async fn change_number(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let client = Call::answer(call.client())?;
    let done = account::change_number(&call.services, client, call.at, &call.caller.origin, &form).await;
    call.renew_client(&Call::answer(done)?);
    leptos_axum::redirect("/me?done=number");
    Ok(())
}

/// Says yes (`given` is `1`) or no to `purpose`.
#[server(prefix = "/api", endpoint = "client/consent")]
pub async fn say_consent(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let client = Call::answer(call.client())?;
    Call::answer(consent::say(&call.services, client, call.at, &form).await)?;
    leptos_axum::redirect("/me?done=consent#consent");
    Ok(())
}

/// Signs one of one's own devices out: `id`.
#[server(prefix = "/api", endpoint = "client/revoke_device")]
pub async fn revoke_client_device(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let client = Call::answer(call.client())?;
    let id = form.get("id").parse().unwrap_or_default();
    Call::answer(device::revoke(&call.services, client, call.at, id).await)?;
    leptos_axum::redirect("/me?done=device");
    Ok(())
}

/// Signs every other device out.
#[server(prefix = "/api", endpoint = "client/revoke_others")]
pub async fn revoke_client_others() -> Result<(), Fault> {
    let call = Call::current();
    let client = Call::answer(call.client())?;
    Call::answer(device::revoke_others(&call.services, client, call.at).await)?;
    leptos_axum::redirect("/me?done=device");
    Ok(())
}

/// Deletes one's own account: `sure` is ticked.
#[server(prefix = "/api", endpoint = "client/delete")]
pub async fn delete_client(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let client = Call::answer(call.client())?;
    Call::answer(account::delete(&call.services, client, call.at, &form).await)?;
    call.leave_client();
    leptos_axum::redirect("/me/sign-in?done=deleted");
    Ok(())
}

/// The language the form stood in: messages go out in it.
#[cfg(feature = "ssr")]
fn spoken() -> Lang {
    use_context::<Lang>().unwrap_or(Lang::Zh)
}

#[cfg(feature = "ssr")]
use crate::shell::own_path;
#[cfg(feature = "ssr")]
use crate::shell::rpc::Call;
#[cfg(feature = "ssr")]
use domain::Lang;
#[cfg(feature = "ssr")]
use domain::saved::Saved;
#[cfg(feature = "ssr")]
use services::client::{account, consent, device, door};
