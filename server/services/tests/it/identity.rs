//! Signing in, passwords, second factors, links, sessions.

use crate::firm::{Firm, on_each_engine};
use crate::people::{House, NOW, fields, later, origin};
use domain::error::Problem;
use domain::identity::NoticeKind;
use domain::{Error, Rule};
use services::Services;
use services::identity::sign_in::{sign_in, sign_out};
use services::identity::{Origin, account, api_key, device, link, notice, password, second, set_up, who};

const STRONG: &str = "plaza-cactus-violin-91";

fn problem(error: Error) -> Option<(String, Problem)> {
    match error {
        Error::Invalid { fields } => fields.into_iter().next().map(|f| (f.field, f.problem)),
        _ => None,
    }
}

#[tokio::test]
async fn a_session_is_somebody_until_it_is_signed_out() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let token = house.token("lin", NOW).await;
        let signed = who(&house.services, NOW, &token, &origin()).await.unwrap().unwrap();
        assert_eq!((signed.name.as_str(), signed.login.as_str()), ("林知夏", "lin"));
        sign_out(&house.services, NOW, &origin(), &token).await.unwrap();
        assert!(!house.is_in(&token, NOW).await);
        for nobody in ["", "x", &"A".repeat(43), "../../etc/passwd"] {
            assert!(!house.is_in(nobody, NOW).await);
        }
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_when_it_is_idle_and_after_a_working_day() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let token = house.token("lin", NOW).await;
        assert!(house.is_in(&token, later(119)).await);
        assert!(house.is_in(&token, later(119 + 119)).await);
        assert!(!house.is_in(&token, later(119 + 119 + 121)).await);
        let token = house.token("lin", NOW).await;
        for hour in 1..12 {
            assert!(house.is_in(&token, later(hour * 60)).await, "{hour}");
        }
        assert!(!house.is_in(&token, later(12 * 60 + 1)).await);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_login_and_a_wrong_password_answer_alike_and_five_failures_wait() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        for (n, login) in ["lin", "nobody", "林", "lin", "lin", "lin", "lin"].into_iter().enumerate() {
            let refused = sign_in(&house.services, later(0), &origin(), login, "wrong-password-1", false).await;
            assert_eq!(refused.unwrap_err(), Error::NotKnown, "{n}");
        }
        let waits = sign_in(&house.services, later(0), &origin(), "lin", "wrong-password-1", false).await;
        assert!(matches!(waits, Err(Error::Wait { seconds: 1..=31 })), "{waits:?}");
        // The right password waits as well, but only from there: its owner is elsewhere and comes in.
        let right = &house.account("lin").password;
        assert!(sign_in(&house.services, later(0), &origin(), "lin", right, false).await.is_err());
        let elsewhere = Origin { address: "10.9.9.9".into(), ..origin() };
        assert!(sign_in(&house.services, later(0), &elsewhere, "lin", right, false).await.is_ok());
        assert!(sign_in(&house.services, later(1), &origin(), "lin", right, false).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_changed_password_ends_every_other_session_and_changes_this_token() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let (other, token) = (house.token("lin", NOW).await, house.token("lin", NOW).await);
        let signed = who(&house.services, NOW, &token, &origin()).await.unwrap().unwrap();
        let old = &house.account("lin").password;
        let change = async |old: &str, new: &str| {
            password::change(&house.services, &signed, NOW, &origin(), (old, ""), new).await
        };
        assert_eq!(problem(change("no", STRONG).await.unwrap_err()), Some(("old_password".into(), Problem::Wrong)));
        assert_eq!(problem(change(old, "password123").await.unwrap_err()), Some(("password".into(), Problem::Weak)));
        assert!(house.is_in(&token, NOW).await && house.is_in(&other, NOW).await);
        let renewed = change(old, STRONG).await.unwrap();
        assert!(!house.is_in(&other, NOW).await && !house.is_in(&token, NOW).await);
        assert!(house.is_in(renewed.text(), NOW).await);
        assert!(sign_in(&house.services, NOW, &origin(), "lin", old, false).await.is_err());
        assert!(sign_in(&house.services, NOW, &origin(), "lin", STRONG, false).await.is_ok());
        let told = notice::list(&house.services, &signed, None).await.unwrap();
        assert!(told.iter().any(|n| n.kind == NoticeKind::PasswordChanged), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn a_second_factor_is_asked_for_once_it_is_on_and_no_code_is_good_twice() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let signed = house.signed("lin").await;
        let offer = second::offer(&house.services, &signed, NOW).await.unwrap();
        assert!(offer.picture.contains("<svg") && offer.address.starts_with("otpauth://totp/Menpai:lin"));
        let secret = totp(&offer.secret);
        assert_eq!(second::offer(&house.services, &signed, NOW).await.unwrap().secret, offer.secret);
        assert!(second::turn_on(&house.services, &signed, NOW, "000000").await.is_err());
        let codes = second::turn_on(&house.services, &signed, NOW, &code(&secret, NOW)).await.unwrap();
        assert_eq!(codes.len(), 10);

        let half = sign_in(&house.services, later(2), &origin(), "lin", &house.account("lin").password, true).await;
        let half = half.unwrap();
        assert!(half.half && !house.is_in(half.token.text(), later(2)).await);
        let give = async |code: &str, minute| {
            second::give(&house.services, later(minute), &origin(), half.token.text(), code, true).await
        };
        for bad in ["", "12345", "abcdef", "０００００００", &"1".repeat(500)] {
            assert_eq!(problem(give(bad, 2).await.unwrap_err()), Some(("code".into(), Problem::Wrong)), "{bad}");
        }
        let right = code(&secret, later(4));
        let whole = give(&right, 4).await.unwrap();
        assert_eq!(whole.keep_s, Some(7 * 24 * 3600), "the wish to stay signed in outlives the second factor");
        assert!(house.is_in(whole.token.text(), later(4)).await);
        // The half session is spent; and the same code opens nothing else.
        assert_eq!(give(&right, 4).await.unwrap_err(), Error::Unauthenticated);
        let again = sign_in(&house.services, later(4), &origin(), "lin", &house.account("lin").password, false).await;
        let again = again.unwrap().token;
        let used = second::give(&house.services, later(4), &origin(), again.text(), &right, false).await;
        assert_eq!(problem(used.unwrap_err()), Some(("code".into(), Problem::Wrong)));
        let recovered =
            second::give(&house.services, later(4), &origin(), again.text(), &codes[3].to_uppercase(), false).await;
        assert!(recovered.is_ok());
        let signed =
            who(&house.services, later(4), recovered.unwrap().token.text(), &origin()).await.unwrap().unwrap();
        assert_eq!(second::codes_left(&house.services, &signed).await.unwrap(), 9);
    })
    .await;
}

