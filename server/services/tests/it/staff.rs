//! Records, reach, looks at numbers, leaving, the audit trail.

use crate::firm::on_each_engine;
use crate::people::{House, NOW, fields, later};
use domain::access::{Action, Actor, Role};
use domain::error::Problem;
use domain::identity::{NoticeKind, StaffState};
use domain::{Error, Rule};
use services::staff::{self, leave, personal, reveal, stores};
use services::{trail, verify};
use store::staff::Filter;

fn record<'a>(name: &'a str, phone: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("name", name),
        ("position", "经纪人"),
        ("store", "MD-01"),
        ("phone", phone),
        ("id_number", "11010519491231002X"),
        ("licence_no", "SH-1"),
        ("licence_until", "2028-01-31"),
        ("hired_on", "2026-11-01"),
        ("education", "bachelor"),
        ("history", "2019–2022 甲公司\n2022–2026 乙公司"),
        ("skills", "学区"),
    ]
}

#[tokio::test]
async fn a_record_is_entered_read_and_changed() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let hr = house.signed("he").await;
        let code = staff::add(&house.services, &hr, NOW, &fields(&record("秦越", "139 1234 5678"))).await.unwrap();
        let profile = staff::profile(&house.services, &hr, &code).await.unwrap();
        let kept = profile.record.unwrap();
        assert_eq!(kept.phone.as_deref(), Some("139 **** 5678"));
        assert_eq!(kept.id_number.as_deref(), Some("110***********002X"));
        assert_eq!(kept.history.lines().count(), 2);
        let change = |name: &str, phone: &str| fields(&record(name, phone));
        staff::change(&house.services, &hr, NOW, &code, 1, &change("秦越", "13912345679")).await.unwrap();
        let stale = staff::change(&house.services, &hr, NOW, &code, 1, &change("秦月", "")).await;
        assert_eq!(stale.unwrap_err(), Error::Stale);
        let taken = staff::add(&house.services, &hr, NOW, &fields(&record("秦岳", "139-1234-5679"))).await;
        let Err(Error::Invalid { fields: faults }) = taken else { panic!("{taken:?}") };
        assert_eq!((faults[0].field.as_str(), faults[0].problem), ("phone", Problem::Taken));
        assert_eq!(faults[0].value, "", "a number is not repeated in an error");
    })
    .await;
}

#[tokio::test]
async fn every_fault_of_a_form_is_named_and_nothing_is_written() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let hr = house.signed("he").await;
        let before = firm.number("SELECT COUNT(*) FROM staff").await;
        let bad = fields(&[
            ("name", "\u{202e}秦越"),
            ("position", &"x".repeat(300)),
            ("store", ""),
            ("phone", "12345"),
            ("id_number", "123"),
            ("licence_until", "2028-13-01"),
            ("hired_on", "1066-10-14"),
            ("education", "wizard"),
        ]);
        let Err(Error::Invalid { fields: faults }) = staff::add(&house.services, &hr, NOW, &bad).await else {
            panic!()
        };
        let found: Vec<_> = faults.iter().map(|f| (f.field.as_str(), f.problem)).collect();
        let expected = [
            ("name", Problem::Malformed),
            ("position", Problem::TooLong),
            ("store", Problem::Missing),
            ("phone", Problem::Malformed),
            ("id_number", Problem::Malformed),
            ("licence_until", Problem::Malformed),
            ("hired_on", Problem::OutOfRange),
            ("education", Problem::UnknownValue),
        ];
        assert_eq!(found, expected);
        let nowhere = fields(&[("name", "秦越"), ("position", "经纪人"), ("store", "MD-99")]);
        assert!(matches!(staff::add(&house.services, &hr, NOW, &nowhere).await, Err(Error::Invalid { .. })));
        assert_eq!(firm.number("SELECT COUNT(*) FROM staff").await, before);
    })
    .await;
}

