//! Notices by mail: where they go, which kinds, and the link that shows that the address is one's own.

use super::person;
use crate::message::{Draft, queue};
use crate::{Db, Moment, Scope, Sequence, StoreError, StoreResult, Tx};
use domain::consent::Purpose;
use domain::identity::NoticeKind;
use domain::message::{Channel, Letter};
use domain::{Error, Lang, Rule};
use sea_orm::{QueryResult, Value};

const MAIL: &str = "staff.mail";

/// What an account has chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// The address; `None` where none was entered.
    pub mail: Option<String>,
    /// Whether its link was opened.
    pub confirmed: bool,
    /// The kinds that come by mail too.
    pub kinds: Vec<NoticeKind>,
}

const SELECT: &str = "SELECT n.mail_cipher, n.kinds, n.lang, n.confirmed_ms, n.person_id, p.key_cipher FROM notice_mail n \
    JOIN person p ON p.id = n.person_id WHERE n.account_id = $1";

/// What an account has chosen; nothing where it never did.
pub async fn chosen(db: &Db, _scope: &Scope, account: i64) -> StoreResult<Chosen> {
    let rows = db.rows(SELECT, [account.into()]).await?;
    rows.first().map_or_else(|| Ok(Chosen::default()), |row| read(db.keys(), row))
}

/// Writes what an account has chosen. With another address than before, `token` is the hash of the link that confirms it.
/// Whether the address is another one.
#[expect(clippy::too_many_arguments, reason = "what a form holds, and the link that goes out for it")]
pub async fn choose(
    tx: &Tx,
    at: Moment,
    account: i64,
    mail: Option<&str>,
    kinds: &[NoticeKind],
    lang: Lang,
    token: Vec<u8>,
    life_ms: i64,
) -> StoreResult<bool> {
    let rows = tx.rows(SELECT, [account.into()]).await?;
    let before = rows.first().map(|row| read(tx.keys(), row)).transpose()?.unwrap_or_default();
    let person = crate::staff::person_of(tx, account).await?;
    let own = person::own_key(tx, person).await?.ok_or(Error::Rule { rule: Rule::PersonErased })?;
    let sealed = mail.map(|mail| own.seal(MAIL, mail)).transpose()?;
    let words = kinds.iter().map(|kind| kind.code()).collect::<Vec<_>>().join(",");
    let same = before.mail.as_deref() == mail;
    if rows.is_empty() {
        let id = tx.numbers(&Sequence::Row, 1).await?;
        let sql = "INSERT INTO notice_mail (id, account_id, person_id, kinds, lang) VALUES ($1,$2,$3,'',$4)";
        tx.run(sql, [id.into(), account.into(), person.into(), lang.code().into()]).await?;
    }
    let sql = "UPDATE notice_mail SET kinds = $2, lang = $3 WHERE account_id = $1";
    tx.run(sql, [account.into(), words.into(), lang.code().into()]).await?;
    if same {
        return Ok(false);
    }
    let token = mail.map(|_| token);
    let until = mail.map(|_| at.0 + life_ms);
    let sql = "UPDATE notice_mail SET mail_cipher = $2, token_hash = $3, token_until_ms = $4, confirmed_ms = NULL \
               WHERE account_id = $1";
    tx.run(sql, [account.into(), Value::from(sealed), Value::from(token), until.into()]).await?;
    Ok(mail.is_some())
}

/// Opens a link: the address counts from now on. The account it belongs to.
///
/// # Errors
/// `Rule(LinkSpent)` for one that was used, is too old or never was.
pub async fn confirm(tx: &Tx, at: Moment, token: Vec<u8>) -> StoreResult<i64> {
    let sql = "SELECT account_id FROM notice_mail WHERE token_hash = $1 AND token_until_ms > $2";
    let rows = tx.rows(sql, [Value::from(token.clone()), at.0.into()]).await?;
    let account: i64 = rows.first().ok_or(Error::Rule { rule: Rule::LinkSpent })?.try_get("", "account_id")?;
    let sql =
        "UPDATE notice_mail SET confirmed_ms = $2, token_hash = NULL, token_until_ms = NULL WHERE token_hash = $1";
    match tx.run(sql, [Value::from(token), at.0.into()]).await?.rows_affected() {
        1 => Ok(account),
        _ => Err(Error::Rule { rule: Rule::LinkSpent }.into()),
    }
}

/// Queues the mail of a notice, where its account wants that kind by mail. In it stands no more than kind and page.
pub(super) async fn also(tx: &Tx, at: Moment, account: i64, kind: NoticeKind) -> StoreResult<()> {
    let rows = tx.rows(SELECT, [account.into()]).await?;
    let Some(row) = rows.first() else { return Ok(()) };
    let Chosen { mail: Some(mail), confirmed: true, kinds } = read(tx.keys(), row)? else { return Ok(()) };
    if !kinds.contains(&kind) {
        return Ok(());
    }
    let lang: String = row.try_get("", "lang")?;
    // The page of notices for all: an address that names a person would be personal data.
    let letter = Letter::Notice { kind, path: "/notices".to_owned() };
    let draft = Draft {
        channel: Channel::Mail,
        to: &mail,
        lang: Lang::from_code(&lang).ok_or_else(|| StoreError::corrupt(format!("language {lang}")))?,
        letter: &letter,
        person: row.try_get("", "person_id")?,
        purpose: Purpose::Service,
    };
    queue(tx, at, &draft).await.map(drop)
}

fn read(keys: &crate::Keys, row: &QueryResult) -> StoreResult<Chosen> {
    let words: String = row.try_get("", "kinds")?;
    let kind = |word: &str| NoticeKind::from_code(word).ok_or_else(|| StoreError::corrupt(format!("notice {word}")));
    let sealed: Option<Vec<u8>> = row.try_get("", "mail_cipher")?;
    let mail = match (person::opened(keys, row)?, sealed) {
        (Some(own), Some(sealed)) => Some(own.open(MAIL, &sealed)?),
        _ => None,
    };
    let confirmed: Option<i64> = row.try_get("", "confirmed_ms")?;
    Ok(Chosen {
        confirmed: confirmed.is_some() && mail.is_some(),
        mail,
        kinds: words.split(',').filter(|word| !word.is_empty()).map(kind).collect::<StoreResult<_>>()?,
    })
}
