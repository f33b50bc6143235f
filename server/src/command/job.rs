//! What can be done to an open database, by the command itself or by the server it is handed to.

use super::progress::Progress;
use super::words::said;
use super::{Ending, offer, photos};
use domain::access::Actor;
use domain::listing::ListingState;
use domain::place::City;
use domain::retention::Swept;
use domain::{Fen, Lang, ListingCode};
use intake::Kind;
use serde::{Deserialize, Serialize};
use services::backup::{BackupError, Lock, back_up};
use services::identity::demo::{DemoAccount, people};
use services::import::{self, ImportError, Report, Request};
use services::verify::{self, Verification};
use services::{Moment, demo};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use store::{Db, StoreError};

/// One thing to do, with absolute paths.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum What {
    Demo { size: String, accounts: Option<PathBuf> },
    Import { kind: Kind, file: PathBuf, city: City, report: Option<PathBuf>, map: String, dry_run: bool },
    Places { file: PathBuf, city: City },
    Photos { file: PathBuf, city: City, report: Option<PathBuf> },
    Backup { file: PathBuf, lock: Lock },
    Verify,
    Retain { dry_run: bool },
    Reprice { code: ListingCode, to: Fen, reason: Option<String> },
    State { code: ListingCode, to: ListingState, reason: Option<String> },
}

/// What to do and in which language to speak of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Job {
    pub(super) what: What,
    pub(super) lang: Lang,
}

/// Does it. What is half done when this is dropped goes on, or starts anew, the next time.
pub(super) async fn run(db: &Db, job: &Job, progress: &mut impl Progress) -> Ending {
    let lang = job.lang;
    match &job.what {
        What::Demo { size, accounts } => fill(db, lang, size, accounts.as_deref(), progress).await,
        What::Import { kind, file, city, report, map, dry_run } => {
            if let Err(ending) = report.as_deref().map_or(Ok(()), writable) {
                return ending;
            }
            let (kind, file, city, map) = (*kind, file.clone(), city.clone(), map.clone());
            let request = Request { kind, file, city, map, dry_run: *dry_run };
            let told = |now: import::Progress| progress.at(now.line, now.lines);
            match import::run(db, &Actor::system("import"), &request, told).await {
                Ok(done) => reported(lang, &done, report.as_deref()),
                Err(error) => not_imported(error, &request, lang),
            }
        }
        What::Places { file, city } => match import::places(db, &Actor::system("import"), city, file.clone()).await {
            Ok(report) => places_told(lang, &report),
            Err(ImportError::Store(error)) => Ending::of(error, lang),
            Err(error) => Ending::usage(format!("{}: {}", file.display(), error.text(lang))),
        },
        What::Photos { file, city, report } => {
            photos::take_in(db, lang, city, file, report.as_deref(), progress).await
        }
        What::Backup { file, lock } => match back_up(db, &Actor::system("backup"), Moment::now(), file, lock).await {
            Ok(_) => {
                let file = file.display();
                Ending::done(said!(lang, "已备份并校验：{file}", "backed up and verified: {file}"))
            }
            Err(error) => no_backup(&error, lang),
        },
        What::Verify => match verify::run(db, &Actor::system("verify")).await {
            Ok(found) => verified(&found, lang),
            Err(error) => Ending::of(error, lang),
        },
        What::Retain { dry_run } => {
            let actor = Actor::system("retain");
            match services::retention::run(db, &actor, Moment::now(), *dry_run).await {
                Ok(swept) => swept_told(lang, &swept, *dry_run),
                Err(error) => Ending::of(error, lang),
            }
        }
        What::Reprice { code, to, reason } => offer::set_price(db, lang, code, *to, reason.as_deref()).await,
        What::State { code, to, reason } => offer::set_state(db, lang, code, *to, reason.as_deref()).await,
    }
}

/// What became of a list of places; the first refused rows with their lines.
fn places_told(lang: Lang, report: &import::PlacesReport) -> Ending {
    let (taken, duplicate, refused) = (report.taken, report.duplicate, report.refused.len());
    let mut out = said!(
        lang,
        "周边：新增 {taken}，已有 {duplicate}，拒收 {refused}",
        "places: {taken} taken in, {duplicate} there already, {refused} refused",
    );
    for (line, column) in report.refused.iter().take(20) {
        out.push_str(&said!(lang, "\n第 {line} 行：{column} 不可用", "\nline {line}: {column} cannot be used"));
    }
    Ending::done(out)
}

/// What was deleted by age, or would be: a line a rule.
fn swept_told(lang: Lang, swept: &Swept, dry_run: bool) -> Ending {
    let head = match dry_run {
        true => said!(lang, "会删除（没有改动）：", "would be deleted (nothing was changed):"),
        false => said!(lang, "已删除：", "deleted:"),
    };
    Ending::done(swept.rows.iter().fold(head, |text, (rule, n)| {
        let days = rule.days();
        text + &said!(lang, "\n  {rule}（{days} 天）：{n}", "\n  {rule} ({days} days): {n}")
    }))
}