fn totp(shown: &str) -> totp_rs::Totp {
    let secret = totp_rs::Secret::try_from_base32(shown.replace(' ', "")).expect("is well made");
    totp_rs::Builder::new().with_secret(secret).build().expect("is well made")
}

fn code(totp: &totp_rs::Totp, at: services::Moment) -> String {
    totp.generate(u64::try_from(at.0 / 1000).expect("is well made")).to_string()
}

#[tokio::test]
async fn an_administrator_takes_a_lost_second_factor_away() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let (admin, lin) = (house.signed("tang").await, house.signed("lin").await);
        let secret = totp(&second::offer(&house.services, &lin, NOW).await.unwrap().secret);
        second::turn_on(&house.services, &lin, NOW, &code(&secret, NOW)).await.unwrap();
        let token = house.token("zhou", NOW).await;
        let chen = who(&house.services, NOW, &token, &origin()).await.unwrap().unwrap();
        assert_eq!(account::drop_second(&house.services, &chen, NOW, &lin.code).await.unwrap_err(), Error::Forbidden);
        account::drop_second(&house.services, &admin, NOW, &lin.code).await.unwrap();
        let password = &house.account("lin").password;
        let done = sign_in(&house.services, later(1), &origin(), "lin", password, false).await.unwrap();
        assert!(!done.half && house.is_in(done.token.text(), later(1)).await);
    })
    .await;
}

