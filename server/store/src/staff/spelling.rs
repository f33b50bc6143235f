//! How names are typed without Chinese: in pinyin, or by its first letters.

use crate::{Db, StoreResult};
use pinyin::ToPinyin;

/// Surnames that are read otherwise than the sign is mostly read.
const SURNAMES: [(char, &str); 16] = [
    ('曾', "zeng"),
    ('单', "shan"),
    ('仇', "qiu"),
    ('解', "xie"),
    ('查', "zha"),
    ('区', "ou"),
    ('盖', "ge"),
    ('朴', "piao"),
    ('翟', "zhai"),
    ('乐', "yue"),
    ('缪', "miao"),
    ('覃', "qin"),
    ('宓', "mi"),
    ('员', "yun"),
    ('种', "chong"),
    ('冼', "xian"),
];
/// Names spelt at once.
const AT_ONCE: u32 = 500;

/// The first letters of a name: `林知夏` is `lzx`.
pub(super) fn initials(name: &str) -> String {
    sounds(name)
        .map(|sound| sound.chars().next().filter(char::is_ascii).map_or(sound.clone(), String::from))
        .collect()
}

/// A name in pinyin: `林知夏` is `linzhixia`.
pub(super) fn pinyin(name: &str) -> String {
    sounds(name).collect()
}

/// What is typed for each sign; a sign that is not Chinese is itself.
fn sounds(name: &str) -> impl Iterator<Item = String> {
    name.chars().enumerate().map(|(at, c)| {
        let surname = SURNAMES.iter().find(|(sign, _)| at == 0 && *sign == c).map(|(_, sound)| (*sound).to_owned());
        surname.unwrap_or_else(|| match c.to_pinyin() {
            Some(sound) => sound.plain().replace('ü', "v"),
            None => c.to_lowercase().filter(|c| c.is_alphanumeric()).collect(),
        })
    })
}

/// What somebody typed, as it stands in a pinyin: `Chen Jian'guo` is `chenjianguo`.
pub(super) fn typed(text: &str) -> String {
    text.to_lowercase().replace('ü', "v").chars().filter(|c| !c.is_whitespace() && !"'’-".contains(*c)).collect()
}

/// Spells the names of people who were entered before names were spelt.
pub(crate) async fn catch_up(db: &Db) -> StoreResult<()> {
    loop {
        let sql = format!("SELECT id, name FROM staff WHERE pinyin IS NULL ORDER BY id LIMIT {AT_ONCE}");
        let rows = db.rows(sql, []).await?;
        if rows.is_empty() {
            return Ok(());
        }
        db.write(async |tx| {
            for row in &rows {
                let (id, name): (i64, String) = (row.try_get("", "id")?, row.try_get("", "name")?);
                let values = [id.into(), initials(&name).into(), pinyin(&name).into()];
                tx.run("UPDATE staff SET initials = $2, pinyin = $3 WHERE id = $1", values).await?;
            }
            Ok(())
        })
        .await?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_typed_as_it_is_said() {
        for (name, whole, first) in [
            ("陈建国", "chenjianguo", "cjg"),
            ("曾国强", "zengguoqiang", "zgq"),
            ("吕绿", "lvlv", "ll"),
            ("王曾", "wangceng", "wc"),
            ("Anna 李", "annali", "annal"),
        ] {
            assert_eq!((pinyin(name).as_str(), initials(name).as_str()), (whole, first), "{name}");
        }
        assert_eq!(typed("Chen Jian'guo"), "chenjianguo");
        assert_eq!(typed("LÜ"), "lv");
    }
}