#[tokio::test]
async fn nobody_sees_beyond_their_reach_and_a_foreign_person_is_like_none() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let (lin, gu, shen) = (house.signed("lin").await, house.signed("gu").await, house.signed("shen").await);
        let elsewhere = &house.account("zhou").code;
        let names = async |signed| {
            let found = staff::directory(&house.services, signed, &Filter::default(), 50).await.unwrap();
            found.people.into_iter().map(|p| p.name).collect::<Vec<_>>()
        };
        assert!(!names(&lin.actor).await.contains(&"周牧".to_owned()));
        assert!(names(&shen.actor).await.contains(&"周牧".to_owned()));
        for code in [elsewhere.as_str(), "YG-9999", "", "' OR 1=1 --"] {
            assert_eq!(staff::profile(&house.services, &lin, code).await.unwrap_err(), Error::NotFound, "{code}");
            let look = reveal::show(&house.services, &gu, NOW, code, &reason("phone")).await;
            assert_eq!(look.unwrap_err(), Error::NotFound, "{code}");
        }
        let colleague = staff::profile(&house.services, &lin, &house.account("chen").code).await.unwrap();
        assert!(colleague.record.is_none() && colleague.login.is_none());
        assert!(staff::profile(&house.services, &lin, &lin.code).await.unwrap().record.is_some());
        assert!(staff::profile(&house.services, &gu, &lin.code).await.unwrap().record.is_some());
        let refused = staff::add(&house.services, &gu, NOW, &fields(&record("秦越", ""))).await;
        assert_eq!(refused.unwrap_err(), Error::Forbidden);
        let found = Filter { text: "LZX".into(), ..Filter::default() };
        assert_eq!(staff::directory(&house.services, &lin.actor, &found, 50).await.unwrap().people.len(), 1);
        let sign = Filter { text: "%".into(), ..Filter::default() };
        assert!(staff::directory(&house.services, &lin.actor, &sign, 50).await.unwrap().people.is_empty());
    })
    .await;
}

#[tokio::test]
async fn people_are_found_by_pinyin_and_by_first_letters_a_page_at_a_time() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let hr = house.signed("he").await;
        for (name, phone) in [("陈建国", "13912340001"), ("曾国强", "13912340002"), ("陈建功", "13912340003")]
        {
            let pairs = [("name", name), ("position", "经纪人"), ("store", "MD-01"), ("phone", phone)];
            staff::add(&house.services, &hr, NOW, &fields(&pairs)).await.unwrap();
        }
        let found = async |text: &str| {
            let filter = Filter { text: text.into(), ..Filter::default() };
            let found = staff::directory(&house.services, &hr.actor, &filter, 50).await.unwrap();
            found.people.into_iter().map(|p| p.name).collect::<Vec<_>>()
        };
        for text in ["cjg", "chenjian", "Chen Jian", "chen'jian", "CHENJIAN"] {
            let names = found(text).await;
            assert!(
                names.contains(&"陈建国".to_owned()) && names.contains(&"陈建功".to_owned()),
                "{text}: {names:?}"
            );
        }
        assert_eq!(found("chenjianguo").await, ["陈建国"]);
        for text in ["zeng", "zgq", "zengguoqiang"] {
            assert_eq!(found(text).await, ["曾国强"], "{text}");
        }
        for text in ["chen%", "chen_ian", "'", "zengg0"] {
            assert!(!found(text).await.contains(&"陈建国".to_owned()), "{text}");
        }
        let mut filter = Filter { text: "chenjian".into(), ..Filter::default() };
        let first = staff::directory(&house.services, &hr.actor, &filter, 1).await.unwrap();
        let last = first.people.last().unwrap();
        filter.after = Some((last.name.clone(), last.code.clone()));
        let second = staff::directory(&house.services, &hr.actor, &filter, 1).await.unwrap();
        assert_eq!((first.people.len(), second.people.len()), (1, 1));
        assert_ne!(first.people[0].name, second.people[0].name);
    })
    .await;
}

