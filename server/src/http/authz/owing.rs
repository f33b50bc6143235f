//! Whose role must have a second factor and who came in without is nobody, on every way in but those where it is set up.

use super::MATRIX;
use super::tests::on_each_engine;
use domain::access::Role;
use domain::identity::{Fields, SecondDuty};
use store::identity::session::SECOND_DUTY;
use store::setting;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_owes_a_second_factor_gets_nowhere_but_where_it_is_set_up() {
    on_each_engine(async |house| {
        let services = &house.services;
        let duty = SecondDuty { roles: vec![Role::Admin, Role::Hr], days: 0, since_ms: 0 };
        let written = services.db.write(async |tx| setting::write(&tx, SECOND_DUTY, &duty.text()).await);
        written.await.unwrap();
        let system = services::Scope::of(&domain::access::Actor::system("test"));
        for login in ["tang", "he"] {
            let mut token = house.token(login).await;
            let newest = async || {
                let rows = store::audit::search(&services.db, &system, &Default::default(), 1).await.unwrap();
                rows.first().map(|row| row.id)
            };
            let before = newest().await;
            let (mut led, mut refused) = (0, 0);
            for row in
                MATRIX.iter().filter(|row| !row.owing && !["anyone", "client", "key"].contains(&row.who.as_str()))
            {
                let (path, sent) = (row.sample(), row.sent());
                let as_nobody = house.ask(&row.method, &path, None, &sent).await;
                let (status, to, body) = house.ask(&row.method, &path, Some(&token), &sent).await;
                if status.is_redirection() && to.starts_with("/account/second-factor?next=") {
                    led += 1;
                } else if body.contains("second_needed") {
                    refused += 1;
                } else {
                    // What is no page and no function answers as to nobody.
                    assert_eq!(
                        (status, &to, &body),
                        (as_nobody.0, &as_nobody.1, &as_nobody.2),
                        "{} {path}",
                        row.method
                    );
                    assert!(!status.is_success(), "{path}: {status}");
                }
            }
            assert!(led > 10 && refused > 15, "{led} pages, {refused} functions");
            assert_eq!(newest().await, before, "{login}: nothing was done");
            for row in MATRIX.iter().filter(|row| row.owing) {
                let (status, to, body) = house.ask(&row.method, &row.sample(), Some(&token), &row.sent()).await;
                let barred = to.contains("second-factor") || body.contains("second_needed") || status == 401;
                assert!(!barred, "{}: {status} {to} {body}", row.path);
                if row.path.ends_with("sign_out") {
                    token = house.token(login).await;
                }
            }
        }
        // Whom the rule does not name works on.
        let token = house.token("lin").await;
        let (status, ..) = house.ask("GET", "/home", Some(&token), &Fields::default()).await;
        assert_eq!(status, 200);
    })
    .await;
}
