//! The commands of the terminal.
//!
//! While a server runs on a data folder, what can be done inside it is handed to it through a local socket;
//! everything else is refused.

mod ending;
mod job;
mod log;
mod offer;
mod photos;
mod post;
mod progress;
mod serve;
mod socket;
mod words;

pub use ending::Ending;

use crate::config::{Config, early_lang};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use domain::Lang;
use domain::access::Actor;
use intake::Kind;
use job::{Job, What};
use services::backup::{Lock, Unlock, restore};
use services::verify::{Check, Verification};
use services::{Moment, Scope, city};
use std::path::PathBuf;
use store::verify::fit_key;
use store::{Db, Location, StoreError};
use words::said;

const EXIT_CODES: &str = "Exit codes: 0 done · 1 a check failed · 2 the command line, the configuration or the file \
    cannot be used · 3 refused, nothing was changed (another process has the folder, the folder is not empty, the \
    schema is another one) · 4 a fault ‖ 退出码：0 完成 · 1 检查未通过 · 2 命令、配置或文件不可用 · \
    3 拒绝执行，未作改动（数据文件夹被占用、不是空文件夹、数据库版本不符） · 4 故障";

/// What was typed.
#[derive(Debug, Parser)]
#[command(name = "menpai", version, max_term_width = 100, disable_help_subcommand = true, after_help = EXIT_CODES)]
#[command(about = "The business system of a second-hand-housing brokerage ‖ 门牌：二手房经纪业务系统")]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    config: Config,
    #[arg(long = "config", id = "config_file", global = true, env = "MENPAI_CONFIG", value_name = "FILE")]
    #[arg(
        help = "Configuration file; else menpai.toml in the data folder ‖ 配置文件，默认用数据文件夹里的 menpai.toml"
    )]
    file: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(about = "Make the database, or bring its schema up to date ‖ 建立数据库，或升级到本版本")]
    Migrate,
    #[command(about = "Fill an empty database with invented homes ‖ 写入演示数据（虚构房源）")]
    Demo {
        #[arg(long, default_value = "small", value_parser = ["small", "10k", "100k", "1m"])]
        #[arg(help = "How many homes on sale ‖ 在售房源数量")]
        size: String,
        #[arg(long, value_name = "FILE")]
        #[arg(help = "Where to write the demo accounts, as JSON ‖ 演示账号写到这个文件（JSON）")]
        accounts: Option<PathBuf>,
    },
    #[command(about = "Take in a file of homes for sale or of communities ‖ 导入房源或小区文件")]
    Import {
        #[arg(value_parser = ["listings", "communities", "places", "photos"])]
        #[arg(
            help = "What the file holds ‖ 文件内容：listings 房源，communities 小区，places 周边（kind,name,lat,lon），photos 照片"
        )]
        kind: String,
        #[arg(
            help = "CSV or XLSX; for photos a folder or ZIP with a folder for each home, named by its code or its number at the source ‖ CSV 或 XLSX 文件；照片为文件夹或 ZIP，内含每套房源一个子文件夹，以房源编号或来源编号命名"
        )]
        file: PathBuf,
        #[arg(long, value_name = "SLUG")]
        #[arg(help = "City of the rows, in pinyin, such as ningbo ‖ 城市拼音，如 ningbo")]
        city: String,
        #[arg(long, value_name = "FILE")]
        #[arg(
            help = "Where to write the report: JSON, and for a name in .csv a table beside it ‖ 导入报告（JSON）；文件名以 .csv 结尾时另写表格"
        )]
        report: Option<PathBuf>,
        #[arg(long, value_delimiter = ',', value_name = "COLUMN=FIELD")]
        #[arg(
            help = "What columns hold, where the guess is wrong; remembered for files with the same columns ‖ 纠正列的含义；同样表头的文件会记住"
        )]
        map: Vec<String>,
        #[arg(long)]
        #[arg(help = "Judge every row and write nothing ‖ 只检查，不写入")]
        dry_run: bool,
    },
    #[command(about = "Set a new asking price ‖ 调整一套房源的挂牌价")]
    Reprice {
        #[arg(help = "Code of the listing, such as FY-202611-0042 ‖ 房源编号，如 FY-202611-0042")]
        code: String,
        #[arg(help = "The new price with its unit, w for 10,000 yuan, such as 239w ‖ 新价格，写明单位，如 239万")]
        price: String,
        #[arg(long, value_name = "TEXT")]
        #[arg(help = "Why; kept in the history of the room ‖ 理由，留在这间房的历史里")]
        reason: Option<String>,
    },
    #[command(about = "Move a listing to another state ‖ 改变一套房源的状态")]
    State {
        #[arg(help = "Code of the listing, such as FY-202611-0042 ‖ 房源编号，如 FY-202611-0042")]
        code: String,
        #[arg(help = "The new state, such as withdrawn ‖ 新状态，如 withdrawn（撤盘）")]
        state: String,
        #[arg(long, value_name = "TEXT")]
        #[arg(help = "Why; kept in the history of the room ‖ 理由，留在这间房的历史里")]
        reason: Option<String>,
    },
    #[command(about = "Serve the site until it is told to stop ‖ 运行网站")]
    Serve,
    #[command(
        about = "Write a verified backup of everything, the key file included ‖ 备份全部数据（含密钥文件）并校验"
    )]
    Backup {
        #[arg(help = "The file to write ‖ 备份文件")]
        file: PathBuf,
        #[arg(long, value_name = "RECIPIENT", conflicts_with = "passphrase_file")]
        #[arg(
            help = "Encrypt for whoever has the identity of this recipient (age1…); may be given again ‖ 用此公钥（age1…）加密，可给多个"
        )]
        encrypt_to: Vec<String>,
        #[arg(long, value_name = "FILE")]
        #[arg(help = "Encrypt with the passphrase in the first line of a file ‖ 用文件第一行的口令加密")]
        passphrase_file: Option<PathBuf>,
    },
    #[command(about = "Restore a backup into an empty data folder ‖ 把备份恢复到空的数据文件夹")]
    Restore {
        #[arg(help = "The file to read ‖ 备份文件")]
        file: PathBuf,
        #[arg(long, value_name = "FILE", conflicts_with = "passphrase_file")]
        #[arg(
            help = "What opens an encrypted one: the file of age-keygen ‖ 打开加密备份的身份文件（age-keygen 生成）"
        )]
        identity: Option<PathBuf>,
        #[arg(long, value_name = "FILE")]
        #[arg(help = "Or the passphrase in the first line of a file ‖ 或第一行为口令的文件")]
        passphrase_file: Option<PathBuf>,
    },
    #[command(about = "Seal all personal data with a new key; stop the server first ‖ 更换加密密钥（先停止服务）")]
    RotateKey,
    #[command(about = "Check that what is stored hangs together; prints JSON ‖ 检查数据是否完好，输出 JSON")]
    Verify,
    #[command(about = "Delete what is too old to be kept, as every night ‖ 删除超过保留期限的内容（每晚自动进行）")]
    Retain {
        #[arg(long)]
        #[arg(help = "Count it and delete nothing ‖ 只报数，不删除")]
        dry_run: bool,
    },
    #[command(about = "Try the ways messages leave by ‖ 试发短信或邮件")]
    Message {
        #[command(subcommand)]
        what: MessageCommand,
    },
    #[command(about = "Print the configuration in force, secrets hidden ‖ 显示生效的配置（隐藏密码）")]
    Config,
    #[command(about = "Print the version ‖ 显示版本")]
    Version,
}