#[tokio::test]
async fn who_was_entered_before_names_were_spelt_is_spelt_when_the_schema_is_brought_up_to_date() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let unspelt = "SELECT COUNT(*) FROM staff WHERE pinyin IS NULL OR initials = ''";
        assert_eq!(firm.number(unspelt).await, 0);
        firm.damage("UPDATE staff SET pinyin = NULL, initials = ''").await;
        assert_eq!(firm.number(unspelt).await, 16);
        let House { services, accounts: _ } = house;
        let db = services.db.clone();
        drop(services);
        db.close().await.unwrap();
        let db = store::Db::open_and_migrate(&firm.at).await.unwrap();
        assert_eq!(firm.number(unspelt).await, 0);
        let found = "SELECT COUNT(*) FROM staff WHERE pinyin = 'linzhixia' AND initials = 'lzx'";
        assert_eq!(firm.number(found).await, 1);
        db.close().await.unwrap();
    })
    .await;
}

fn reason(field: &str) -> domain::identity::Fields {
    fields(&[("field", field), ("reason", "确认入职材料")])
}

#[tokio::test]
async fn fifty_looks_at_once_give_exactly_the_quota() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let gu = house.signed("gu").await;
        let code = house.account("lin").code.clone();
        let form = reason("phone");
        let looks = (0..50).map(|_| reveal::show(&house.services, &gu, NOW, &code, &form));
        let looks = futures::future::join_all(looks).await;
        assert_eq!(looks.iter().filter(|look| look.is_ok()).count(), 10);
        let refused = Error::Rule { rule: Rule::RevealQuota };
        assert_eq!(looks.iter().filter(|look| look.as_ref().is_err_and(|e| *e == refused)).count(), 40);
        assert_eq!(firm.number("SELECT COUNT(*) FROM reveal").await, 10);
        assert_eq!(firm.number("SELECT COUNT(*) FROM audit WHERE action = 'staff.revealed'").await, 10);
        let shown = looks.iter().flatten().next().unwrap();
        assert!(shown.number.starts_with("138 0016 ") && shown.watermark.starts_with("顾清和 YG-"), "{shown:?}");
        // An hour later ten more, until the thirty of the day are used up.
        for (hour, free) in [(1, 10), (2, 10), (3, 0), (24, 10)] {
            let mut taken = 0;
            while reveal::show(&house.services, &gu, later(hour * 61), &code, &form).await.is_ok() {
                taken += 1;
            }
            assert_eq!(taken, free, "after {hour} h");
        }
        // The director is told once an hour that somebody looks at many.
        assert_eq!(firm.number("SELECT COUNT(*) FROM notice WHERE kind = 'unusual_reveals'").await, 8);
        let seen = reveal::list(&house.services, &gu, None, Some(&code)).await.unwrap();
        assert_eq!((seen.len(), seen[0].by.1.as_str(), seen[0].reason.as_str()), (40, "顾清和", "确认入职材料"));
        // Whose number it is sees it as well; a colleague does not.
        let (lin, chen) = (house.signed("lin").await, house.signed("chen").await);
        assert_eq!(reveal::list(&house.services, &lin, None, None).await.unwrap().len(), 40);
        assert_eq!(reveal::list(&house.services, &chen, None, Some(&code)).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn the_firm_sets_its_quota_within_bounds_and_it_holds_at_once() {
    use services::firm::{change, read};
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let (tang, gu) = (house.signed("tang").await, house.signed("gu").await);
        let form = |seen: &str, hour: &str, day: &str| {
            fields(&[
                ("seen", seen),
                ("name", "安禾置业"),
                ("reveal_hour", hour),
                ("reveal_day", day),
                ("second_days", "0"),
            ])
        };
        let set = async |signed, at, form| change(&house.services, signed, at, &form).await;
        assert_eq!(set(&gu, NOW, form("1", "2", "3")).await, Err(Error::Forbidden));
        let late = set(&tang, later(60), form("1", "2", "3")).await;
        assert_eq!(late, Err(Error::Rule { rule: Rule::ConfirmFirst }));
        for (hour, day, field) in [
            ("0", "30", "reveal_hour"),
            ("101", "200", "reveal_hour"),
            ("x", "30", "reveal_hour"),
            ("10", "9", "reveal_day"),
            ("10", "501", "reveal_day"),
        ] {
            let Err(Error::Invalid { fields }) = set(&tang, NOW, form("1", hour, day)).await else {
                panic!("{hour}")
            };
            assert_eq!((fields.len(), fields[0].field.as_str()), (1, field), "{hour} {day}");
        }
        assert_eq!(read(&house.services, &tang.scope()).await.unwrap().quota.hour, 10);

        // Of two who saw the same, one gets through; the quota holds from then on.
        let both = futures::join!(set(&tang, NOW, form("1", "2", "3")), set(&tang, NOW, form("1", "2", "3")));
        assert_eq!([&both.0, &both.1].into_iter().filter(|done| **done == Err(Error::Stale)).count(), 1, "{both:?}");
        let now = read(&house.services, &tang.scope()).await.unwrap();
        assert_eq!((now.name.as_str(), now.quota.hour, now.quota.day, now.version), ("安禾置业", 2, 3, 2));
        assert_eq!(firm.number("SELECT COUNT(*) FROM audit WHERE action = 'firm.changed'").await, 1);
        let lin = &house.account("lin").code;
        for shown in [true, true, false] {
            assert_eq!(reveal::show(&house.services, &gu, NOW, lin, &reason("phone")).await.is_ok(), shown);
        }
        assert!(firm.number("SELECT COUNT(*) FROM notice WHERE kind = 'unusual_reveals'").await > 0);
    })
    .await;
}

