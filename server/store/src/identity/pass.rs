//! One-time links: the first set-up, an invitation, a new password.

use crate::{Db, Moment, Scope, Sequence, StoreError, StoreResult, Tx};
use domain::{Error, Rule};
use sea_orm::Value;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To make the firm and its first administrator.
    Setup,
    /// To choose the first password.
    Invite,
    /// To choose a new password.
    Reset,
}

impl Purpose {
    fn code(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Invite => "invite",
            Self::Reset => "reset",
        }
    }
}

/// A link that can be used.
#[derive(Clone, Debug)]
pub struct Pass {
    /// Row number.
    pub id: i64,
    /// What it is for.
    pub purpose: Purpose,
    /// Whose, but for the set-up.
    pub account: Option<i64>,
}

/// Makes a link; older ones of the same account, or for the same set-up, are void from now on.
pub async fn make(
    tx: &Tx,
    at: Moment,
    purpose: Purpose,
    account: Option<i64>,
    token_hash: Vec<u8>,
    life_ms: i64,
    by: &str,
) -> StoreResult<()> {
    void(tx, at, account).await?;
    let id = tx.numbers(&Sequence::Row, 1).await?;
    tx.run(
        "INSERT INTO pass (id, kind, account_id, token_hash, made_ms, made_by, expires_ms) VALUES ($1,$2,$3,$4,$5,$6,$7)",
        [
            id.into(),
            purpose.code().into(),
            account.into(),
            Value::from(token_hash),
            at.0.into(),
            by.into(),
            (at.0 + life_ms).into(),
        ],
    )
    .await?;
    Ok(())
}

/// Voids the links of an account, or those for the set-up.
pub async fn void(tx: &Tx, at: Moment, account: Option<i64>) -> StoreResult<()> {
    let (whose, value) = match account {
        Some(id) => ("account_id = $2", id),
        None => ("account_id IS NULL AND $2 = 0", 0),
    };
    let sql = format!("UPDATE pass SET used_ms = $1 WHERE used_ms IS NULL AND {whose}");
    tx.run(sql, [at.0.into(), value.into()]).await?;
    Ok(())
}

/// The link with this token, if it can still be used.
///
/// # Errors
/// `Rule(LinkSpent)` for one that was used, is too old or never was; the three are not told apart.
pub async fn find(db: &Db, _scope: &Scope, at: Moment, token_hash: Vec<u8>) -> StoreResult<Pass> {
    let sql = "SELECT id, kind, account_id FROM pass WHERE token_hash = $1 AND used_ms IS NULL AND expires_ms > $2";
    let rows = db.rows(sql, [Value::from(token_hash), at.0.into()]).await?;
    let row = rows.first().ok_or(Error::Rule { rule: Rule::LinkSpent })?;
    let kind: String = row.try_get("", "kind")?;
    let purpose = match kind.as_str() {
        "setup" => Purpose::Setup,
        "invite" => Purpose::Invite,
        "reset" => Purpose::Reset,
        other => return Err(StoreError::corrupt(format!("pass {other}"))),
    };
    Ok(Pass { id: row.try_get("", "id")?, purpose, account: row.try_get("", "account_id")? })
}

/// Uses a link up.
///
/// # Errors
/// `Rule(LinkSpent)` when somebody was quicker.
pub async fn take(tx: &Tx, at: Moment, id: i64) -> StoreResult<()> {
    let sql = "UPDATE pass SET used_ms = $2 WHERE id = $1 AND used_ms IS NULL AND expires_ms > $2";
    match tx.run(sql, [id.into(), at.0.into()]).await?.rows_affected() {
        1 => Ok(()),
        _ => Err(Error::Rule { rule: Rule::LinkSpent }.into()),
    }
}