#[derive(Debug, Subcommand)]
enum MessageCommand {
    #[command(about = "Send a test message by the configured gateway ‖ 通过已配置的网关发送一条测试消息")]
    Test {
        #[arg(long, value_name = "NUMBER or ADDRESS")]
        #[arg(help = "Mobile number or mail address ‖ 手机号或邮箱")]
        to: String,
    },
}

/// Does what is asked for on the command line.
pub async fn run() -> Ending {
    let lang = early_lang();
    let cli = words::speak(Cli::command(), lang).try_get_matches().and_then(|typed| Cli::from_arg_matches(&typed));
    let cli = match cli {
        Ok(cli) => cli,
        Err(error) if !error.use_stderr() => return Ending::done(error.to_string()),
        Err(error) => return Ending::usage(words::usage(&error, lang)),
    };
    let config = match cli.config.complete(cli.file.as_deref()) {
        Ok(config) => config,
        Err(error) => return Ending::usage(error),
    };
    log::begin(&config);
    let (lang, at) = (config.lang(), config.location());
    match cli.command {
        Command::Version => Ending::done(concat!("menpai ", env!("CARGO_PKG_VERSION"))),
        Command::Config => Ending::done(config.shown()),
        Command::Message { what: MessageCommand::Test { to } } => post::test(&config, &to).await,
        Command::Serve if socket::answers(&at).await => served(&at, lang),
        Command::Serve => match present(&at, lang) {
            Ok(()) => serve::run(&config).await,
            Err(absent) => absent,
        },
        Command::Migrate => migrate(&at, lang).await,
        Command::RotateKey => rotate_key(&at, lang).await,
        Command::Restore { file, identity, passphrase_file } => {
            let unlock = match (identity, passphrase_file) {
                (Some(path), _) => Unlock::Identity(path),
                (None, Some(path)) => Unlock::Passphrase(path),
                (None, None) => Unlock::Open,
            };
            bring_back(&config, lang, file, &unlock).await
        }
        Command::Demo { size, accounts } => {
            perform(&config, Job { what: What::Demo { size, accounts: accounts.map(absolute) }, lang }).await
        }
        Command::Backup { file, encrypt_to, passphrase_file } => {
            let lock = match passphrase_file {
                Some(path) => Lock::Passphrase(absolute(path)),
                None if encrypt_to.is_empty() => Lock::Open,
                None => Lock::To(encrypt_to),
            };
            perform(&config, Job { what: What::Backup { file: absolute(file), lock }, lang }).await
        }
        Command::Retain { dry_run } => perform(&config, Job { what: What::Retain { dry_run }, lang }).await,
        Command::Verify => perform(&config, Job { what: What::Verify, lang }).await,
        Command::Reprice { code, price, reason } => match offer::reprice(lang, &code, &price, reason) {
            Ok(what) => perform(&config, Job { what, lang }).await,
            Err(wrong) => wrong,
        },
        Command::State { code, state, reason } => match offer::state(lang, &code, &state, reason) {
            Ok(what) => perform(&config, Job { what, lang }).await,
            Err(wrong) => wrong,
        },
        Command::Import { kind, file, city: slug, report, map, dry_run } => {
            let Some(city) = city::by_slug(&slug) else {
                return Ending::usage(said!(
                    lang,
                    "不认识城市「{slug}」：请用拼音，例如 ningbo",
                    "unknown city `{slug}`: use its pinyin, such as ningbo",
                ));
            };
            if kind == "places" {
                return perform(&config, Job { what: What::Places { file: absolute(file), city }, lang }).await;
            }
            if kind == "photos" {
                let (file, report) = (absolute(file), report.map(absolute));
                return perform(&config, Job { what: What::Photos { file, city, report }, lang }).await;
            }
            let kind = if kind == Kind::Communities.code() { Kind::Communities } else { Kind::Listings };
            let (file, report, map) = (absolute(file), report.map(absolute), map.join(","));
            perform(&config, Job { what: What::Import { kind, file, city, report, map, dry_run }, lang }).await
        }
    }
}

