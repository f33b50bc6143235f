//! Messages: queued with what they tell, sent once, tried again, given up, and seen by administrators alone.

use crate::firm::{Firm, on_each_engine, scope};
use crate::people::{House, NOW, later};
use courier::{Failure, Gateway, Outgoing};
use domain::consent::Purpose;
use domain::identity::NoticeKind;
use domain::message::{Channel, Letter, MessageState, TRIES, wait_ms};
use domain::{Error, Lang};
use futures::FutureExt;
use futures::future::BoxFuture;
use services::identity::notice;
use services::message::{Post, Ways, Written, again, queue as seen};
use services::{Moment, Services};
use std::sync::{Arc, Mutex};
use store::message::{self, Draft, queue};

/// Answers as it is told, and remembers what it was given.
#[derive(Debug)]
struct Way {
    answer: Result<(), Failure>,
    taken: Mutex<Vec<(i64, String)>>,
}

impl Way {
    fn answers(answer: Result<(), Failure>) -> Arc<Self> {
        Arc::new(Self { answer, taken: Mutex::default() })
    }

    fn count(&self) -> usize {
        self.taken.lock().unwrap().len()
    }
}

impl Gateway for Way {
    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Result<(), Failure>> {
        async {
            self.taken.lock().unwrap().push((message.id, message.text.clone()));
            tokio::task::yield_now().await;
            self.answer.clone()
        }
        .boxed()
    }
}

fn write(_: Lang, letter: &Letter, origin: &str) -> Written {
    Written { subject: letter.template().to_owned(), text: format!("{} {origin}", letter.template()) }
}

fn post(services: &Services, way: &Arc<Way>) -> Post {
    let way: Arc<dyn Gateway> = way.clone();
    Post {
        db: services.db.clone(),
        sms: Some(way.clone()),
        mail: Some(way),
        writer: write,
        origin: "https://menpai.example".into(),
    }
}

async fn put(services: &Services, letter: &Letter, n: i64) -> i64 {
    let draft = Draft {
        channel: Channel::Sms,
        to: &format!("+86139{n:08}"),
        lang: Lang::Zh,
        letter,
        person: None,
        purpose: Purpose::Service,
    };
    let queued = services.db.write(async |tx| queue(&tx, NOW, &draft).await).await.expect("queues");
    queued.expect("nobody was asked")
}

async fn state(services: &Services, id: i64) -> (MessageState, u32, i64) {
    let rows = message::list(&services.db, &scope(), id + 1, false, false, 1).await.expect("reads");
    (rows[0].state, rows[0].tries, rows[0].next_ms)
}

async fn house(firm: &Firm) -> House {
    House::open(firm).await
}

#[tokio::test]
async fn a_message_is_queued_with_what_it_tells_or_not_at_all() {
    on_each_engine(async |firm| {
        let House { services, .. } = house(&firm).await;
        let draft = Draft {
            channel: Channel::Sms,
            to: "+8613800009999",
            lang: Lang::Zh,
            letter: &Letter::Test,
            person: None,
            purpose: Purpose::Service,
        };
        let failed = services.db.write(async |tx| {
            queue(&tx, NOW, &draft).await?;
            Err::<(), _>(Error::Stale.into())
        });
        assert!(failed.await.is_err());
        assert_eq!(firm.number("SELECT COUNT(*) FROM message").await, 0);
        put(&services, &Letter::Code { code: "904176".into(), minutes: 5 }, 9_999).await;
        let everything = firm.everything().await;
        assert!(!everything.contains("13900009999") && !everything.contains("904176"), "address and code are sealed");
    })
    .await;
}

