//! The demo firm's people, and somebody signed in.

use crate::firm::{Firm, system};
use domain::identity::Fields;
use services::identity::demo::{DemoAccount, people};
use services::identity::sign_in::sign_in;
use services::identity::{Origin, Signed, who};
use services::{Moment, Services};

pub const NOW: Moment = Moment(1_795_600_000_000);

/// A firm with people, whose accounts can be signed in with.
pub struct House {
    pub services: Services,
    pub accounts: Vec<DemoAccount>,
}

pub fn later(minutes: i64) -> Moment {
    Moment(NOW.0 + minutes * 60_000)
}

pub fn origin() -> Origin {
    Origin { address: "10.0.0.7".into(), agent: "Mozilla/5.0 (Windows NT 10.0) Chrome/131 Safari/537.36".into() }
}

pub fn fields(pairs: &[(&str, &str)]) -> Fields {
    Fields::new(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect())
}

impl House {
    pub async fn open(firm: &Firm) -> Self {
        let db = firm.open().await;
        let accounts = people(&db, &system(), NOW).await.expect("writes");
        let services = Services::open(db, NOW).await.expect("opens");
        Self { services, accounts }
    }

    pub fn account(&self, login: &str) -> &DemoAccount {
        self.accounts.iter().find(|a| a.login == login).expect("is a demo account")
    }

    /// A token of a new session.
    pub async fn token(&self, login: &str, at: Moment) -> String {
        let password = &self.account(login).password;
        let done = sign_in(&self.services, at, &origin(), login, password, false).await.expect("signs in");
        done.token.text().to_owned()
    }

    pub async fn signed_at(&self, login: &str, at: Moment) -> Signed {
        let token = self.token(login, at).await;
        who(&self.services, at, &token, &origin()).await.expect("answers").expect("is somebody")
    }

    pub async fn signed(&self, login: &str) -> Signed {
        self.signed_at(login, NOW).await
    }

    pub async fn is_in(&self, token: &str, at: Moment) -> bool {
        who(&self.services, at, token, &origin()).await.expect("answers").is_some()
    }
}
