//! Files that come in: photos and films of homes, papers of persons. One form may send several.

use super::Shared;
use super::api::problem;
use app::desk::media::refusal;
use app::shell::Visit;
use app::shell::rpc::Caller;
use axum::Extension;
use axum::body::Bytes;
use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Path, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::{Action, allow};
use domain::media::{FILM_BYTES, Refusal, TakenIn};
use domain::{Error, Lang, attachment};
use gate::Allowance;
use http::StatusCode;
use http::header::ACCEPT;
use serde_json::json;
use services::Moment;
use services::media;
use services::staff::papers;
use std::time::Duration;

/// Files of one form.
const MOST: usize = 40;
/// Refused files that a plain form is told of.
const TOLD: usize = 8;

/// The paths below which files come in, with their limits: one film and its form, or some photos.
pub(crate) fn allowances() -> Vec<Allowance> {
    let minutes = Duration::from_secs(300);
    let photos =
        Allowance { prefix: "/photos/".into(), body_limit: FILM_BYTES + (16 << 20), request_timeout: minutes };
    let papers =
        Allowance { prefix: "/staff/".into(), body_limit: attachment::BYTES + (1 << 20), request_timeout: minutes };
    vec![photos, papers]
}

/// `POST /photos/{code}`: `room`, then any number of `file`.
pub(super) async fn photos(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path(code): Path<String>,
    request: Request,
) -> Response {
    let lang = Visit::read(request.headers(), "", "").lang;
    let answer = Answer { lang, plain: plain(&request), back: format!("/photos/{code}") };
    let done = async {
        let signed = caller.signed.as_ref().ok_or(Error::Unauthenticated)?;
        let db = &shared.services.db;
        // Before anything is read: who may not, and what is not there.
        let (home, _) = media::of_home(db, &signed.actor, &code).await?;
        let mut form = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
        let (mut room, mut told) = (media::read_room("")?, Vec::new());
        while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
            match field.name().unwrap_or_default() {
                "room" => room = media::read_room(&word(field).await?)?,
                "file" if told.len() < MOST => {
                    let (name, bytes) = file(field, FILM_BYTES).await?;
                    let Some(bytes) = bytes else {
                        told.push((name, TakenIn::Refused { why: Refusal::TooLarge }));
                        continue;
                    };
                    if name.is_empty() && bytes.is_empty() {
                        continue; // what a browser sends for a field that was left empty
                    }
                    let outcome = media::add(db, &signed.actor, Moment::now(), &home.code, room, bytes).await?;
                    told.push((name, outcome));
                }
                _ => return Err(unreadable()),
            }
        }
        Ok(told)
    };
    answer.give(done.await)
}

/// `POST /staff/{code}/papers`: `kind`, then one or more `file`.
pub(super) async fn paper(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path(code): Path<String>,
    request: Request,
) -> Response {
    let lang = Visit::read(request.headers(), "", "").lang;
    let answer = Answer { lang, plain: plain(&request), back: format!("/staff/{code}") };
    let done = async {
        let signed = caller.signed.as_ref().ok_or(Error::Unauthenticated)?;
        if !allow(&signed.actor, Action::WriteRecord) {
            return Err(Error::Forbidden);
        }
        services::staff::profile(&shared.services, signed, &code).await?;
        let mut form = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
        let (mut kind, mut told) = (String::new(), Vec::new());
        while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
            match field.name().unwrap_or_default() {
                "kind" => kind = word(field).await?,
                "file" if told.len() < MOST => {
                    let (name, bytes) = file(field, attachment::BYTES).await?;
                    let outcome = match bytes {
                        Some(bytes) => {
                            papers::add(&shared.services, signed, Moment::now(), &code, &kind, &name, bytes).await?
                        }
                        None => TakenIn::Refused { why: Refusal::TooLarge },
                    };
                    // Names of papers say what they are: they are in no address.
                    told.push((String::new(), outcome));
                }
                _ => return Err(unreadable()),
            }
        }
        Ok(told)
    };
    answer.give(done.await)
}