/// Does a job, or has the server do it that runs on the folder.
async fn perform(config: &Config, job: Job) -> Ending {
    let (lang, at) = (job.lang, &config.location());
    if let Some(ending) = socket::hand_over(at, &job).await {
        return ending;
    }
    if let Err(absent) = present(at, lang) {
        return absent;
    }
    let files = match config.files() {
        Ok(files) => files,
        Err(wrong) => return Ending::usage(wrong),
    };
    let db = match Db::open(at).await {
        Ok(db) => db.with_files(files),
        Err(error @ (StoreError::Database(_) | StoreError::Corrupt(_))) if job.what == What::Verify => {
            return job::verified(&Verification::of(vec![Check::failed("open", error)]), lang);
        }
        Err(error) => return Ending::of(error, lang),
    };
    let fits = match job.what {
        // Damage is what a verification reports, and a backup keeps what is there.
        What::Verify | What::Backup { .. } => Ok(()),
        What::Demo { .. }
        | What::Import { .. }
        | What::Photos { .. }
        | What::Reprice { .. }
        | What::State { .. }
        | What::Places { .. }
        | What::Retain { .. } => fit_key(&db, &scope()).await,
    };
    match fits {
        Ok(()) => job::run(&db, &job, &mut progress::Bar::new()).await,
        Err(error) => Ending::of(error, lang),
    }
}

