//! `menpai reprice` and `menpai state`: what is typed, and what is done to the offer.

use super::Ending;
use super::job::What;
use super::words::said;
use domain::access::Actor;
use domain::listing::ListingState;
use domain::{Error, Fen, Lang, ListingCode};
use intake::values::money::{self, Unit};
use services::{Moment, listing};
use store::Db;

/// The longest reason, in characters.
const REASON: usize = 200;

/// What `menpai reprice` is asked to do.
pub(super) fn reprice(lang: Lang, code: &str, price: &str, reason: Option<String>) -> Result<What, Ending> {
    let Some(to) = read_price(price) else {
        return Err(Ending::usage(said!(
            lang,
            "读不懂价格「{price}」：请写一个数和单位，例如 239万、1.2亿 或 2390000元",
            "cannot read the price `{price}`: write a number and its unit, such as 239万, 1.2亿 or 2390000元",
        )));
    };
    if to.0 < 1 || to > Fen::MAX_PRICE {
        return Err(Ending::usage(said!(
            lang,
            "价格「{price}」超出范围：最低 0.01 元，最高 100 亿元",
            "the price `{price}` is out of range: 0.01 to 10,000,000,000 yuan",
        )));
    }
    Ok(What::Reprice { code: read_code(lang, code)?, to, reason: read_reason(lang, reason)? })
}

/// What `menpai state` is asked to do.
pub(super) fn state(lang: Lang, code: &str, to: &str, reason: Option<String>) -> Result<What, Ending> {
    let Some(to) = ListingState::from_code(to) else {
        let words: Vec<&str> = ListingState::ALL.iter().map(|state| state.code()).collect();
        let words = words.join(", ");
        return Err(Ending::usage(said!(
            lang,
            "没有状态「{to}」，可用：{words}",
            "there is no state `{to}`; there are {words}",
        )));
    };
    Ok(What::State { code: read_code(lang, code)?, to, reason: read_reason(lang, reason)? })
}

/// Sets the price of an offer.
pub(super) async fn set_price(db: &Db, lang: Lang, code: &ListingCode, to: Fen, reason: Option<&str>) -> Ending {
    let (actor, at) = (Actor::system("reprice"), Moment::now());
    let done = async {
        let now = listing::offer(db, &actor, code).await?;
        let version = listing::change_price(db, &actor, at, code, now.version, to, reason).await?;
        Ok((now.price, version))
    };
    match done.await {
        Ok((from, version)) => {
            let (from, to) = (from.yuan(), to.yuan());
            Ending::done(said!(
                lang,
                "{code}：{from} 元 → {to} 元（第 {version} 版）",
                "{code}: {from} yuan → {to} yuan (version {version})",
            ))
        }
        Err(error) => refused(lang, code, error),
    }
}

/// Moves an offer to another state.
pub(super) async fn set_state(
    db: &Db,
    lang: Lang,
    code: &ListingCode,
    to: ListingState,
    reason: Option<&str>,
) -> Ending {
    let (actor, at) = (Actor::system("state"), Moment::now());
    let done = async {
        let now = listing::offer(db, &actor, code).await?;
        match listing::change_state(db, &actor, at, code, now.version, to, reason).await {
            Ok(version) => Ok(Ok((now.state, version))),
            Err(Error::Rule { rule: domain::Rule::StateChange }) => Ok(Err(now.state)),
            Err(error) => Err(error),
        }
    };
    match done.await {
        Ok(Ok((from, version))) => Ending::done(said!(
            lang,
            "{code}：{from} → {to}（第 {version} 版）",
            "{code}: {from} → {to} (version {version})",
        )),
        Ok(Err(from)) => {
            let next: Vec<&str> = from.next().iter().map(|state| state.code()).collect();
            let next = if next.is_empty() { said!(lang, "无", "nothing") } else { next.join(", ") };
            Ending::refused(said!(
                lang,
                "{code} 现在是 {from}，不能变成 {to}；可以变成：{next}",
                "{code} is {from} and cannot become {to}; it can become {next}",
            ))
        }
        Err(error) => refused(lang, code, error),
    }
}

fn refused(lang: Lang, code: &ListingCode, error: Error) -> Ending {
    match error {
        Error::NotFound => Ending::refused(said!(lang, "没有房源 {code}", "there is no listing {code}")),
        error => Ending::of(error.into(), lang),
    }
}

/// A price as a person types it, with its unit: `239` alone could be yuan or 万. No ranges, no "about".
fn read_price(text: &str) -> Option<Fen> {
    let text = text.trim();
    let plain = |c: char| c.is_ascii_digit() || "., ¥元万亿千百wW".contains(c);
    if !text.chars().all(plain) {
        return None;
    }
    money::price(text, Unit::Yuan).known().filter(|amount| amount.stated).map(|amount| amount.fen)
}

fn read_code(lang: Lang, text: &str) -> Result<ListingCode, Ending> {
    ListingCode::parse(text).ok_or_else(|| {
        Ending::usage(said!(
            lang,
            "「{text}」不是房源编号：编号形如 FY-202611-0042",
            "`{text}` is no listing code: one looks like FY-202611-0042",
        ))
    })
}

fn read_reason(lang: Lang, reason: Option<String>) -> Result<Option<String>, Ending> {
    let reason = reason.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    match &reason {
        Some(text) if text.chars().count() > REASON || text.chars().any(char::is_control) => Err(Ending::usage(
            said!(lang, "理由请写成一行，最多 {REASON} 个字", "a reason is one line of at most {REASON} characters",),
        )),
        _ => Ok(reason),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_needs_its_unit_and_nothing_vague() {
        for (text, fen) in [
            ("239万", 239_000_000),
            ("239.5 万元", 239_500_000),
            ("1.2亿", 12_000_000_000),
            ("2,390,000元", 239_000_000),
            ("¥2390000", 239_000_000),
            ("239w", 239_000_000),
        ] {
            assert_eq!(read_price(text), Some(Fen(fen)), "{text}");
        }
        for text in
            ["239", "2390000", "", "约239万", "239万起", "239-250万", "面议", "239万/套", "-5万", "1e6元", "万"]
        {
            assert_eq!(read_price(text), None, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_meant_is_refused_with_the_reason_in_both_languages() {
        let code = "FY-202611-0001";
        for (lang, price, states) in [(Lang::Zh, "价格", "可用：draft"), (Lang::En, "price", "there are draft")]
        {
            let wrong = |ended: Result<What, Ending>, words: &str| {
                let ended = ended.expect_err("is refused");
                assert!(ended.code == 2 && ended.err.contains(words), "{ended:?}");
            };
            wrong(reprice(lang, code, "239", None), price);
            wrong(reprice(lang, code, "0元", None), price);
            wrong(reprice(lang, code, "101亿", None), price);
            wrong(reprice(lang, "FY-1", "239万", None), "FY-1");
            wrong(state(lang, code, "gone", None), states);
            wrong(state(lang, code, "withdrawn", Some("长".repeat(201))), "200");
            wrong(state(lang, code, "withdrawn", Some("a\nb".to_owned())), "200");
        }
        let asked = reprice(Lang::Zh, code, "239万", Some("  ".to_owned())).expect("is fine");
        assert!(matches!(asked, What::Reprice { to: Fen(239_000_000), reason: None, .. }));
    }
}
