//! The calls that need more than a form: a code out of a message, a file, a link, a device. Made for real, as the matrix
//! has them.

use super::effects::{Trial, signed};
use super::tests::House;
use axum::body::{Body, to_bytes};
use courier::{Failure, Gateway, Outgoing};
use domain::access::Actor;
use domain::identity::Fields;
use domain::message::Letter;
use futures::FutureExt;
use futures::future::BoxFuture;
use http::{Request, StatusCode};
use services::identity::passkey;
use services::import::{self, Kind};
use services::message::{Post, Written};
use services::{Moment, Scope, client, media, staff};
use std::io::Write;
use std::sync::Arc;
use tower::ServiceExt;

#[path = "../../../services/tests/it/device.rs"]
mod device;

/// The newest letter, as an administrator of an open outbox reads it.
async fn letter(house: &House) -> Letter {
    let scope = Scope::of(&Actor::system("test"));
    let sent = store::message::list(&house.services.db, &scope, i64::MAX, false, true, 1).await.unwrap();
    sent[0].letter.clone().expect("the outbox is open")
}

async fn code(house: &House) -> String {
    match letter(house).await {
        Letter::Code { code, .. } => code,
        other => panic!("{other:?}"),
    }
}

async fn who(house: &House, cookie: &str) -> client::SignedClient {
    let token = cookie.trim_start_matches("client=");
    client::who(&house.services, Moment::now(), token, &Default::default()).await.unwrap().unwrap()
}

/// Buyers and sellers.
pub(super) async fn of_clients(trial: &Trial<'_>) {
    let house = trial.house;
    let phone = [("phone", "13922220001"), ("agree", "1")];
    trial.twice("/api/client/send_code", [None, None], &phone).await;
    let given = code(house).await;
    let enter = [phone[0], phone[1], ("code", given.as_str()), ("marketing", "1")];
    trial.twice("/api/client/sign_in", [None, None], &enter).await;

    let cookie = house.client().await;
    let (both, own) = ([Some(cookie.as_str()); 2], who(house, &cookie).await);
    trial.twice("/api/client/change", both, &[("name", "林"), ("lang", "zh-CN")]).await;
    trial.twice("/api/client/consent", both, &[("purpose", "marketing"), ("given", "1")]).await;
    trial.twice("/api/client/consent", both, &[("purpose", "marketing"), ("given", "")]).await;
    trial.done("GET", "/me/copy.zip", both[0], &[]).await;
    // A second browser of the same person.
    let other = house.again(own.phone.full()).await;
    let elsewhere = who(house, &other).await.session.to_string();
    trial.twice("/api/client/revoke_device", both, &[("id", &elsewhere)]).await;
    trial.twice("/api/client/revoke_others", both, &[]).await;
    trial.twice("/api/client/send_proof", both, &[]).await;
    let given = code(house).await;
    // Each proof gives the session another token: the old one is nobody's from then on.
    trial.twice("/api/client/prove", both, &[("code", &given)]).await;

    let cookie = house.client().await;
    let both = [Some(cookie.as_str()); 2];
    let phone = ("phone", "13922220002");
    trial.twice("/api/client/send_new", both, &[phone]).await;
    let given = code(house).await;
    trial.twice("/api/client/change_number", both, &[phone, ("code", &given)]).await;

    let cookie = house.client().await;
    trial.twice("/api/client/sign_out", [Some(&cookie), Some(&cookie)], &[]).await;
    let cookie = house.client().await;
    trial.twice("/api/client/delete", [Some(&cookie), Some(&cookie)], &[("sure", "1")]).await;
}

/// Sends a file as a form does, once more, and looks at what each of them left.
async fn upload(trial: &Trial<'_>, path: &str, at: &str, token: &str, field: (&str, &str), file: (&str, &[u8])) {
    let row = trial.row("POST", path);
    let part = |head: &str, body: &[u8]| {
        [b"--mark\r\nContent-Disposition: form-data; ", head.as_bytes(), b"\r\n\r\n", body, b"\r\n"].concat()
    };
    let body = [
        part(&format!("name=\"{}\"", field.0), field.1.as_bytes()),
        part(&format!("name=\"file\"; filename=\"{}\"", file.0), file.1),
        b"--mark--\r\n".to_vec(),
    ]
    .concat();
    for time in 0..2 {
        let before = trial.newest().await;
        let request = Request::builder().method("POST").uri(at).header("cookie", format!("session={token}"));
        let request = request.header("content-type", "multipart/form-data; boundary=mark");
        let mut request = request.body(Body::from(body.clone())).unwrap();
        request.extensions_mut().insert(gate::Peer(trial.house.address().into()));
        let response = trial.house.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let told = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        let told = String::from_utf8_lossy(&told).into_owned();
        assert_eq!(status, StatusCode::OK, "{path}: {told}");
        assert!(told.contains(if time == 0 { "\"taken\"" } else { "\"known\"" }), "{path}: {told}");
        match time {
            0 => trial.left(row, before).await,
            _ => assert_eq!(trial.newest().await, before, "{path}: known, and nothing more"),
        }
    }
}