#[tokio::test]
async fn the_first_start_makes_the_firm_once() {
    on_each_engine(async |firm: Firm| {
        let db = firm.open().await;
        let services = Services::open(db, NOW).await.unwrap();
        let older = set_up::link(&services, NOW).await.unwrap().unwrap();
        let token = set_up::link(&services, NOW).await.unwrap().unwrap();
        let spent = Error::Rule { rule: Rule::LinkSpent };
        assert_eq!(set_up::look(&services, NOW, older.text()).await.unwrap_err(), spent);
        assert_eq!(set_up::look(&services, later(24 * 60 + 1), token.text()).await.unwrap_err(), spent);
        let form = |password: &str| {
            fields(&[
                ("firm", "安禾房产"),
                ("store", "张杨路店"),
                ("name", "𠮷田 知行"),
                ("login", "Yoshida"),
                ("password", password),
            ])
        };
        let weak = set_up::set_up(&services, NOW, &origin(), token.text(), &form("1234567890")).await;
        assert_eq!(problem(weak.unwrap_err()), Some(("password".into(), Problem::Weak)));
        let done = set_up::set_up(&services, NOW, &origin(), token.text(), &form(STRONG)).await.unwrap();
        let signed = who(&services, NOW, done.token.text(), &origin()).await.unwrap().unwrap();
        assert_eq!(
            (signed.name.as_str(), signed.login.as_str(), signed.code.as_str()),
            ("𠮷田 知行", "yoshida", "YG-0001")
        );
        let again = set_up::set_up(&services, NOW, &origin(), token.text(), &form(STRONG)).await;
        assert_eq!(again.unwrap_err(), spent);
        assert!(set_up::link(&services, NOW).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn an_administrator_opens_an_account_and_the_link_is_good_once() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let (admin, agent) = (house.signed("tang").await, house.signed("lin").await);
        let form = fields(&[("login", "nanxing"), ("roles", "agent"), ("roles", "service")]);
        let code = person(&house, "许南星").await;
        let refused = account::open(&house.services, &agent, NOW, &code, &form).await;
        assert_eq!(refused.unwrap_err(), Error::Forbidden);
        let late = account::open(&house.services, &admin, later(11), &code, &form).await;
        assert_eq!(late.unwrap_err(), Error::Rule { rule: Rule::ConfirmFirst });
        let taken = fields(&[("login", "LIN"), ("roles", "agent")]);
        let taken = account::open(&house.services, &admin, NOW, &code, &taken).await;
        assert_eq!(problem(taken.unwrap_err()), Some(("login".into(), Problem::Taken)));
        let odd = fields(&[("login", "nanxing"), ("roles", "emperor")]);
        let odd = account::open(&house.services, &admin, NOW, &code, &odd).await;
        assert_eq!(problem(odd.unwrap_err()), Some(("roles".into(), Problem::UnknownValue)));

        let token = account::open(&house.services, &admin, NOW, &code, &form).await.unwrap();
        assert_eq!(link::look(&house.services, NOW, token.text()).await.unwrap().login, "nanxing");
        let weak = link::accept(&house.services, NOW, &origin(), token.text(), "nanxing123").await;
        assert!(problem(weak.unwrap_err()).is_some());
        let done = link::accept(&house.services, NOW, &origin(), token.text(), STRONG).await.unwrap();
        assert!(house.is_in(done.token.text(), NOW).await);
        let spent = link::accept(&house.services, NOW, &origin(), token.text(), STRONG).await;
        assert_eq!(spent.unwrap_err(), Error::Rule { rule: Rule::LinkSpent });

        // A reset ends every session of its owner at once, and a newer link voids an older one.
        let older = link::make(&house.services, &admin, NOW, &code).await.unwrap();
        assert!(!house.is_in(done.token.text(), NOW).await);
        let newer = link::make(&house.services, &admin, NOW, &code).await.unwrap();
        assert!(link::look(&house.services, NOW, older.text()).await.is_err());
        assert!(link::look(&house.services, later(72 * 60 + 1), newer.text()).await.is_err());
        assert!(link::accept(&house.services, later(60), &origin(), newer.text(), STRONG).await.is_ok());
    })
    .await;
}

async fn person(house: &House, name: &str) -> String {
    let admin = house.signed("tang").await;
    let found = services::staff::directory(&house.services, &admin.actor, &store::staff::Filter::default(), 50)
        .await
        .expect("is there");
    found.people.into_iter().find(|p| p.name == name).expect("is there").code
}

#[tokio::test]
async fn sessions_die_when_roles_change_and_when_the_account_is_closed() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let admin = house.signed("tang").await;
        let code = house.account("lin").code.clone();
        let token = house.token("lin", NOW).await;
        let roles = fields(&[("roles", "agent"), ("roles", "hr")]);
        account::set_roles(&house.services, &admin, NOW, &code, &roles).await.unwrap();
        assert!(!house.is_in(&token, NOW).await);
        let token = house.token("lin", NOW).await;
        account::set_closed(&house.services, &admin, NOW, &code, true).await.unwrap();
        assert!(!house.is_in(&token, NOW).await);
        let closed = sign_in(&house.services, NOW, &origin(), "lin", &house.account("lin").password, false).await;
        assert_eq!(closed.unwrap_err(), Error::NotKnown);
        let last = account::set_closed(&house.services, &admin, NOW, &admin.code, true).await;
        assert_eq!(last.unwrap_err(), Error::Rule { rule: Rule::LastAdmin });
        let none =
            account::set_roles(&house.services, &admin, NOW, &admin.code, &fields(&[("roles", "agent")])).await;
        assert_eq!(none.unwrap_err(), Error::Rule { rule: Rule::LastAdmin });
        assert!(house.is_in(&house.token("tang", NOW).await, NOW).await);
    })
    .await;
}