#[tokio::test]
async fn a_look_needs_a_reason_and_a_number() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let gu = house.signed("gu").await;
        let code = &house.account("lin").code;
        for bad in [
            fields(&[("field", "phone"), ("reason", "  ")]),
            fields(&[("field", "phone"), ("reason", "...!!!")]),
            fields(&[("field", "salary"), ("reason", "确认入职材料")]),
            fields(&[("field", "phone"), ("reason", &"长".repeat(201))]),
        ] {
            let refused = reveal::show(&house.services, &gu, NOW, code, &bad).await;
            assert!(matches!(refused, Err(Error::Invalid { .. })), "{bad:?}: {refused:?}");
        }
        assert_eq!(firm.number("SELECT COUNT(*) FROM reveal").await, 0);
    })
    .await;
}

#[tokio::test]
async fn whoever_leaves_hands_over_everything_at_once() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let hr = house.signed("he").await;
        let leaver = house.account("gu").clone();
        let token = house.token("gu", NOW).await;
        let held = leave::holdings(&house.services, &hr, NOW, &leaver.code).await.unwrap();
        assert_eq!((held.reports, held.sessions, held.account), (6, 1, true));
        let form = |to: &str| fields(&[("left_on", "2026-11-30"), ("successor", to)]);
        let alone = leave::leave(&house.services, &hr, NOW, &leaver.code, 1, &form("")).await;
        assert_eq!(alone.unwrap_err(), Error::Rule { rule: Rule::SuccessorNeeded });
        for bad in ["YG-9999", leaver.code.as_str()] {
            let refused = leave::leave(&house.services, &hr, NOW, &leaver.code, 1, &form(bad)).await;
            assert!(matches!(refused, Err(Error::Invalid { .. })), "{bad}");
        }
        let late = leave::leave(&house.services, &hr, later(11), &leaver.code, 1, &form("")).await;
        assert_eq!(late.unwrap_err(), Error::Rule { rule: Rule::ConfirmFirst });
        let director = &house.account("shen").code;
        let above = leave::leave(&house.services, &house.signed("gu").await, NOW, director, 1, &form("")).await;
        assert_eq!(above.unwrap_err(), Error::Forbidden, "a manager does not let the director go");
        assert!(house.is_in(&token, NOW).await, "nothing was changed by what was refused");
        let heir = house.account("lin").code.clone();
        let done = leave::leave(&house.services, &hr, NOW, &leaver.code, 1, &form(&heir)).await.unwrap();
        assert_eq!((done.reports, done.sessions, done.account_closed), (6, 2, true));
        assert!(!house.is_in(&token, NOW).await);
        let lin = staff::profile(&house.services, &hr, &heir).await.unwrap();
        assert_eq!(lin.colleague.manager, None, "the heir does not report to themselves");
        let chen = staff::profile(&house.services, &hr, &house.account("chen").code).await.unwrap();
        assert_eq!(chen.colleague.manager.map(|m| m.0), Some(heir));
        let gone = staff::profile(&house.services, &hr, &leaver.code).await.unwrap();
        assert_eq!(gone.colleague.state, StaffState::Left);
        let again = leave::leave(&house.services, &hr, NOW, &leaver.code, 2, &form("")).await;
        assert_eq!(again.unwrap_err(), Error::Rule { rule: Rule::PersonLeft });

        // Deletion: the numbers are gone for good, the trail stays whole.
        let early = personal::erase(&house.services, &hr, NOW, &house.account("lin").code).await;
        assert_eq!(early.unwrap_err(), Error::Rule { rule: Rule::SuccessorNeeded });
        personal::erase(&house.services, &hr, NOW, &leaver.code).await.unwrap();
        let look = reveal::show(&house.services, &hr, NOW, &leaver.code, &reason("phone")).await;
        assert_eq!(look.unwrap_err(), Error::Rule { rule: Rule::PersonErased });
        assert_eq!(staff::profile(&house.services, &hr, &leaver.code).await.unwrap().record.unwrap().phone, None);
        let found = verify::run(&house.services.db, &Actor::system("test")).await.unwrap();
        assert!(found.ok, "{found:?}");
    })
    .await;
}

