//! Looks at numbers: the quota, the reason, and what a taken number tells.

use crate::firm::on_each_engine;
use crate::people::{House, NOW, fields, later};
use domain::error::Problem;
use domain::{Error, Rule};
use services::staff::{self, reveal};
use services::trail;

use crate::staff::record;

pub fn reason(field: &str) -> domain::identity::Fields {
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
