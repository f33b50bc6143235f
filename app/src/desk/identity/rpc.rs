//! Server functions of identity: who calls, the use case, the answer.

use crate::shell::rpc::Fault;
use domain::identity::Fields;
use leptos::prelude::*;

/// Signs in: `login`, `password`, `keep`; goes on to `next`.
#[server(prefix = "/api", endpoint = "identity/sign_in")]
pub async fn sign_in(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let (login, password, keep) = (form.get("login"), form.get("password"), !form.get("keep").is_empty());
    let done = use_cases::sign_in::sign_in(&call.services, call.at, &call.caller.origin, login, password, keep).await;
    let session = Call::answer(done)?;
    // Whoever was signed in here before is not any more.
    if let Some(before) = call.caller.token.as_deref() {
        Call::answer(use_cases::sign_in::sign_out(&call.services, call.at, &call.caller.origin, before).await)?;
    }
    call.enter(&session);
    let next = own_path(form.get("next")).unwrap_or_else(|| session.start.path());
    let code = || {
        let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
        format!("/sign-in/code?next={next}{}", if keep { "&keep=1" } else { "" })
    };
    leptos_axum::redirect(&if session.half { code() } else { next.to_owned() });
    Ok(())
}

/// Gives the second factor: `code`, `keep`; goes on to `next`.
#[server(prefix = "/api", endpoint = "identity/second_factor")]
pub async fn second_factor(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let token = call.caller.token.as_deref().unwrap_or_default();
    let (code, keep) = (form.get("code"), !form.get("keep").is_empty());
    let done = use_cases::second::give(&call.services, call.at, &call.caller.origin, token, code, keep).await;
    let session = Call::answer(done)?;
    call.enter(&session);
    leptos_axum::redirect(own_path(form.get("next")).unwrap_or_else(|| session.start.path()));
    Ok(())
}

/// Signs out.
#[server(prefix = "/api", endpoint = "identity/sign_out")]
pub async fn sign_out() -> Result<(), Fault> {
    let call = Call::current();
    let token = call.caller.token.as_deref().unwrap_or_default();
    Call::answer(use_cases::sign_in::sign_out(&call.services, call.at, &call.caller.origin, token).await)?;
    call.leave();
    leptos_axum::redirect("/sign-in?done=signed_out");
    Ok(())
}

/// Makes the firm: `token`, `firm`, `store`, `name`, `login`, `password`.
#[server(prefix = "/api", endpoint = "identity/set_up")]
pub async fn set_up(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let token = form.get("token");
    let done = use_cases::set_up::set_up(&call.services, call.at, &call.caller.origin, token, &form).await;
    call.enter(&Call::answer(done)?);
    leptos_axum::redirect("/home");
    Ok(())
}

/// Chooses a password with a one-time link: `token`, `password`.
#[server(prefix = "/api", endpoint = "identity/accept_link")]
pub async fn accept_link(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let (token, password) = (form.get("token"), form.get("password"));
    let done = use_cases::link::accept(&call.services, call.at, &call.caller.origin, token, password).await;
    let session = Call::answer(done)?;
    if session.half {
        leptos_axum::redirect("/sign-in");
    } else {
        call.enter(&session);
        leptos_axum::redirect("/home");
    }
    Ok(())
}

/// Gives the password once more, before sensitive things: `password`, and `code` where a second factor is on; goes back to `next`.
#[server(prefix = "/api", endpoint = "identity/confirm")]
pub async fn confirm(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let origin = &call.caller.origin;
    let given = (form.get("password"), form.get("code"));
    let done = use_cases::password::confirm(&call.services, signed, call.at, origin, given).await;
    call.renew(Call::answer(done)?.text());
    leptos_axum::redirect(own_path(form.get("next")).unwrap_or("/account"));
    Ok(())
}

/// Changes one's own password: `old_password`, `password`, and `code` where a second factor is on.
#[server(prefix = "/api", endpoint = "identity/change_password")]
pub async fn change_password(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let (old, new) = ((form.get("old_password"), form.get("code")), form.get("password"));
    let done = use_cases::password::change(&call.services, signed, call.at, &call.caller.origin, old, new).await;
    call.renew(Call::answer(done)?.text());
    leptos_axum::redirect("/account?done=password");
    Ok(())
}

/// Turns the second factor on with a first `code`. Answers with recovery codes, shown once.
#[server(prefix = "/api", endpoint = "identity/second_factor_on")]
pub async fn second_factor_on(#[server(flatten)] form: Fields) -> Result<Vec<String>, Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    Call::answer(use_cases::second::turn_on(&call.services, signed, call.at, form.get("code")).await)
}

