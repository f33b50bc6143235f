//! Records, reach, leaving, stores.

use crate::firm::on_each_engine;
use crate::people::{House, NOW, fields, later};
use crate::reveal::reason;
use domain::access::{Action, Actor, Role};
use domain::error::Problem;
use domain::identity::{NoticeKind, StaffState};
use domain::{Error, Rule};
use services::staff::{self, leave, personal, reveal, stores};
use services::verify;
use store::staff::Filter;

pub fn record<'a>(name: &'a str, phone: &'a str) -> Vec<(&'a str, &'a str)> {
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
