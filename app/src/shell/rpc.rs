//! What every server function has in common: its error, and on the server who calls.

use domain::Error;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// The product's error on its way through a server function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error(transparent)]
pub struct Fault(#[from] pub Error);

impl FromServerFnError for Fault {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        // What the library reports of a body is for its author, not for the person.
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self(Error::Invalid { fields: Vec::new() })
            }
            _ => Self(Error::Transport),
        }
    }
}

#[cfg(feature = "ssr")]
pub use server::{Call, Caller, ClientCookie, Cookie};

#[cfg(feature = "ssr")]
mod server {
    use super::Fault;
    use domain::{Error, Rule};
    use http::HeaderValue;
    use http::header::SET_COOKIE;
    use leptos::prelude::{expect_context, use_context};
    use leptos_axum::ResponseOptions;
    use services::client::SignedClient;
    use services::client::door::{CameIn, LIFE_S};
    use services::identity::sign_in::SignedIn;
    use services::identity::webauthn::Site;
    use services::identity::{Origin, Owes, Secret, Signed};
    use services::{Moment, Services};

    /// Who asks, as the server found out before the page or the function began.
    #[derive(Clone, Debug, Default)]
    pub struct Caller {
        /// Somebody who is signed in.
        pub signed: Option<Signed>,
        /// What somebody owes who came in without the second factor their role must have; they are nobody until then.
        pub owes: Option<Owes>,
        /// The token of the session, also of a half one.
        pub token: Option<String>,
        /// A client of the public site who is signed in, by a cookie of their own.
        pub client: Option<SignedClient>,
        /// The token of that session.
        pub client_token: Option<String>,
        /// The secret that a passkey's challenge for signing in is bound to.
        pub passkey: Option<String>,
        /// What passkeys are bound to; without one there are none here.
        pub site: Option<Site>,
        /// From where.
        pub origin: Origin,
        /// Whether people reach the server over HTTPS.
        pub secure: bool,
    }

    /// What a server function needs.
    #[derive(Clone, Debug)]
    pub struct Call {
        /// The firm.
        pub services: Services,
        /// Who calls.
        pub caller: Caller,
        /// When.
        pub at: Moment,
    }

    impl Call {
        /// The call being answered.
        pub fn current() -> Self {
            let caller = use_context::<Caller>().unwrap_or_default();
            Self { services: expect_context(), caller, at: Moment::now() }
        }

        /// Who calls, if they are signed in.
        ///
        /// # Errors
        /// `Unauthenticated`; `Rule(SecondNeeded)`.
        pub fn signed(&self) -> Result<&Signed, Error> {
            let nobody = match self.caller.owes {
                Some(_) => Error::Rule { rule: Rule::SecondNeeded },
                None => Error::Unauthenticated,
            };
            self.caller.signed.as_ref().ok_or(nobody)
        }

        /// Which client calls, if one is signed in.
        ///
        /// # Errors
        /// `Unauthenticated`.
        pub fn client(&self) -> Result<&SignedClient, Error> {
            self.caller.client.as_ref().ok_or(Error::Unauthenticated)
        }

        /// Answers with a result; an error sets its status.
        pub fn answer<T>(result: Result<T, Error>) -> Result<T, Fault> {
            result.map_err(|error| {
                let status = http::StatusCode::from_u16(error.status());
                if let (Some(response), Ok(status)) = (use_context::<ResponseOptions>(), status) {
                    response.set_status(status);
                }
                Fault(error)
            })
        }

        /// Hands a session's token to the browser.
        pub fn enter(&self, session: &SignedIn) {
            self.put(&Cookie::kept(self.caller.secure, session.token.text(), session.keep_s));
        }

        /// The secret a challenge for signing in is bound to, in a cookie of its own: there is no session yet. Several
        /// tabs share it.
        ///
        /// # Errors
        /// `Internal` where the system gives no random numbers.
        pub fn passkey_holder(&self) -> Result<String, Error> {
            if let Some(held) = self.caller.passkey.as_deref().and_then(Secret::read) {
                return Ok(held.text().to_owned());
            }
            let secret = Secret::draw()?;
            self.put(&Cookie::passkey(self.caller.secure, secret.text()));
            Ok(secret.text().to_owned())
        }