async fn migrate(at: &Location, lang: Lang) -> Ending {
    if socket::answers(at).await {
        return served(at, lang);
    }
    let done = async {
        let db = Db::open_and_migrate(at).await?;
        fit_key(&db, &scope()).await?;
        db.close().await
    };
    match done.await {
        Ok(()) => Ending::done(said!(lang, "数据库已就绪", "the database is ready")),
        Err(error) => Ending::of(error, lang),
    }
}

async fn rotate_key(at: &Location, lang: Lang) -> Ending {
    if socket::answers(at).await {
        return served(at, lang);
    }
    if let Err(absent) = present(at, lang) {
        return absent;
    }
    let done = async {
        let db = Db::open_alone(at).await?;
        let count = services::rotate::rotate(&db, &Actor::system("rotate-key"), Moment::now()).await?;
        db.close().await.map(|()| count)
    };
    match done.await {
        Ok(count) => Ending::done(said!(
            lang,
            "已换新密钥，重新加密 {count} 项；旧备份仍用旧密钥，请另做备份",
            "a new key is in force, {count} values were sealed anew; older backups hold the old key: make a new one",
        )),
        Err(error) => Ending::of(error, lang),
    }
}

async fn bring_back(config: &Config, lang: Lang, file: PathBuf, unlock: &Unlock) -> Ending {
    let at = &config.location();
    let files = match config.files() {
        Ok(files) => files,
        Err(wrong) => return Ending::usage(wrong),
    };
    if socket::answers(at).await {
        return served(at, lang);
    }
    match restore(at, &files, &file, unlock).await {
        Ok(manifest) => {
            let (folder, listings) = (at.folder.display(), manifest.counts.get("listing").copied().unwrap_or(0));
            Ending::done(said!(
                lang,
                "已恢复到 {folder}（{listings} 套房源）",
                "restored into {folder} ({listings} listings)",
            ))
        }
        Err(error) => job::no_backup(&error, lang),
    }
}

/// Refuses a folder without data, which opening would make.
fn present(at: &Location, lang: Lang) -> Result<(), Ending> {
    if at.folder.join(store::backup::KEY).exists() {
        return Ok(());
    }
    let folder = at.folder.display();
    Err(Ending::refused(said!(
        lang,
        "{folder} 里没有数据：请先运行 menpai migrate",
        "there is no data in {folder}: run `menpai migrate` first",
    )))
}

fn served(at: &Location, lang: Lang) -> Ending {
    let folder = at.folder.display();
    Ending::refused(said!(
        lang,
        "menpai 服务正在使用 {folder}：请先停止服务",
        "a menpai server is running on {folder}: stop it first",
    ))
}

fn scope() -> Scope {
    Scope::of(&Actor::system("command"))
}

/// A server that is handed the path stands in another folder.
fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}