#[tokio::test]
async fn a_copy_of_what_is_kept_is_complete_and_only_for_oneself() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let lin = house.signed("lin").await;
        let copy = personal::copy(&house.services, &lin, NOW).await.unwrap().data.to_string();
        assert!(
            copy.contains("+8613800162152") && copy.contains("林知夏") && copy.contains("Chrome · Windows"),
            "{copy}"
        );
        assert!(personal::copy(&house.services, &lin, later(11)).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_store_closes_only_when_nobody_works_there() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let admin = house.signed("tang").await;
        let form = fields(&[("name", "联洋店"), ("address", "芳甸路 1 号"), ("phone", "021-5000 0000")]);
        let code = stores::open(&house.services, &admin, NOW, &form).await.unwrap();
        assert_eq!(code, "MD-03");
        assert!(matches!(stores::open(&house.services, &admin, NOW, &form).await, Err(Error::Invalid { .. })));
        let busy = stores::close(&house.services, &admin, NOW, "MD-01", 1).await;
        assert_eq!(busy.unwrap_err(), Error::Rule { rule: Rule::StoreInUse });
        stores::close(&house.services, &admin, NOW, &code, 1).await.unwrap();
        let agent = house.signed("lin").await;
        assert_eq!(stores::open(&house.services, &agent, NOW, &form).await.unwrap_err(), Error::Forbidden);
    })
    .await;
}

