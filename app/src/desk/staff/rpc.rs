//! Server functions of the staff: who calls, the use case, the answer.

use crate::shell::rpc::Fault;
use domain::identity::Fields;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A number that was masked, in full, for the one who asked and for a minute.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ShownNumber {
    /// The number.
    pub number: String,
    /// Looks left today.
    pub left: i64,
    /// What is laid over it.
    pub watermark: String,
}

/// A number that reaches somebody for a while.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CallNumber {
    /// The number to dial.
    pub number: String,
    /// Until when, milliseconds UTC.
    pub until_ms: i64,
}

/// Adds a person.
#[server(prefix = "/api", endpoint = "staff/add")]
pub async fn add_staff(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let code = Call::answer(use_cases::add(&call.services, signed, call.at, &form).await)?;
    leptos_axum::redirect(&format!("/staff/{code}?done=added"));
    Ok(())
}

/// Changes the record of the person `code`, seen at version `seen`.
#[server(prefix = "/api", endpoint = "staff/change")]
pub async fn change_staff(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let (code, seen) = (form.get("code"), form.get("seen").parse().unwrap_or_default());
    Call::answer(use_cases::change(&call.services, signed, call.at, code, seen, &form).await)?;
    leptos_axum::redirect(&format!("/staff/{code}?done=changed"));
    Ok(())
}

/// Shows the number `field` of the person `code` in full, for a `reason`.
#[server(prefix = "/api", endpoint = "staff/reveal")]
pub async fn reveal_staff(#[server(flatten)] form: Fields) -> Result<ShownNumber, Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let done = use_cases::reveal::show(&call.services, signed, call.at, form.get("code"), &form).await;
    let shown = Call::answer(done)?;
    Ok(ShownNumber { number: shown.number, left: shown.left, watermark: shown.watermark })
}

/// Gives a number by which the caller's own telephone reaches the person `code` for some minutes.
#[server(prefix = "/api", endpoint = "staff/call")]
pub async fn call_staff(#[server(flatten)] form: Fields) -> Result<CallNumber, Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let done = use_cases::dial::call(&call.services, signed, call.at, form.get("code"), &form).await;
    let line = Call::answer(done)?;
    Ok(CallNumber { number: line.number, until_ms: line.until_ms })
}

/// Lets the person `code` leave: `left_on`, `successor`, seen at version `seen`.
#[server(prefix = "/api", endpoint = "staff/leave")]
pub async fn leave_staff(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let (code, seen) = (form.get("code"), form.get("seen").parse().unwrap_or_default());
    let done = use_cases::leave::leave(&call.services, signed, call.at, code, seen, &form).await;
    let done = Call::answer(done)?;
    let (reports, sessions) = (done.reports, done.sessions);
    leptos_axum::redirect(&format!("/staff/{code}?done=left&reports={reports}&sessions={sessions}"));
    Ok(())
}

/// Deletes the personal data of the person `code`, who has left.
#[server(prefix = "/api", endpoint = "staff/erase")]
pub async fn erase_staff(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let code = form.get("code");
    Call::answer(use_cases::personal::erase(&call.services, signed, call.at, code).await)?;
    leptos_axum::redirect(&format!("/staff/{code}?done=erased"));
    Ok(())
}

/// Opens a store: `name`, `address`, `phone`.
#[server(prefix = "/api", endpoint = "staff/open_store")]
pub async fn open_store(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    Call::answer(use_cases::stores::open(&call.services, signed, call.at, &form).await)?;
    leptos_axum::redirect("/stores?done=opened");
    Ok(())
}

/// Deletes the paper `id` of the person `code`.
#[server(prefix = "/api", endpoint = "staff/remove_paper")]
pub async fn remove_paper(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let (code, id) = (form.get("code"), form.get("id"));
    Call::answer(use_cases::papers::remove(&call.services, signed, call.at, code, id).await)?;
    leptos_axum::redirect(&format!("/staff/{code}?done=paper_removed"));
    Ok(())
}

/// Changes the store `code`, seen at version `seen`.
#[server(prefix = "/api", endpoint = "staff/change_store")]
pub async fn change_store(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let (code, seen) = (form.get("code"), form.get("seen").parse().unwrap_or_default());
    Call::answer(use_cases::stores::change(&call.services, signed, call.at, code, seen, &form).await)?;
    leptos_axum::redirect("/stores?done=changed");
    Ok(())
}

/// Closes the store `code`, seen at version `seen`.
#[server(prefix = "/api", endpoint = "staff/close_store")]
pub async fn close_store(#[server(flatten)] form: Fields) -> Result<(), Fault> {
    let call = Call::current();
    let signed = Call::answer(call.signed())?;
    let (code, seen) = (form.get("code"), form.get("seen").parse().unwrap_or_default());
    Call::answer(use_cases::stores::close(&call.services, signed, call.at, code, seen).await)?;
    leptos_axum::redirect("/stores?done=closed");
    Ok(())
}

#[cfg(feature = "ssr")]
use crate::shell::rpc::Call;
#[cfg(feature = "ssr")]
use services::staff as use_cases;