/// Papers of persons, photos of homes.
pub(super) async fn of_files(trial: &Trial<'_>) {
    let (house, services) = (trial.house, &trial.house.services);
    let lin = &house.accounts.iter().find(|a| a.login == "lin").unwrap().code;
    let hr = house.token("he").await;
    let at = format!("/staff/{lin}/papers");
    let pdf = ("合同.pdf", &b"%PDF-1.7\nx"[..]);
    upload(trial, "/staff/{code}/papers", &at, &hr, ("kind", "contract"), pdf).await;
    let paper = staff::papers::list(services, &signed(services, &hr).await, lin).await.unwrap()[0].id.to_string();
    let (row, before) = (trial.row("GET", "/staff/{code}/papers/{id}"), trial.newest().await);
    let opened = house.ask("GET", &format!("{at}/{paper}"), Some(&hr), &Fields::default()).await;
    assert!(opened.0 == StatusCode::OK && opened.2.starts_with("%PDF"), "{opened:?}");
    trial.left(row, before).await;
    trial.by("he", "/api/staff/remove_paper", &[("code", lin), ("id", &paper)]).await;

    let mut file = tempfile::NamedTempFile::with_suffix(".csv").unwrap();
    let text = "小区,区域,商圈,建筑面积,总价,户型,房源编号\n香悦花苑,鄞州,姜山,80㎡,200万,2室1厅,A1\n";
    file.write_all(text.as_bytes()).unwrap();
    let (kind, city) = (Kind::Listings, services::city::by_slug("ningbo").unwrap());
    let request = import::Request { kind, file: file.path().into(), city, map: String::new(), dry_run: false };
    let system = Actor::system("test");
    import::run(&services.db, &system, &request, |_| ()).await.unwrap();
    let homes = media::homes(&services.db, &system, &media::Sought::default()).await.unwrap();
    let home = homes[0].target.code.as_str();
    let keeper = house.token("lin").await;
    let mut photo = Vec::new();
    let image = image::RgbImage::from_pixel(320, 240, image::Rgb([9, 90, 160]));
    image.write_to(&mut std::io::Cursor::new(&mut photo), image::ImageFormat::Jpeg).unwrap();
    upload(trial, "/photos/{code}", &format!("/photos/{home}"), &keeper, ("room", "living"), ("a.jpg", &photo)).await;
    let (_, kept) = media::of_home(&services.db, &system, home).await.unwrap();
    let (id, seen) = (kept[0].id.to_string(), kept[0].version.to_string());
    let edit =
        [("code", home), ("id", &id), ("seen", &seen), ("do", "save"), ("room", "living"), ("caption", "南窗")];
    trial.by("lin", "/api/media/edit", &edit).await;
}

/// Takes nothing, ever.
#[derive(Debug)]
struct Shut;

impl Gateway for Shut {
    fn send<'a>(&'a self, _: &'a Outgoing) -> BoxFuture<'a, Result<(), Failure>> {
        async { Err(Failure::Never("shut".into())) }.boxed()
    }
}

/// Notices by mail, and a message that was given up.
pub(super) async fn of_messages(trial: &Trial<'_>) {
    let house = trial.house;
    trial.by("lin", "/api/identity/notice_mail", &[("mail", "lin@example.com"), ("kinds", "new_device")]).await;
    let Letter::ConfirmMail { path } = letter(house).await else { panic!("no link") };
    let token = path.trim_start_matches("/mail/");
    trial.twice("/api/identity/confirm_mail", [None, None], &[("token", token)]).await;

    let way: Arc<dyn Gateway> = Arc::new(Shut);
    let post = Post {
        db: house.services.db.clone(),
        sms: Some(way.clone()),
        mail: Some(way),
        writer: |_, letter, _| Written { subject: letter.template().to_owned(), text: String::new() },
        origin: "https://menpai.example".into(),
    };
    while post.turn(Moment::now()).await.unwrap() > 0 {}
    let scope = Scope::of(&Actor::system("test"));
    let dead = store::message::list(&house.services.db, &scope, i64::MAX, true, true, 1).await.unwrap();
    trial.by("tang", "/api/message/again", &[("id", &dead[0].id.to_string())]).await;
}

/// A passkey from being made to being removed.
pub(super) async fn of_passkeys(trial: &Trial<'_>) {
    let (house, services) = (trial.house, &trial.house.services);
    const SITE: &str = "http://localhost";
    let mut device = device::Device::new(7);
    let token = house.token("gu").await;
    let options = async |token: &str, purpose: &str| {
        let purpose = Fields::new(vec![("purpose".into(), purpose.into())]);
        let (status, _, said) = house.ask("POST", "/api/identity/passkey_options", Some(token), &purpose).await;
        assert_eq!(status, StatusCode::OK, "{said}");
        serde_json::from_str::<String>(&said).unwrap()
    };
    let made = device.make(&options(&token, "add").await, SITE);
    let add = [("name", "我的手机"), ("credential", made.as_str())];
    trial.twice("/api/identity/passkey_add", [Some(&token); 2], &add).await;
    let proof = device.prove(&options(&token, "confirm").await, SITE, "localhost");
    trial.twice("/api/identity/passkey_confirm", [Some(&token); 2], &[("credential", &proof)]).await;

    // The challenge for coming in hangs on a cookie of its own.
    let holder = "A".repeat(43);
    let cookie = format!("client=; passkey={holder}");
    let (status, _, said) = house.ask("POST", "/api/identity/passkey_door", Some(&cookie), &Fields::default()).await;
    assert_eq!(status, StatusCode::OK, "{said}");
    let proof = device.prove(&serde_json::from_str::<String>(&said).unwrap(), SITE, "localhost");
    trial.twice("/api/identity/passkey_enter", [Some(&cookie); 2], &[("credential", &proof)]).await;

    let token = house.token("gu").await;
    let id = passkey::list(services, &signed(services, &token).await).await.unwrap()[0].id.to_string();
    trial.twice("/api/identity/passkey_remove", [Some(&token); 2], &[("id", &id)]).await;
}