#[tokio::test]
async fn the_trail_is_searched_exported_and_tells_of_every_change() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let (shen, lin) = (house.signed("shen").await, house.signed("lin").await);
        assert_eq!(trail::search(&house.services, &lin, &fields(&[])).await.unwrap_err(), Error::Forbidden);
        let page =
            trail::search(&house.services, &shen, &fields(&[("action", "identity."), ("actor", &lin.code)])).await;
        let page = page.unwrap();
        assert_eq!(page.rows.len(), 1);
        assert_eq!((page.rows[0].action.as_str(), page.rows[0].from.as_str()), ("identity.signed_in", "10.0.0.7"));
        let table = trail::export(&house.services, &shen, NOW, &fields(&[])).await.unwrap();
        assert!(table.starts_with('\u{feff}') && table.contains("identity.signed_in"));
        let head = trail::signed_head(&house.services.db, &Actor::system("test")).await.unwrap().unwrap();
        assert!(head.holds());
        let kept = trail::keep_head(&house.services.db, NOW).await.unwrap().unwrap();
        let heads = async || trail::kept_heads(&house.services.db, &Actor::system("test")).await.unwrap().ok;
        assert!(heads().await);
        let text = std::fs::read_to_string(&kept).unwrap();
        std::fs::write(&kept, text.replace(&format!("\"line\": {}", head.line), "\"line\": 1")).unwrap();
        assert!(!heads().await, "a head that was changed does not hold");
        std::fs::write(&kept, text).unwrap();

        let sound = async || {
            let found = verify::run(&house.services.db, &Actor::system("test")).await.unwrap();
            found.checks.into_iter().find(|check| check.name == "audit_chain").unwrap()
        };
        assert!(sound().await.ok);
        let line = page.rows[0].id;
        assert!(firm.refuses(&format!("UPDATE audit SET actor = 'x' WHERE id = {line}")).await);
        assert!(firm.refuses(&format!("DELETE FROM audit WHERE id = {line}")).await);
        if firm.at.url.is_none() {
            firm.damage("DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete").await;
        }
        firm.damage(&format!("UPDATE audit SET from_address = '10.0.0.8' WHERE id = {line}")).await;
        let broken = sound().await;
        assert_eq!((broken.ok, broken.detail.as_str()), (false, format!("line {line}").as_str()));
        assert!(!trail::check(&house.services).await.unwrap());
        let look = reveal::show(&house.services, &shen, NOW, &lin.code, &reason("phone")).await;
        assert_eq!(look.unwrap_err(), Error::Rule { rule: Rule::TrailBroken });
        firm.damage(&format!("DELETE FROM audit WHERE id = {line}")).await;
        assert!(!sound().await.ok, "a missing line breaks the chain as well");
        firm.damage(&format!("DELETE FROM audit WHERE id >= {}", head.line)).await;
        assert!(!heads().await, "a lost end shows in the head that was kept");
    })
    .await;
}

#[tokio::test]
async fn a_trail_without_its_hashes_or_without_any_line_is_broken_and_raises_the_banner() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        house.signed("lin").await;
        assert!(trail::check(&house.services).await.unwrap() && !trail::is_broken(&house.services));
        if firm.at.url.is_none() {
            firm.damage("DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete").await;
        }
        // As of somebody who writes the database, has no key, and took the kept heads away.
        firm.damage("UPDATE audit SET mac = NULL").await;
        assert!(!trail::check(&house.services).await.unwrap() && trail::is_broken(&house.services));
        firm.damage("DELETE FROM audit").await;
        assert!(!trail::check(&house.services).await.unwrap(), "nobody was let in without a line");
    })
    .await;
}