/// Turns the second factor off: `password`, `code`.
#[server(prefix = "/api", endpoint = "identity/second_factor_off")]
pub async fn second_factor_off(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let origin = &call.caller.origin;
    let given = (form.get("password"), form.get("code"));
    let done = use_cases::second::turn_off(&call.services, signed, call.at, origin, given).await;
    Call::answer(done)?;
    leptos_axum::redirect("/account?done=second_off");
    Ok(())
}

/// Signs one of one's own devices out: `id`.
#[server(prefix = "/api", endpoint = "identity/revoke_device")]
pub async fn revoke_device(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let id = form.get("id").parse().unwrap_or_default();
    Call::answer(use_cases::device::revoke(&call.services, signed, call.at, id).await)?;
    leptos_axum::redirect("/account?done=device");
    Ok(())
}

/// Signs every other device out.
#[server(prefix = "/api", endpoint = "identity/revoke_others")]
pub async fn revoke_others() -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    Call::answer(use_cases::device::revoke_others(&call.services, signed, call.at).await)?;
    leptos_axum::redirect("/account?done=device");
    Ok(())
}

/// Opens an account for the person `code`: `login`, `roles`. Answers with the invitation's path, shown once.
#[server(prefix = "/api", endpoint = "identity/open_account")]
pub async fn open_account(#[server(flatten)] form: Fields) -> Result<String, Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let done = use_cases::account::open(&call.services, signed, call.at, form.get("code"), &form).await;
    Call::answer(done).map(|token| format!("/link/{}", token.text()))
}

/// Makes a link for the person `code` to choose a password. Answers with its path, shown once.
#[server(prefix = "/api", endpoint = "identity/make_link")]
pub async fn make_link(#[server(flatten)] form: Fields) -> Result<String, Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let done = use_cases::link::make(&call.services, signed, call.at, form.get("code")).await;
    Call::answer(done).map(|token| format!("/link/{}", token.text()))
}

/// Gives the person `code` other `roles`.
#[server(prefix = "/api", endpoint = "identity/set_roles")]
pub async fn set_roles(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let code = form.get("code");
    Call::answer(use_cases::account::set_roles(&call.services, signed, call.at, code, &form).await)?;
    leptos_axum::redirect(&format!("/staff/{code}?done=roles"));
    Ok(())
}

/// Takes the lost second factor of the person `code` away.
#[server(prefix = "/api", endpoint = "identity/drop_second")]
pub async fn drop_second(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let code = form.get("code");
    Call::answer(use_cases::account::drop_second(&call.services, signed, call.at, code).await)?;
    leptos_axum::redirect(&format!("/staff/{code}?done=account"));
    Ok(())
}

/// Closes the account of the person `code` (`closed` is `1`), or opens it again.
#[server(prefix = "/api", endpoint = "identity/set_closed")]
pub async fn set_closed(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let (code, closed) = (form.get("code"), form.get("closed") == "1");
    Call::answer(use_cases::account::set_closed(&call.services, signed, call.at, code, closed).await)?;
    leptos_axum::redirect(&format!("/staff/{code}?done=account"));
    Ok(())
}

/// Marks one's own notices up to `id` as read.
#[server(prefix = "/api", endpoint = "identity/read_notices")]
pub async fn read_notices(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let id = form.get("id").parse().unwrap_or_default();
    Call::answer(use_cases::notice::read_up_to(&call.services, signed, call.at, id).await)?;
    leptos_axum::redirect("/notices");
    Ok(())
}

/// Chooses which notices come by mail too: `mail`, `kinds`.
#[server(prefix = "/api", endpoint = "identity/notice_mail")]
pub async fn choose_notice_mail(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let lang = use_context::<domain::Lang>().unwrap_or(domain::Lang::Zh);
    let done = use_cases::notice_mail::choose(&call.services, signed, call.at, lang, &form).await;
    let done = if Call::answer(done)? { "mail_sent" } else { "mail" };
    let back = own_path(form.get("back")).unwrap_or("/account");
    let path = back.split(['?', '#']).next().unwrap_or_default();
    leptos_axum::redirect(&format!("{path}?done={done}#notice-mail"));
    Ok(())
}