#[tokio::test]
async fn several_jobs_at_once_send_every_message_once() {
    on_each_engine(async |firm| {
        let House { services, .. } = house(&firm).await;
        for n in 0..20 {
            put(&services, &Letter::Test, n).await;
        }
        let way = Way::answers(Ok(()));
        let jobs = (0..4).map(|_| {
            let post = post(&services, &way);
            async move { while post.turn(later(1)).await.expect("turns") > 0 {} }
        });
        futures::future::join_all(jobs).await;
        let mut taken: Vec<i64> = way.taken.lock().unwrap().iter().map(|(id, _)| *id).collect();
        taken.sort_unstable();
        taken.dedup();
        assert_eq!((way.count(), taken.len()), (20, 20));
        assert_eq!(firm.number("SELECT COUNT(*) FROM message WHERE state = 'sent'").await, 20);
        assert_eq!(post(&services, &way).turn(later(2)).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn whoever_dies_with_a_message_loses_it_to_the_next_and_may_not_speak_for_it_any_more() {
    on_each_engine(async |firm| {
        let House { services, .. } = house(&firm).await;
        let id = put(&services, &Letter::Test, 1).await;
        let claim = async |at: Moment| {
            services.db.write(async |tx| message::claim(&tx, at, &[Channel::Sms], 5).await).await.expect("claims")
        };
        let dead = claim(NOW).await;
        assert_eq!(dead.len(), 1);
        assert!(claim(Moment(NOW.0 + 30_000)).await.is_empty(), "the lease holds");
        let next = claim(later(2)).await;
        assert_eq!((next.len(), next[0].tries), (1, 2));
        let late = services.db.write(async |tx| message::settle(&tx, later(2), &dead[0], Ok(())).await);
        late.await.unwrap();
        assert_eq!(state(&services, id).await.0, MessageState::Sending, "the first claim is over");
        let done = services.db.write(async |tx| message::settle(&tx, later(2), &next[0], Ok(())).await);
        done.await.unwrap();
        assert_eq!(state(&services, id).await.0, MessageState::Sent);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_taken_is_tried_again_then_given_up_and_administrators_are_told_once() {
    on_each_engine(async |firm| {
        let house = house(&firm).await;
        let services = &house.services;
        let ids = [put(services, &Letter::Test, 1).await, put(services, &Letter::Test, 2).await];
        let way = Way::answers(Err(Failure::later("status 503")));
        let job = post(services, &way);
        let mut at = NOW;
        for n in 1..=TRIES {
            assert_eq!(job.turn(at).await.unwrap(), 2, "try {n}");
            assert_eq!(job.turn(at).await.unwrap(), 0, "not at once");
            if let Some(wait) = wait_ms(n) {
                assert_eq!(state(services, ids[0]).await, (MessageState::Failed, n, at.0 + wait));
                at = Moment(at.0 + wait);
            }
        }
        assert_eq!(state(services, ids[0]).await.0, MessageState::Dead);
        let admin = house.signed("tang").await;
        let told = notice::list(services, &admin, None).await.unwrap();
        assert_eq!(told.iter().filter(|n| n.kind == NoticeKind::MessagesDead).count(), 1, "one notice for both");
        let agent = house.signed("lin").await;
        assert!(matches!(seen(services, &agent, at, None, false).await, Err(Error::Forbidden)));
        assert!(matches!(again(services, &agent, at, ids[0]).await, Err(Error::Forbidden)));
        let shown = seen(services, &admin, at, None, true).await.unwrap();
        assert_eq!((shown.figures.dead, shown.rows.len(), shown.rows[0].why.as_str()), (2, 2, "status 503"));
        again(services, &admin, at, ids[0]).await.unwrap();
        assert!(matches!(again(services, &admin, at, ids[0]).await, Err(Error::NotFound)));
        let well = Way::answers(Ok(()));
        assert_eq!(post(services, &well).turn(at).await.unwrap(), 1);
        assert_eq!(state(services, ids[0]).await.0, MessageState::Sent);
        assert_eq!(well.taken.lock().unwrap()[0].1, "test https://menpai.example");
    })
    .await;
}

#[tokio::test]
async fn what_never_will_be_taken_is_given_up_at_once_and_a_late_code_is_not_sent() {
    on_each_engine(async |firm| {
        let house = house(&firm).await;
        let services = &house.services;
        let never = put(services, &Letter::Test, 1).await;
        let way = Way::answers(Err(Failure::never("status 400")));
        post(services, &way).turn(NOW).await.unwrap();
        assert_eq!(state(services, never).await.0, MessageState::Dead);
        let code = put(services, &Letter::Code { code: "123456".into(), minutes: 5 }, 2).await;
        let well = Way::answers(Ok(()));
        post(services, &well).turn(later(6)).await.unwrap();
        assert_eq!((state(services, code).await.0, well.count()), (MessageState::Cancelled, 0));
        // What messages say is shown only where nothing is sent.
        let admin = house.signed("tang").await;
        for (ways, open) in [
            (Ways { sms: false, mail: false, outbox: true }, true),
            (Ways { sms: true, mail: false, outbox: true }, false),
            (Ways { sms: false, mail: false, outbox: false }, false),
        ] {
            let shown = seen(&services.clone().with_ways(ways), &admin, later(6), None, false).await.unwrap();
            assert!(
                shown
                    .rows
                    .iter()
                    .all(|row| row.letter.is_some() == open && row.to == "139 **** 0002" || row.id != code)
            );
        }
        let nobody = Post { db: services.db.clone(), sms: None, mail: None, writer: write, origin: String::new() };
        assert_eq!(nobody.turn(later(6)).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_notice_comes_by_mail_where_that_was_chosen_and_the_address_confirmed() {
    use crate::people::fields;
    use services::identity::{account, notice_mail};
    on_each_engine(async |firm| {
        let house = house(&firm).await;
        let services = &house.services;
        let lin = house.signed("lin").await;
        let form = fields(&[("mail", "Lin@Example.com"), ("kinds", "roles_changed"), ("kinds", "new_device")]);
        let late = notice_mail::choose(services, &lin, later(11), Lang::Zh, &form).await;
        assert!(matches!(late, Err(Error::Rule { rule: domain::Rule::ConfirmFirst })));
        for bad in [fields(&[("mail", "nobody")]), fields(&[("mail", ""), ("kinds", "x")])] {
            assert!(matches!(
                notice_mail::choose(services, &lin, NOW, Lang::Zh, &bad).await,
                Err(Error::Invalid { .. })
            ));
        }
        assert!(notice_mail::choose(services, &lin, NOW, Lang::Zh, &form).await.unwrap());
        let newest =
            async || message::list(&services.db, &scope(), i64::MAX, false, true, 1).await.unwrap().remove(0);
        let Some(Letter::ConfirmMail { path }) = newest().await.letter else { panic!("no link") };
        // Not confirmed yet: nothing goes there.
        let admin = house.signed("tang").await;
        let roles = async |words: &str| {
            account::set_roles(services, &admin, NOW, &lin.code, &fields(&[("roles", words)])).await.unwrap();
        };
        roles("service").await;
        assert_eq!(firm.number("SELECT COUNT(*) FROM message WHERE template = 'notice'").await, 0);
        let token = path.trim_start_matches("/mail/");
        assert!(notice_mail::confirm(services, later(73 * 60), token).await.is_err());
        notice_mail::confirm(services, NOW, token).await.unwrap();
        assert!(notice_mail::confirm(services, NOW, token).await.is_err(), "once");
        roles("agent").await;
        let mail = newest().await;
        let told = Letter::Notice { kind: NoticeKind::RolesChanged, path: "/notices".into() };
        assert_eq!((mail.letter, mail.to.as_str(), mail.channel), (Some(told), "L***@example.com", Channel::Mail));
        assert!(!firm.everything().await.contains("Lin@example.com"), "the address is sealed");
        // The same address again asks for nothing; none at all ends it.
        let lin = house.signed("lin").await;
        let kept = fields(&[("mail", "Lin@example.com"), ("kinds", "new_device")]);
        assert!(!notice_mail::choose(services, &lin, later(11), Lang::Zh, &kept).await.unwrap());
        let chosen = notice_mail::chosen(services, &lin).await.unwrap();
        assert_eq!((chosen.confirmed, chosen.kinds), (true, vec![NoticeKind::NewDevice]));
        notice_mail::choose(services, &lin, NOW, Lang::Zh, &fields(&[("mail", "")])).await.unwrap();
        assert_eq!(notice_mail::chosen(services, &lin).await.unwrap().mail, None);
        let checks = services::verify::run(&services.db, &crate::firm::system()).await.unwrap();
        assert!(checks.ok, "{:?}", checks.checks.iter().filter(|check| !check.ok).collect::<Vec<_>>());
    })
    .await;
}