/// Alone with the data, as soon as the last node has let go of it.
async fn alone(firm: &crate::firm::Firm) -> store::Db {
    for _ in 0..50 {
        if let Ok(db) = store::Db::open_alone(&firm.at).await {
            return db;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("somebody still has the data")
}

#[tokio::test]
async fn with_a_new_key_everything_opens_and_with_the_old_one_nothing() {
    on_each_engine(async |firm| {
        let (old, count) = {
            let node = House::open(&firm).await.services.db;
            let old = std::fs::read(firm.at.folder.join("key")).unwrap();
            // A node that runs keeps others from changing the key under it.
            assert!(store::Db::open_alone(&firm.at).await.is_err());
            if firm.at.url.is_some() {
                assert!(services::rotate::rotate(&node, &Actor::system("test"), NOW).await.is_err());
            }
            node.close().await.unwrap();
            let alone = alone(&firm).await;
            let count = services::rotate::rotate(&alone, &Actor::system("test"), NOW).await.unwrap();
            if firm.at.url.is_some() {
                assert!(store::Db::open(&firm.at).await.is_err(), "and the other way round");
            }
            alone.close().await.unwrap();
            (old, count)
        };
        assert!(count >= 16, "every person has a key: {count}");
        assert_ne!(std::fs::read(firm.at.folder.join("key")).unwrap(), old);
        let db = firm.open().await;
        let found = verify::run(&db, &Actor::system("test")).await.unwrap();
        assert!(found.ok, "{found:?}");
        let services = services::Services::open(db.clone(), NOW).await.unwrap();
        let people = services::identity::demo::people(&db, &Actor::system("test"), NOW).await.unwrap();
        let house = House { services, accounts: people };
        let gu = house.signed("gu").await;
        let shown =
            reveal::show(&house.services, &gu, NOW, &house.account("lin").code, &reason("phone")).await.unwrap();
        assert_eq!(shown.number, "138 0016 2152");
        db.close().await.unwrap();
        drop(house);
        std::fs::write(firm.at.folder.join("key"), old).unwrap();
        let db = store::Db::open(&firm.at).await.unwrap();
        assert!(store::verify::fit_key(&db, &crate::firm::scope()).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn no_number_of_a_person_stands_in_the_database_in_plain() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let gu = house.signed("gu").await;
        reveal::show(&house.services, &gu, NOW, &house.account("lin").code, &reason("phone")).await.unwrap();
        let rows = firm.everything().await;
        assert!(rows.contains("YG-0001"), "the tables were read");
        // 138 0016 2041 and its neighbours, and the place of the demo's identity numbers.
        for plain in ["1380016", "0016 2", "310199"] {
            assert!(!rows.contains(plain), "{plain} stands in the database");
        }
        for password in house.accounts.iter().map(|a| &a.password) {
            assert!(!rows.contains(password.as_str()));
        }
    })
    .await;
}

/// Run with `--nocapture` to see the permission table as the product enforces it.
#[test]
fn access_table() {
    for role in Role::ALL {
        let rights: Vec<String> = Action::ALL
            .iter()
            .filter_map(|action| domain::access::reach_of(*role, *action).map(|reach| format!("{action}:{reach}")))
            .collect();
        println!("{role:<10} {}", rights.join(" "));
        assert!(!rights.is_empty(), "{role} may do nothing");
    }
}

#[tokio::test]
async fn an_ending_licence_is_told_of_once_a_step_to_its_holder_and_the_manager() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let services = &house.services;
        let (hr, lin, gu) = (house.signed("he").await, house.signed("lin").await, house.signed("gu").await);
        let shown = services::staff::profile(services, &hr, &lin.code).await.unwrap();
        let until = (NOW.day() + chrono::Days::new(45)).to_string();
        let form = [
            ("name", "林知夏"),
            ("position", "经纪人"),
            ("store", "MD-01"),
            ("manager", gu.code.as_str()),
            ("licence_no", "SH-1"),
            ("licence_until", until.as_str()),
        ];
        services::staff::change(services, &hr, NOW, &lin.code, shown.version, &fields(&form)).await.unwrap();
        let about = format!("林知夏 · {until}");
        let heard = async |who: &services::identity::Signed| {
            let list = services::identity::notice::list(services, who, None).await.unwrap();
            list.iter().filter(|n| n.kind == NoticeKind::LicenceEnds && n.about == about).count()
        };
        let day = |n: i64| later(n * 24 * 60);
        for (after, times) in [(0, 1), (0, 1), (1, 1), (14, 1), (15, 2), (20, 2), (38, 3), (44, 3), (45, 4), (60, 4)]
        {
            services::staff::licence::remind(services, day(after)).await.unwrap();
            assert_eq!((heard(&lin).await, heard(&gu).await), (times, times), "after {after} days");
        }
        assert_eq!(heard(&house.signed("chen").await).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_taken_number_is_told_within_the_quota_and_written_down() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let hr = house.signed("he").await;
        let own = ["13912345670", "13912345671"];
        let entered = fields(&record("秦越", own[0]));
        let code = staff::add(&house.services, &hr, NOW, &entered).await.unwrap();
        let guess =
            |phone: &str| fields(&[("name", "秦月"), ("position", "经纪人"), ("store", "MD-01"), ("phone", phone)]);
        let tried = async |phone: &str, at| staff::add(&house.services, &hr, at, &guess(phone)).await;
        // A form sent twice counts once for each time it was told.
        for n in 0..10 {
            let Err(Error::Invalid { fields: faults }) = tried(own[0], NOW).await else { panic!("{n}") };
            assert_eq!((faults[0].field.as_str(), faults[0].problem), ("phone", Problem::Taken), "{n}");
        }
        // From now on a taken number and a free one are refused alike.
        let spent = Error::Rule { rule: Rule::RevealQuota };
        for phone in own {
            assert_eq!(tried(phone, NOW).await.unwrap_err(), spent, "{phone}");
        }
        let change = staff::change(&house.services, &hr, NOW, &house.account("lin").code, 1, &guess(own[0])).await;
        assert_eq!(change.unwrap_err(), spent);
        let look = reveal::show(&house.services, &hr, NOW, &code, &reason("phone")).await;
        assert_eq!(look.unwrap_err(), spent, "they are looks like others");
        let nameless = fields(&[("name", "秦朗"), ("position", "经纪人"), ("store", "MD-01")]);
        assert!(
            staff::add(&house.services, &hr, NOW, &nameless).await.is_ok(),
            "without a number there is nothing to learn"
        );
        // Whose number it is sees them, and so does the trail.
        let seen = reveal::list(&house.services, &hr, None, Some(&code)).await.unwrap();
        assert_eq!(seen.len(), 10);
        let admin = house.signed("tang").await;
        let lines = trail::search(&house.services, &admin, &fields(&[("action", "staff.number_met")])).await.unwrap();
        assert_eq!(lines.rows.len(), 10);
        assert!(!lines.rows.iter().any(|row| row.detail.contains("139")), "without the number");
        assert!(tried(own[1], later(61)).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn days_that_do_not_fit_together_are_named_and_nothing_is_written() {
    on_each_engine(async |firm| {
        let house = House::open(&firm).await;
        let hr = house.signed("he").await;
        let with = |changes: &[(&'static str, &'static str)]| {
            let mut form = record("秦越", "");
            form.iter_mut().for_each(|(name, value)| {
                if let Some((_, other)) = changes.iter().find(|(changed, _)| changed == name) {
                    *value = other;
                }
            });
            fields(&form)
        };
        let faults = async |form| match staff::add(&house.services, &hr, NOW, &form).await {
            Err(Error::Invalid { fields }) => fields.into_iter().map(|f| (f.field, f.problem)).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        // Born on the last day of 1949.
        assert_eq!(faults(with(&[("hired_on", "1960-01-01")])).await, [("hired_on".into(), Problem::OutOfRange)]);
        assert_eq!(faults(with(&[("hired_on", "2029-01-01")])).await, [("hired_on".into(), Problem::OutOfRange)]);
        let until = faults(with(&[("licence_until", "2077-01-01")])).await;
        assert_eq!(until, [("licence_until".into(), Problem::OutOfRange)]);
        assert_eq!(faults(with(&[("licence_no", "")])).await, [("licence_no".into(), Problem::Missing)]);
        let code = staff::add(&house.services, &hr, NOW, &with(&[])).await.unwrap();
        let leave = async |day: &str| {
            let form = fields(&[("left_on", day), ("successor", "")]);
            leave::leave(&house.services, &hr, NOW, &code, 1, &form).await
        };
        for day in ["2026-10-31", "2031-01-01"] {
            let Err(Error::Invalid { fields: faults }) = leave(day).await else { panic!("{day}") };
            assert_eq!((faults[0].field.as_str(), faults[0].problem), ("left_on", Problem::OutOfRange), "{day}");
        }
        assert_eq!(staff::profile(&house.services, &hr, &code).await.unwrap().colleague.state, StaffState::Active);
        assert!(leave("2026-11-01").await.is_ok());
    })
    .await;
}