/// Confirms the address of a link: `token`.
#[server(prefix = "/api", endpoint = "identity/confirm_mail")]
pub async fn confirm_mail(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    Call::answer(use_cases::notice_mail::confirm(&call.services, call.at, form.get("token")).await)?;
    leptos_axum::redirect("/mail/done");
    Ok(())
}

/// Makes a key of the programming interface: `name`, `rights`, `days`. Answers with it, shown once.
#[server(prefix = "/api", endpoint = "identity/make_key")]
pub async fn make_key(#[server(flatten)] form: Fields) -> Result<String, Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    Call::answer(use_cases::api_key::make(&call.services, signed, call.at, &form).await)
}

/// Revokes the key `id`.
#[server(prefix = "/api", endpoint = "identity/revoke_key")]
pub async fn revoke_key(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let id = form.get("id").parse().unwrap_or_default();
    Call::answer(use_cases::api_key::revoke(&call.services, signed, call.at, id).await)?;
    leptos_axum::redirect("/keys?done=revoked");
    Ok(())
}

/// What the browser needs to sign somebody in with a passkey, as JSON.
#[server(prefix = "/api", endpoint = "identity/passkey_door")]
pub async fn passkey_door() -> Result<String, Fault> {
    let call = Call::current();
    let holder = Call::answer(call.passkey_holder())?;
    let site = call.caller.site.as_ref();
    Call::answer(use_cases::passkey::begin_enter(&call.services, call.at, site, &holder).await)
}

/// Signs in with a passkey: `credential`, `keep`; goes on to `next`.
#[server(prefix = "/api", endpoint = "identity/passkey_enter")]
pub async fn passkey_enter(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let (site, holder) = (call.caller.site.as_ref(), call.caller.passkey.as_deref().unwrap_or_default());
    let origin = &call.caller.origin;
    let done = use_cases::passkey::enter(&call.services, call.at, origin, site, holder, &form).await;
    let session = Call::answer(done)?;
    if let Some(before) = call.caller.token.as_deref() {
        Call::answer(use_cases::sign_in::sign_out(&call.services, call.at, &call.caller.origin, before).await)?;
    }
    call.enter(&session);
    leptos_axum::redirect(own_path(form.get("next")).unwrap_or_else(|| session.start.path()));
    Ok(())
}

/// What the browser needs to make a passkey (`purpose` is `add`), or to prove who is there with one, as JSON.
#[server(prefix = "/api", endpoint = "identity/passkey_options")]
pub async fn passkey_options(#[server(flatten)] form: Fields) -> Result<String, Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let (site, holder) = (call.caller.site.as_ref(), call.caller.token.as_deref().unwrap_or_default());
    Call::answer(match form.get("purpose") {
        "add" => use_cases::passkey::begin_add(&call.services, signed, call.at, site, holder).await,
        _ => use_cases::passkey::begin_confirm(&call.services, signed, call.at, site, holder).await,
    })
}

/// Keeps a passkey that was made: `name`, `credential`.
#[server(prefix = "/api", endpoint = "identity/passkey_add")]
pub async fn passkey_add(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let (site, holder) = (call.caller.site.as_ref(), call.caller.token.as_deref().unwrap_or_default());
    Call::answer(use_cases::passkey::add(&call.services, signed, call.at, site, holder, &form).await)?;
    leptos_axum::redirect("/account?done=passkey#passkeys");
    Ok(())
}

/// Proves who is there with a passkey, before sensitive things: `credential`; goes back to `next`.
#[server(prefix = "/api", endpoint = "identity/passkey_confirm")]
pub async fn passkey_confirm(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let (site, holder) = (call.caller.site.as_ref(), call.caller.token.as_deref().unwrap_or_default());
    let done = use_cases::passkey::confirm(&call.services, signed, call.at, site, holder, &form).await;
    call.renew(Call::answer(done)?.text());
    leptos_axum::redirect(own_path(form.get("next")).unwrap_or("/account"));
    Ok(())
}

/// Removes the passkey `id`.
#[server(prefix = "/api", endpoint = "identity/passkey_remove")]
pub async fn passkey_remove(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let id = form.get("id").parse().unwrap_or_default();
    Call::answer(use_cases::passkey::remove(&call.services, signed, call.at, id).await)?;
    leptos_axum::redirect("/account?done=passkey_gone#passkeys");
    Ok(())
}

#[cfg(feature = "ssr")]
use crate::shell::own_path;
#[cfg(feature = "ssr")]
use crate::shell::rpc::Call;
#[cfg(feature = "ssr")]
use services::identity as use_cases;