        /// Replaces the token of the session that goes on.
        pub fn renew(&self, token: &str) {
            self.put(&Cookie::kept(self.caller.secure, token, None));
        }

        /// Takes the token from the browser.
        pub fn leave(&self) {
            self.put(&Cookie::gone(self.caller.secure));
        }

        /// Hands a client's token to the browser, which kept nothing of its own any more: the lists are in the account.
        pub fn enter_client(&self, came: &CameIn) {
            self.put(&ClientCookie::kept(self.caller.secure, came.token.text(), came.keep_s));
            self.put(&crate::shell::kept_cookie(self.caller.secure, "saved", "", 0));
        }

        /// Replaces the token of the client's session that goes on.
        pub fn renew_client(&self, token: &Secret) {
            self.put(&ClientCookie::kept(self.caller.secure, token.text(), LIFE_S));
        }

        /// Takes the client's token from the browser.
        pub fn leave_client(&self) {
            self.put(&format!(
                "{}=; {}; Max-Age=0",
                ClientCookie::name(self.caller.secure),
                ClientCookie::rules(self.caller.secure)
            ));
        }

        fn put(&self, cookie: &str) {
            if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(cookie)) {
                response.append_header(SET_COOKIE, value);
            }
        }
    }

    /// The cookie of a session. Over HTTPS its name makes the browser insist on that, on this host alone and on
    /// every path.
    #[derive(Debug)]
    pub struct Cookie;

    impl Cookie {
        /// Its name.
        pub const fn name(secure: bool) -> &'static str {
            if secure { "__Host-session" } else { "session" }
        }

        /// Name of the cookie of a challenge.
        pub const fn passkey_name(secure: bool) -> &'static str {
            if secure { "__Host-passkey" } else { "passkey" }
        }

        fn passkey(secure: bool, secret: &str) -> String {
            let rules = if secure { "; Secure" } else { "" };
            format!("{}={secret}; Path=/; HttpOnly; SameSite=Strict{rules}", Self::passkey_name(secure))
        }

        fn kept(secure: bool, token: &str, seconds: Option<i64>) -> String {
            let life = seconds.map(|s| format!("; Max-Age={s}")).unwrap_or_default();
            format!("{}={token}{}{life}", Self::name(secure), Self::rules(secure))
        }

        /// The header that takes it away.
        pub fn gone(secure: bool) -> String {
            format!("{}={}; Max-Age=0", Self::name(secure), Self::rules(secure))
        }

        const fn rules(secure: bool) -> &'static str {
            if secure { "; Path=/; HttpOnly; SameSite=Lax; Secure" } else { "; Path=/; HttpOnly; SameSite=Lax" }
        }
    }

    /// The cookie of a client's session: another one than that of the firm's people, so that one is never taken for
    /// the other.
    #[derive(Debug)]
    pub struct ClientCookie;

    impl ClientCookie {
        /// Its name.
        pub const fn name(secure: bool) -> &'static str {
            if secure { "__Host-client" } else { "client" }
        }

        fn kept(secure: bool, token: &str, seconds: i64) -> String {
            format!("{}={token}; {}; Max-Age={seconds}", Self::name(secure), Self::rules(secure))
        }

        const fn rules(secure: bool) -> &'static str {
            if secure { "Path=/; HttpOnly; SameSite=Lax; Secure" } else { "Path=/; HttpOnly; SameSite=Lax" }
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_clients_cookie_has_the_same_rules_and_another_name() {
            let kept = ClientCookie::kept(true, "t", 60);
            assert_eq!(kept, "__Host-client=t; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60");
            assert_ne!(ClientCookie::name(false), Cookie::name(false));
        }

        #[test]
        fn a_session_cookie_is_out_of_reach_of_scripts_and_other_sites() {
            let kept = Cookie::kept(true, "t", Some(60));
            assert_eq!(kept, "__Host-session=t; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60");
            assert_eq!(Cookie::gone(false), "session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
        }
    }
}
