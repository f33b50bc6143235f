//! Which notices come by mail too, and to which address.

use super::{Secret, Signed};
use crate::{Services, fault};
use domain::consent::Purpose;
use domain::error::Problem;
use domain::identity::{Checked, Fields, NoticeKind};
use domain::message::{Channel, Letter, mail_address};
use domain::{Error, Lang};
use store::identity::notice_mail::{self, Chosen};
use store::message::{Draft, queue};
use store::{Moment, audit};

/// How long the link of an address is good: 72 hours.
const LINK_MS: i64 = 72 * 3_600_000;

/// What one has chosen.
///
/// # Errors
/// `Internal`.
pub async fn chosen(services: &Services, signed: &Signed) -> Result<Chosen, Error> {
    notice_mail::chosen(&services.db, &signed.scope(), signed.account).await.map_err(fault)
}

/// Chooses: `mail` (empty for none) and `kinds`. Another address gets a
/// link and counts once it was opened. Whether a link was sent.
///
/// # Errors
/// `Invalid(mail, kinds)`; `Rule(ConfirmFirst)` for another address: it is told what happens to the account.
pub async fn choose(
    services: &Services,
    signed: &Signed,
    at: Moment,
    lang: Lang,
    fields: &Fields,
) -> Result<bool, Error> {
    let mut form = Checked::new(fields);
    let mail = Some(form.may("mail", |text| mail_address(text).ok_or(Problem::Malformed)));
    let kinds: Option<Vec<NoticeKind>> = fields.all("kinds").map(NoticeKind::from_code).collect();
    if kinds.is_none() {
        form.fault("kinds", Problem::UnknownValue);
    }
    let (mail, kinds) = form.done(mail.zip(kinds))?;
    let before = chosen(services, signed).await?;
    if before.mail != mail {
        signed.proven(at)?;
    }
    let token = Secret::draw()?;
    let actor = &signed.actor;
    let done = services.db.write(async |tx| {
        let (account, hash) = (signed.account, token.hashed());
        let sent = notice_mail::choose(&tx, at, account, mail.as_deref(), &kinds, lang, hash, LINK_MS).await?;
        if let Some(mail) = mail.as_deref().filter(|_| sent) {
            let letter = Letter::ConfirmMail { path: format!("/mail/{}", token.text()) };
            let (channel, purpose) = (Channel::Mail, Purpose::Service);
            let person = store::staff::person_of(&tx, account).await?;
            let draft = Draft { channel, to: mail, lang, letter: &letter, person: Some(person), purpose };
            queue(&tx, at, &draft).await?;
        }
        let detail = serde_json::json!({ "kinds": kinds, "address_changed": sent });
        let (action, id) = ("identity.notice_mail", account);
        audit::write(&tx, at, audit::Entry { actor, action, subject: "account", id, detail }).await?;
        Ok(sent)
    });
    let sent = done.await.map_err(fault)?;
    services.post.notify_one();
    Ok(sent)
}

/// Confirms an address with the token of its link. Anybody who has it may: it went to that address alone.
///
/// # Errors
/// `Rule(LinkSpent)`.
pub async fn confirm(services: &Services, at: Moment, token: &str) -> Result<(), Error> {
    let spent = Error::Rule { rule: domain::Rule::LinkSpent };
    let token = Secret::read(token).ok_or(spent)?;
    let done = services.db.write(async |tx| {
        let id = notice_mail::confirm(&tx, at, token.hashed()).await?;
        let (actor, detail) = (&domain::access::Actor::Visitor, serde_json::json!({}));
        let action = "identity.mail_confirmed";
        audit::write(&tx, at, audit::Entry { actor, action, subject: "account", id, detail }).await
    });
    done.await.map_err(fault)
}
