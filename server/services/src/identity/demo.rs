//! The people of the demo firm: two stores, teams, and an account for each role, with passwords drawn at random.

use super::{secret, set_up, system};
use chrono::{Days, NaiveDate};
use domain::access::{Actor, Role};
use domain::identity::{Education, IdNumber, Phone};
use serde::Serialize;
use store::identity::{account, session};
use store::staff::{self, Entry, store as stores};
use store::{Db, Moment, StoreResult, audit, setting};

/// What a person of the demo signs in with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DemoAccount {
    /// The first role of the account.
    pub role: Role,
    /// What to sign in with.
    pub login: String,
    /// The password, told only here.
    pub password: String,
    /// The person's name.
    pub name: String,
    /// The person's public number.
    pub code: String,
    /// The store they work in.
    pub store: String,
}

struct Person {
    name: &'static str,
    login: Option<(&'static str, Role)>,
    position: &'static str,
    store: usize,
    team: Option<&'static str>,
    /// Position in the list of the one they report to.
    manager: Option<usize>,
    education: Education,
    skills: &'static str,
    history: &'static str,
}

/// The setting that marks an invented firm.
const MARK: &str = "demo_people";
const FIRM: &str = "安禾房产";
const STORES: [(&str, &str, &str); 2] =
    [("张杨路店", "浦东新区张杨路 1580 号", "021-6870 1580"), ("金桥店", "浦东新区金桥路 2211 号", "021-5030 2211")];

#[expect(clippy::too_many_arguments, reason = "a row of the table below, column by column")]
const fn person(
    name: &'static str,
    login: Option<(&'static str, Role)>,
    position: &'static str,
    store: usize,
    team: Option<&'static str>,
    manager: Option<usize>,
    education: Education,
    skills: &'static str,
    history: &'static str,
) -> Person {
    Person { name, login, position, store, team, manager, education, skills, history }
}

#[rustfmt::skip]
const PEOPLE: [Person; 16] = {
    use Education::{Bachelor, College, Master, School};
    use Role::{Admin, Agent, Director, Finance, Hr, Manager, Officer, Service};
    [
        person("沈知行", Some(("shen", Director)), "区域总监", 0, None, None, Master, "经营分析、谈判", "2009–2016 某连锁经纪 店长；2016–2019 同公司 区域经理"),
        person("唐予安", Some(("tang", Admin)), "系统管理员", 0, None, Some(0), Bachelor, "信息系统、数据安全", "2014–2021 软件公司 运维工程师"),
        person("顾清和", Some(("gu", Manager)), "店长", 0, None, Some(0), Bachelor, "带教、收房", "2012–2018 某连锁经纪 经纪人"),
        person("林知夏", Some(("lin", Agent)), "高级经纪人", 0, Some("一组"), Some(2), Bachelor, "学区、置换，英语", "2018–2021 酒店 前厅主管"),
        person("陈一诺", Some(("chen", Agent)), "经纪人", 0, Some("二组"), Some(2), College, "首套、贷款", "2021–2023 汽车销售顾问"),
        person("许南星", None, "经纪人", 0, Some("一组"), Some(2), College, "实勘摄影", "2020–2022 影楼 摄影师"),
        person("何言之", None, "见习经纪人", 0, Some("二组"), Some(2), School, "", ""),
        person("陆衡", Some(("lu", Manager)), "店长", 1, None, Some(0), Bachelor, "新店筹建", "2011–2019 某连锁经纪 经纪人、店长"),
        person("周牧", Some(("zhou", Agent)), "高级经纪人", 1, Some("一组"), Some(7), Bachelor, "别墅、大平层", "2013–2018 开发商 置业顾问"),
        person("蒋晴川", None, "经纪人", 1, Some("一组"), Some(7), College, "日语", "2019–2022 贸易公司 外贸专员"),
        person("方远", None, "经纪人", 1, Some("一组"), Some(7), College, "", "2022–2023 快递站点 站长"),
        person("苏砚", Some(("su", Officer)), "权证专员", 0, None, Some(2), Bachelor, "网签、过户、贷款", "2015–2020 银行 个贷客户经理"),
        person("曹安然", Some(("cao", Finance)), "财务主管", 0, None, Some(0), Master, "会计、税务", "2012–2019 会计师事务所 审计员"),
        person("袁小满", Some(("yuan", Service)), "客服专员", 0, None, Some(2), College, "投诉处理", "2017–2022 航空公司 客服"),
        person("贺敏", Some(("he", Hr)), "人事经理", 0, None, Some(0), Bachelor, "招聘、培训", "2013–2020 连锁零售 人事主管"),
        person("尹初", None, "实勘专员", 1, None, Some(7), College, "全景拍摄", "2018–2023 广告公司 摄影师"),
    ]
};

/// Whether the firm is the invented one.
///
/// # Errors
/// Whatever the store reports.
pub async fn is_demo(db: &Db) -> StoreResult<bool> {
    Ok(setting::read(db, &system(), MARK).await?.is_some())
}

/// Writes the demo firm's people where there are none, and gives every demo account a new password.
///
/// # Errors
/// Whatever the store reports; nothing is written where the firm has people of its own.
pub async fn people(db: &Db, actor: &Actor, at: Moment) -> StoreResult<Vec<DemoAccount>> {
    let scope = system();
    if setting::read(db, &scope, "firm_name").await?.is_none() {
        db.write(async |tx| {
            setting::write(&tx, set_up::FIRM, FIRM).await?;
            setting::write(&tx, MARK, "1").await?;
            let mut shops = Vec::new();
            for (name, address, phone) in STORES {
                let entry = stores::Entry { name: name.into(), address: address.into(), phone: phone.into() };
                shops.push(stores::open(&tx, at, &entry).await?.1);
            }
            let mut made: Vec<(i64, String)> = Vec::new();
            for (n, person) in PEOPLE.iter().enumerate() {
                let manager = person.manager.and_then(|n| made.get(n)).map(|(_, code)| code.clone());
                let entry = entry(n, person, &shops[person.store], manager, at.day());
                let (id, code) = staff::add(&tx, at, actor, &entry).await?;
                if let Some((login, role)) = person.login {
                    account::open(&tx, at, id, login, &[role], None).await?;
                }
                made.push((id, code));
            }
            let detail = serde_json::json!({ "people": made.len() });
            audit::write(&tx, at, audit::Entry { actor, action: "demo.people", subject: "firm", id: 0, detail }).await
        })
        .await?;
    }
    let mut accounts = Vec::new();
    for person in &PEOPLE {
        let Some((login, role)) = person.login else { continue };
        let Some(found) = account::by_login(db, &scope, login).await?.filter(|a| a.name == person.name) else {
            continue;
        };
        let password = secret::typed()?;
        let hash = secret::hash(&password).await?;
        db.write(async |tx| {
            account::set_password(&tx, at, found.id, &hash).await?;
            session::end_all(&tx, at, found.id, None, "password_changed").await.map(drop)
        })
        .await?;
        let store = STORES[person.store].0.to_owned();
        accounts.push(DemoAccount {
            role,
            login: login.into(),
            password,
            name: person.name.into(),
            code: found.code,
            store,
        });
    }
    Ok(accounts)
}

fn entry(n: usize, person: &Person, store: &str, manager: Option<String>, today: NaiveDate) -> Entry {
    let n = n as u64;
    let hired = today.checked_sub_days(Days::new(200 + n * 187 % 2400)).unwrap_or(today);
    // Two licences end soon, so that the reminders have something to say.
    let licence = today.checked_add_days(Days::new(if n % 7 == 3 { 12 + n } else { 300 + n * 61 % 700 }));
    let sells = person.position.contains("经纪人") || person.position == "店长";
    Entry {
        name: person.name.into(),
        position: person.position.into(),
        store: store.to_owned(),
        team: person.team.map(str::to_owned),
        manager,
        phone: Phone::parse(&format!("1380016{:04}", 2041 + n * 37)),
        id_number: id_number(n),
        licence_no: sells.then(|| format!("SH-2024-{:05}", 10_200 + n * 73)),
        licence_until: licence.filter(|_| sells),
        hired_on: Some(hired),
        education: Some(person.education),
        history: person.history.into(),
        skills: person.skills.into(),
    }
}

/// An identity number with a right check character of a place that is not in use.
fn id_number(n: u64) -> Option<IdNumber> {
    let body = format!("310199{}{:02}{:02}{:03}", 1980 + n % 18, 1 + n % 12, 1 + n * 5 % 28, 101 + n * 2);
    "0123456789X".chars().find_map(|check| IdNumber::parse(&format!("{body}{check}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_an_account_and_everybody_a_right_number() {
        for role in Role::ALL {
            assert!(PEOPLE.iter().any(|p| p.login.is_some_and(|(_, r)| r == *role)), "{role}");
        }
        for (n, person) in PEOPLE.iter().enumerate() {
            let entry = entry(n, person, "MD-01", None, NaiveDate::default());
            assert!(entry.phone.is_some() && entry.id_number.is_some(), "{}", person.name);
            assert!(person.manager.is_none_or(|m| m < n), "{} reports to somebody further down", person.name);
        }
    }
}