#[tokio::test]
async fn a_device_is_revoked_by_its_owner_alone() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let token = house.token("lin", NOW).await;
        let (lin, chen) = (house.signed("lin").await, house.signed("chen").await);
        let devices = device::list(&house.services, &lin, NOW).await.unwrap();
        assert_eq!(devices.iter().filter(|d| d.here).count(), 1);
        assert_eq!(devices.len(), 2);
        let other = devices.iter().find(|d| !d.here).unwrap();
        assert_eq!(device::revoke(&house.services, &chen, NOW, other.id).await.unwrap_err(), Error::NotFound);
        assert!(house.is_in(&token, NOW).await);
        device::revoke(&house.services, &lin, NOW, other.id).await.unwrap();
        assert!(!house.is_in(&token, NOW).await);
        assert_eq!(device::revoke(&house.services, &lin, NOW, other.id).await.unwrap_err(), Error::NotFound);
    })
    .await;
}

#[tokio::test]
async fn a_key_of_the_interface_is_good_for_what_it_names_until_it_is_revoked() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let (admin, agent) = (house.signed("tang").await, house.signed("lin").await);
        let form = |days: &str, right: &str| fields(&[("name", "官网"), ("days", days), ("rights", right)]);
        let refused = api_key::make(&house.services, &agent, NOW, &form("90", "staff:read")).await;
        assert_eq!(refused.unwrap_err(), Error::Forbidden);
        for (days, right) in [("0", "staff:read"), ("367", "staff:read"), ("x", "staff:read"), ("9", "staff:write")] {
            let refused = api_key::make(&house.services, &admin, NOW, &form(days, right)).await;
            assert!(matches!(refused, Err(Error::Invalid { .. })), "{days} {right}");
        }
        let key = api_key::make(&house.services, &admin, NOW, &form("1", "staff:read")).await.unwrap();
        assert!(!firm.everything().await.contains(&key), "only its hash is kept");
        let holder = api_key::who(&house.services, NOW, &key, "10.0.0.9").await.unwrap();
        let all = services::staff::directory(&house.services, &holder, &store::staff::Filter::default(), 100).await;
        assert_eq!(all.unwrap().people.len(), 16);
        let weak = api_key::make(&house.services, &admin, NOW, &form("1", "listings:read")).await.unwrap();
        let weak = api_key::who(&house.services, NOW, &weak, "").await.unwrap();
        let none = services::staff::directory(&house.services, &weak, &store::staff::Filter::default(), 100).await;
        assert_eq!(none.unwrap_err(), Error::Forbidden);
        let gone = Error::Unauthenticated;
        assert_eq!(api_key::who(&house.services, later(24 * 60 + 1), &key, "").await.unwrap_err(), gone);
        let id =
            api_key::list(&house.services, &admin).await.unwrap().into_iter().find(|k| k.name == "官网").unwrap().id;
        for bad in ["", "mp_", "mp_x", &key[3..], &format!("{key}x")] {
            assert_eq!(api_key::who(&house.services, NOW, bad, "").await.unwrap_err(), gone, "{bad}");
        }
        api_key::revoke(&house.services, &admin, NOW, id).await.unwrap();
        assert_eq!(api_key::revoke(&house.services, &admin, NOW, id).await.unwrap_err(), Error::NotFound);
    })
    .await;
}