fn plain(request: &Request) -> bool {
    request.headers().get(ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("text/html"))
}

fn unreadable() -> Error {
    Error::Invalid { fields: Vec::new() }
}

/// A short field.
async fn word(mut field: Field<'_>) -> Result<String, Error> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| unreadable())? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > 64 {
            return Err(unreadable());
        }
    }
    String::from_utf8(bytes).map_err(|_| unreadable())
}

/// Name and contents of a file; what is longer than allowed is read past and not kept.
async fn file(mut field: Field<'_>, most: usize) -> Result<(String, Option<Bytes>), Error> {
    let name: String = field.file_name().unwrap_or_default().chars().take(80).collect();
    let (mut bytes, mut over) = (Vec::new(), false);
    while let Some(chunk) = field.chunk().await.map_err(|_| unreadable())? {
        over |= bytes.len() + chunk.len() > most;
        if over {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok((name, (!over).then(|| bytes.into())))
}

/// How the sender is told.
struct Answer {
    lang: Lang,
    /// Whether a plain form is waiting for a page.
    plain: bool,
    back: String,
}

impl Answer {
    fn give(self, done: Result<Vec<(String, TakenIn)>, Error>) -> Response {
        let Self { lang, plain, back } = self;
        match done {
            Ok(told) if plain => Redirect::to(&format!("{back}?{}", summary(&told))).into_response(),
            Ok(told) => {
                let files: Vec<_> = told.iter().map(|(name, outcome)| line(lang, name, *outcome)).collect();
                axum::Json(json!({ "files": files })).into_response()
            }
            Err(Error::Unauthenticated) if plain => {
                let next: String = form_urlencoded::byte_serialize(back.as_bytes()).collect();
                Redirect::to(&format!("/sign-in?next={next}")).into_response()
            }
            Err(error) if plain => {
                let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                (status, app::shell::error_text(lang, &error)).into_response()
            }
            Err(error) => problem(&error),
        }
    }
}

fn line(lang: Lang, name: &str, outcome: TakenIn) -> serde_json::Value {
    let (word, text) = match outcome {
        TakenIn::Taken => ("taken", app::desk::media::taken(lang)),
        TakenIn::Known => ("known", app::desk::media::known(lang)),
        TakenIn::Refused { why } => ("refused", refusal(lang, why)),
    };
    json!({ "name": name, "outcome": word, "text": text })
}

/// What became of the files, as the query of the page that tells it.
fn summary(told: &[(String, TakenIn)]) -> String {
    let count = |wanted: TakenIn| told.iter().filter(|(_, outcome)| *outcome == wanted).count();
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, count) in [("taken", count(TakenIn::Taken)), ("known", count(TakenIn::Known))] {
        if count > 0 {
            query.append_pair(name, &count.to_string());
        }
    }
    let refused = told.iter().filter_map(|(name, outcome)| match outcome {
        TakenIn::Refused { why } => Some((name, why)),
        TakenIn::Taken | TakenIn::Known => None,
    });
    for (name, why) in refused.take(TOLD) {
        query.append_pair("refused", why.code()).append_pair("file", name);
    }
    query.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_form_is_told_what_became_of_each_file() {
        let refused = |name: &str| (name.to_owned(), TakenIn::Refused { why: Refusal::Heic });
        let told = [("a.jpg".into(), TakenIn::Taken), ("b.jpg".into(), TakenIn::Known), refused("客厅&x.heic")];
        assert_eq!(summary(&told), "taken=1&known=1&refused=heic&file=%E5%AE%A2%E5%8E%85%26x.heic");
        let many: Vec<_> = (0..20).map(|_| refused("x")).collect();
        assert_eq!(summary(&many).matches("refused=").count(), TOLD);
    }
}
