//! The first start: a one-time link makes the firm, its first store and its first administrator.

use super::{Origin, Secret, secret, sign_in, system};
use crate::{Services, fault};
use domain::access::{Actor, Role};
use domain::error::Problem;
use domain::identity::{Checked, Fields, Login, SecondDuty, person_name, plain_text};
use domain::{Error, Rule};
use store::identity::pass::{self, Purpose};
use store::identity::{account, session};
use store::staff::{self, store as stores};
use store::{Moment, Scope, audit, setting};

/// How long the link is good: a day. Every start prints another one as long as nobody can sign in.
const LIFE_MS: i64 = 24 * 3_600_000;
/// Who must have a second factor in a new firm: those who give access, see everything or move money.
const MUST: [Role; 3] = [Role::Admin, Role::Director, Role::Finance];
/// Days they have to set it up.
const GRACE_DAYS: i64 = 7;
/// The setting with the firm's name.
pub(crate) const FIRM: &str = "firm_name";

/// The link for the set-up, if nobody can sign in yet. Older ones are void.
///
/// # Errors
/// `Internal`.
pub async fn link(services: &Services, at: Moment) -> Result<Option<Secret>, Error> {
    if account::any(&services.db, &system()).await.map_err(fault)? {
        return Ok(None);
    }
    let token = Secret::draw()?;
    let made = services
        .db
        .write(async |tx| pass::make(&tx, at, Purpose::Setup, None, token.hashed(), LIFE_MS, "system:start").await);
    made.await.map_err(fault)?;
    Ok(Some(token))
}

/// Whether the link can be used.
///
/// # Errors
/// `Rule(LinkSpent)`.
pub async fn look(services: &Services, at: Moment, token: &str) -> Result<(), Error> {
    find(services, at, token).await.map(drop)
}

/// Makes the firm from `firm`, `store`, `name`, `login`, `password`, and signs its administrator in.
///
/// # Errors
/// `Rule(LinkSpent)`, also when somebody else was quicker; `Invalid`.
pub async fn set_up(
    services: &Services,
    at: Moment,
    from: &Origin,
    token: &str,
    fields: &Fields,
) -> Result<sign_in::SignedIn, Error> {
    let pass = find(services, at, token).await?;
    let mut checked = Checked::new(fields);
    let firm = checked.need("firm", |text| plain_text(text, 60));
    let store = checked.need("store", |text| plain_text(text, 60));
    let name = checked.need("name", person_name);
    let login = checked.need("login", |text| Login::parse(text).ok_or(Problem::Malformed));
    let password = fields.get("password");
    if let Some(problem) = super::password::weakness(password, &[fields.get("login"), fields.get("name")]) {
        checked.fault("password", problem);
    }
    let read = (|| Some((firm?, store?, name?, login?)))();
    let (firm, store, name, login) = checked.done(read)?;
    let (hash, whole) = (secret::hash(password).await?, Secret::draw()?);
    let actor = Actor::system("setup");
    let done = services.db.write(async |tx| {
        pass::take(&tx, at, pass).await?;
        setting::write(&tx, FIRM, &firm).await?;
        let duty = SecondDuty { roles: MUST.to_vec(), days: GRACE_DAYS, since_ms: at.0 };
        setting::write(&tx, session::SECOND_DUTY, &duty.text()).await?;
        let entry = stores::Entry { name: store, address: String::new(), phone: String::new() };
        let (_, store) = stores::open(&tx, at, &entry).await?;
        let (id, _) = staff::add(&tx, at, &actor, &crate::staff::plain_entry(&name, &store, "")).await?;
        let id = account::open(&tx, at, id, login.as_str(), &[Role::Admin], Some(&hash)).await?;
        let detail = serde_json::json!({ "firm": firm });
        audit::write(&tx, at, audit::Entry { actor: &actor, action: "firm.set_up", subject: "account", id, detail })
            .await
    });
    done.await.map_err(fault)?;
    let made = account::by_login(&services.db, &system(), login.as_str()).await.map_err(fault)?;
    let account = made.ok_or(Error::NotFound)?;
    let entered = services.db.write(async |tx| sign_in::enter(&tx, at, from, &account, &whole, false, false).await);
    entered.await.map_err(fault)?;
    Ok(sign_in::SignedIn { token: whole, keep_s: None, half: false, start: account.start })
}

/// The firm's name; empty before the set-up.
///
/// # Errors
/// `Internal`.
pub async fn firm(services: &Services, scope: &Scope) -> Result<String, Error> {
    Ok(setting::read(&services.db, scope, FIRM).await.map_err(fault)?.unwrap_or_default())
}

async fn find(services: &Services, at: Moment, token: &str) -> Result<i64, Error> {
    let spent = Error::Rule { rule: Rule::LinkSpent };
    let Some(secret) = Secret::read(token) else { return Err(spent) };
    // Somebody may have come in by another way, a restored backup or the demo.
    if account::any(&services.db, &system()).await.map_err(fault)? {
        return Err(spent);
    }
    let pass = pass::find(&services.db, &system(), at, secret.hashed()).await.map_err(fault)?;
    if pass.purpose == Purpose::Setup { Ok(pass.id) } else { Err(spent) }
}