#[tokio::test]
async fn a_key_ends_with_its_maker() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let services = &house.services;
        let (admin, other) = (house.signed("tang").await, person(&house, "许南星").await);
        let open = fields(&[("login", "xu.nanxing"), ("roles", "admin")]);
        let link = account::open(services, &admin, NOW, &other, &open).await.unwrap();
        let entered = link::accept(services, NOW, &origin(), link.text(), STRONG).await.unwrap();
        let maker = who(services, NOW, entered.token.text(), &origin()).await.unwrap().unwrap();
        let form = fields(&[("name", "官网"), ("rights", "staff:read"), ("days", "9")]);
        let key = api_key::make(services, &maker, NOW, &form).await.unwrap();
        let holds = async || api_key::who(services, NOW, &key, "").await.is_ok();
        assert!(holds().await);
        account::set_roles(services, &admin, NOW, &other, &fields(&[("roles", "agent")])).await.unwrap();
        assert!(!holds().await, "its maker may not make keys any more");
        account::set_roles(services, &admin, NOW, &other, &fields(&[("roles", "admin")])).await.unwrap();
        assert!(holds().await);
        account::set_closed(services, &admin, NOW, &other, true).await.unwrap();
        assert!(!holds().await, "its maker is gone");
    })
    .await;
}

#[tokio::test]
async fn the_page_to_begin_with_is_the_accounts_own_on_every_device() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let (lin, chen) = (house.signed("lin").await, house.signed("chen").await);
        assert_eq!((lin.start, chen.start), (domain::StartPage::Home, domain::StartPage::Home));
        let start = |word: &str| fields(&[("start", word)]);
        services::identity::start::choose(&house.services, &lin, &start("staff")).await.unwrap();
        for word in ["", "elsewhere", "https://x.example"] {
            let wrong = services::identity::start::choose(&house.services, &lin, &start(word)).await;
            assert!(matches!(wrong, Err(Error::Invalid { .. })), "{word}");
        }
        assert_eq!(house.signed("lin").await.start, domain::StartPage::Staff);
        assert_eq!(house.signed("chen").await.start, domain::StartPage::Home, "nobody else's");
        let password = &house.account("lin").password;
        let done =
            services::identity::sign_in::sign_in(&house.services, NOW, &origin(), "lin", password, false).await;
        assert_eq!(done.unwrap().start, domain::StartPage::Staff);
    })
    .await;
}