/// What was found, as JSON.
pub(super) fn verified(found: &Verification, lang: Lang) -> Ending {
    let out = match serde_json::to_string_pretty(found) {
        Ok(json) => json,
        Err(error) => return Ending::fault(error),
    };
    let wrong: Vec<&str> = found.checks.iter().filter(|check| !check.ok).map(|check| check.name).collect();
    if wrong.is_empty() {
        return Ending::done(out);
    }
    let wrong = wrong.join(", ");
    Ending { out, ..Ending::failed(said!(lang, "检查未通过：{wrong}", "checks failed: {wrong}")) }
}

/// Why there is no backup, or why it was not restored.
pub(super) fn no_backup(error: &BackupError, lang: Lang) -> Ending {
    let text = error.text(lang);
    match error {
        _ if error.is_refusal() => Ending::refused(text),
        BackupError::Damaged(_) => Ending::failed(text),
        BackupError::File { error, .. } if error.kind() == io::ErrorKind::NotFound => Ending::usage(text),
        _ => Ending::fault(text),
    }
}

fn not_imported(error: ImportError, request: &Request, lang: Lang) -> Ending {
    match error {
        ImportError::Store(StoreError::Refused(_)) => Ending::refused(error.text(lang)),
        ImportError::Store(error) => Ending::of(error, lang),
        ImportError::Unbalanced(_) => Ending::fault(error),
        ImportError::Read(_) | ImportError::Map(_) | ImportError::Missing { .. } | ImportError::Columns => {
            Ending::usage(format!("{}: {}", request.file.display(), error.text(lang)))
        }
    }
}

async fn fill(db: &Db, lang: Lang, size: &str, accounts: Option<&Path>, progress: &mut impl Progress) -> Ending {
    let Some(size) = demo::Size::from_code(size) else {
        return Ending::usage(said!(lang, "没有这个规模：{size}", "there is no size {size}"));
    };
    let told = |done, all| progress.at(done, Some(all));
    let summary = match demo::fill(db, &Actor::system("demo"), Moment::now(), size, told).await {
        Ok(summary) => summary,
        Err(error) => return Ending::of(error, lang),
    };
    if let Err(error) = demo::photograph(db, &Actor::system("demo"), Moment::now()).await {
        return Ending::of(error, lang);
    }
    let people = match people(db, &Actor::system("demo"), Moment::now()).await {
        Ok(people) => people,
        Err(error) => return Ending::of(error, lang),
    };
    let told = match accounts {
        Some(path) => match keep(path, &people) {
            Ok(()) => String::new(),
            Err(error) => return Ending::fault(format!("{}: {error}", path.display())),
        },
        None => list(lang, &people),
    };
    let demo::Summary { homes, public, communities, city: City { name, name_en, .. }, already } = summary;
    let (zh, en) = if already { ("已存在", "was there already") } else { ("已写入", "written") };
    Ending::done(said!(
        lang,
        "演示数据{zh}：{name}房源 {homes} 套，在售 {public} 套，小区 {communities} 个{told}",
        "demo data {en}: {homes} homes in {name_en}, {public} of them on sale, {communities} communities{told}",
    ))
}

/// The accounts as JSON, for their owner alone.
fn keep(path: &Path, people: &[DemoAccount]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    serde_json::to_writer_pretty(&mut file, people)?;
    writeln!(file)
}

/// The accounts as lines, told this once.
fn list(lang: Lang, people: &[DemoAccount]) -> String {
    let head = said!(
        lang,
        "\n演示账号（密码只显示这一次；再运行 menpai demo 会换新密码）：",
        "\ndemo accounts (passwords are shown this once; running menpai demo again draws new ones):",
    );
    people.iter().fold(head, |text, DemoAccount { role, login, password, name, store, .. }| {
        text + &format!("\n  {login:<8} {password}  {role} · {name} · {store}")
    })
}

/// Finds out before an import whether its report can be written after it.
pub(super) fn writable(path: &Path) -> Result<(), Ending> {
    let opened = OpenOptions::new().create(true).append(true).open(path);
    opened.map(drop).map_err(|error| Ending::usage(format!("{}: {error}", path.display())))
}

/// The report where it was asked for, and its summary for the terminal.
fn reported(lang: Lang, report: &Report, path: Option<&Path>) -> Ending {
    let text = report.text(lang);
    if let Some(path) = path
        && let Err(error) = write(lang, report, path)
    {
        return Ending { out: text, ..Ending::fault(format!("{}: {error}", path.display())) };
    }
    match &report.stopped {
        None => Ending::done(text),
        Some(why) => Ending { out: text, ..Ending::usage(why.clone()) },
    }
}

fn write(lang: Lang, report: &Report, path: &Path) -> io::Result<()> {
    if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv")) {
        let mut table = BufWriter::new(File::create(path)?);
        report.write_csv(&mut table, lang).map_err(io::Error::other)?;
        table.flush()?;
        return fs::write(path.with_extension("json"), report.json()?);
    }
    fs::write(path, report.json()?)
}
