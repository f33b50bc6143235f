//! `menpai import photos`: a folder or ZIP file with a folder for each home.

use super::Ending;
use super::job::writable;
use super::progress::Progress;
use super::words::said;
use domain::Lang;
use domain::access::Actor;
use domain::place::City;
use services::media::batch::{self, Report, Why};
use std::path::Path;
use store::Db;

/// Refused files that are told on the terminal; the report has all.
const TOLD: usize = 20;

/// Takes the photos in and tells what became of them.
pub(super) async fn take_in(
    db: &Db,
    lang: Lang,
    city: &City,
    file: &Path,
    report: Option<&Path>,
    progress: &mut impl Progress,
) -> Ending {
    if let Err(ending) = report.map_or(Ok(()), writable) {
        return ending;
    }
    let told = |done, all| progress.at(done, Some(all));
    let done = match batch::run(db, &Actor::system("import"), city, file, told).await {
        Ok(Ok(done)) => done,
        Ok(Err(error)) => return Ending::usage(format!("{}: {error}", file.display())),
        Err(error) => return Ending::of(error.into(), lang),
    };
    let text = text(lang, &done);
    let written = report.map_or(Ok(()), |path| {
        let json = serde_json::to_string_pretty(&done).map_err(std::io::Error::other)?;
        std::fs::write(path, json)
    });
    match written {
        Ok(()) => Ending::done(text),
        Err(error) => Ending { out: text, ..Ending::fault(error) },
    }
}

fn text(lang: Lang, done: &Report) -> String {
    let Report { read, taken, known, refused, files } = done;
    let mut text = said!(
        lang,
        "照片：读到 {read}，新增 {taken}，已有 {known}，拒收 {refused}",
        "photos: {read} read, {taken} taken in, {known} there already, {refused} refused",
    );
    for (name, why) in files.iter().take(TOLD) {
        let why = reason(lang, *why);
        text.push_str(&said!(lang, "\n  {name}：{why}", "\n  {name}: {why}"));
    }
    let left = files.len().saturating_sub(TOLD);
    if left > 0 {
        text.push_str(&said!(lang, "\n  另有 {left} 个，见 --report", "\n  and {left} more, see --report"));
    }
    text
}

fn reason(lang: Lang, why: Why) -> String {
    match why {
        Why::NoFolder => said!(lang, "不在房源的文件夹里", "not in the folder of a home"),
        Why::NoHome => said!(lang, "没有这个编号的房源", "no home of the city is called so"),
        Why::Unreadable => said!(lang, "读不出来", "cannot be read"),
        Why::File(why) => app::desk::media::refusal(lang, why).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::media::Refusal;

    #[test]
    fn every_reason_is_told_in_both_languages_and_the_sum_is_there() {
        let mut whys: Vec<Why> = Refusal::ALL.iter().map(|why| Why::File(*why)).collect();
        whys.extend([Why::NoFolder, Why::NoHome, Why::Unreadable]);
        for why in whys {
            let [zh, en] = [Lang::Zh, Lang::En].map(|lang| reason(lang, why));
            assert!(zh.chars().any(|c| c > '\u{4e00}') && !en.chars().any(|c| c > '\u{4e00}'), "{zh} {en}");
        }
        let files = vec![("FY-1/a.jpg".to_owned(), Why::NoHome); 25];
        let told = text(Lang::En, &Report { read: 25, refused: 25, files, ..Report::default() });
        assert!(told.starts_with("photos: 25 read") && told.ends_with("and 5 more, see --report"));
    }
}
