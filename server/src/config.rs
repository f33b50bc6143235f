//! How the program is told what to do: flags, then `MENPAI_*`, then a file, then defaults.

use domain::Lang;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use store::Location;
use store::file::{Bucket, FOLDER, Files};

/// The file beside the data.
const FILE: &str = "menpai.toml";
const LOG_LEVEL: &str = "info,sqlx=warn,sea_orm_migration=warn";

/// Settings of one program. Flags and environment fill it first ([`clap`]), the file what they left open. The texts
/// that people read stand here in both languages, see [`crate::command::words`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::Args)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    #[arg(long, global = true, env = "MENPAI_DATA_DIR", value_name = "FOLDER")]
    #[arg(
        help = "Folder of the database, the key file and the files; `data` if not told ‖ 数据文件夹（数据库、密钥文件等），默认 data"
    )]
    pub data_dir: Option<PathBuf>,
    #[arg(long, global = true, env = "MENPAI_DATABASE_URL", hide_env_values = true, value_name = "URL")]
    #[arg(
        help = "PostgreSQL instead of the SQLite database in the folder: postgres://user:password@host/name ‖ 用 PostgreSQL 代替文件夹里的 SQLite：postgres://user:password@host/name"
    )]
    pub database_url: Option<String>,
    #[arg(long, global = true, env = "MENPAI_FILES", value_name = "PLACE")]
    #[arg(
        help = "Where photos and papers lie: a folder or s3://bucket/prefix; `files` in the data folder if not told ‖ 照片和附件的存放处：文件夹，或 s3://桶/前缀；默认数据文件夹里的 files"
    )]
    pub files: Option<String>,
    #[arg(long, global = true, env = "MENPAI_S3_ENDPOINT", value_name = "URL")]
    #[arg(help = "Address of the S3 service, if it is not Amazon’s ‖ S3 服务地址（非亚马逊时）")]
    pub s3_endpoint: Option<String>,
    #[arg(long, global = true, env = "MENPAI_S3_REGION", value_name = "NAME")]
    #[arg(help = "Region of the bucket; us-east-1 if not told ‖ 桶所在区域，默认 us-east-1")]
    pub s3_region: Option<String>,
    #[arg(long, global = true, env = "MENPAI_S3_KEY", value_name = "ID")]
    #[arg(help = "Access key of the bucket ‖ 桶的访问密钥 ID")]
    pub s3_key: Option<String>,
    #[arg(long, global = true, env = "MENPAI_S3_SECRET", hide_env_values = true, value_name = "SECRET")]
    #[arg(
        help = "Its secret; better in the environment or the file than in a flag ‖ 访问密钥；宜放环境变量或配置文件"
    )]
    pub s3_secret: Option<String>,
    #[arg(long, global = true, env = "MENPAI_ADDR")]
    #[arg(
        help = "Where to listen; port 0 lets the system choose; 127.0.0.1:3000 if not told ‖ 监听地址，端口 0 由系统选择，默认 127.0.0.1:3000"
    )]
    pub addr: Option<SocketAddr>,
    #[arg(long, global = true, env = "MENPAI_TLS_CERT", value_name = "FILE")]
    #[arg(help = "Certificate chain (PEM) for HTTPS ‖ HTTPS 证书链（PEM）")]
    pub tls_cert: Option<PathBuf>,
    #[arg(long, global = true, env = "MENPAI_TLS_KEY", value_name = "FILE")]
    #[arg(help = "Private key (PEM) for HTTPS ‖ HTTPS 私钥（PEM）")]
    pub tls_key: Option<PathBuf>,
    #[arg(
        long = "trusted-proxy",
        global = true,
        env = "MENPAI_TRUSTED_PROXIES",
        value_delimiter = ',',
        value_name = "NETWORK"
    )]
    #[arg(help = "Proxies that may name the client, such as 10.0.0.0/8 ‖ 可以转告客户端地址的代理，如 10.0.0.0/8")]
    pub trusted_proxies: Vec<String>,
    #[arg(long, global = true, env = "MENPAI_PUBLIC_ORIGIN", value_name = "URL")]
    #[arg(help = "The address people type, such as https://menpai.example ‖ 对外网址，如 https://menpai.example")]
    pub public_origin: Option<String>,
    #[arg(long, global = true, env = "MENPAI_METRICS_ADDR", value_name = "ADDR")]
    #[arg(help = "Where Prometheus reads /metrics ‖ Prometheus 读取 /metrics 的地址")]
    pub metrics_addr: Option<SocketAddr>,
    #[arg(
        long,
        global = true,
        env = "MENPAI_PLAIN_INSIDE",
        value_delimiter = ',',
        value_parser = ["database", "metrics"],
        value_name = "WHAT"
    )]
    #[arg(
        help = "What may go unencrypted through a network of your own: database, metrics ‖ 允许在内网明文传输的：database、metrics"
    )]
    pub plain_inside: Vec<String>,
    #[arg(long, global = true, env = "MENPAI_MAP_TILES", value_name = "URL")]
    #[arg(
        help = "Pictures of the map, with {z}, {x} and {y}; without it the map is drawn ‖ 地图瓦片地址，含 {z}、{x}、{y}；不设则用自绘示意图"
    )]
    pub map_tiles: Option<String>,
    #[arg(long, global = true, env = "MENPAI_MAP_DATUM", value_parser = ["wgs84", "gcj02"], value_name = "DATUM")]
    #[arg(help = "Coordinates of the map's pictures ‖ 瓦片所用坐标系")]
    pub map_datum: Option<String>,
    #[arg(long, global = true, env = "MENPAI_MAP_CREDIT", value_name = "TEXT")]
    #[arg(help = "Whom the map names ‖ 地图上的署名")]
    pub map_credit: Option<String>,
    #[arg(long, global = true, env = "MENPAI_SMS_URL", value_name = "URL")]
    #[arg(help = "Where short messages are posted as signed JSON ‖ 短信网关地址（签名的 JSON）")]
    pub sms_url: Option<String>,
    #[arg(long, global = true, env = "MENPAI_SMS_KEY", hide_env_values = true, value_name = "KEY")]
    #[arg(help = "What those posts are signed with, 16 signs at least ‖ 短信网关签名密钥，至少 16 位")]
    pub sms_key: Option<String>,
    #[arg(long, global = true, env = "MENPAI_MAIL_URL", hide_env_values = true, value_name = "URL")]
    #[arg(
        help = "Mail server: smtps://user:password@host:465, or smtp://… for STARTTLS ‖ 邮件服务器：smtps://用户:密码@主机:465，smtp:// 为 STARTTLS"
    )]
    pub mail_url: Option<String>,
    #[arg(long, global = true, env = "MENPAI_MAIL_FROM", value_name = "ADDRESS")]
    #[arg(help = "Who mail is from ‖ 发件人，如 门牌 <noreply@menpai.example>")]
    pub mail_from: Option<String>,
    #[arg(long, global = true, env = "MENPAI_CALL_URL", value_name = "URL")]
    #[arg(help = "Where virtual numbers are bound and unbound by signed JSON ‖ 虚拟号服务地址（签名的 JSON）")]
    pub call_url: Option<String>,
    #[arg(long, global = true, env = "MENPAI_CALL_KEY", hide_env_values = true, value_name = "KEY")]
    #[arg(help = "What those posts are signed with, 16 signs at least ‖ 虚拟号服务签名密钥，至少 16 位")]
    pub call_key: Option<String>,
    #[arg(long, global = true, env = "MENPAI_GATEWAY_CA", value_name = "FILE")]
    #[arg(help = "Certificates (PEM) trusted for these besides the usual ones ‖ 访问网关时额外信任的证书（PEM）")]
    pub gateway_ca: Option<PathBuf>,
    #[arg(long, global = true, env = "MENPAI_GATEWAY_PRIVATE", num_args = 0..=1, default_missing_value = "true", value_name = "YES")]
    #[arg(
        help = "Let the gateways of short messages and virtual numbers be in an own network, also by plain http ‖ 允许短信和虚拟号网关在内网（也可用 http）"
    )]
    pub gateway_private: Option<bool>,
    #[arg(long, global = true, env = "MENPAI_OUTBOX", num_args = 0..=1, default_missing_value = "true", value_name = "YES")]
    #[arg(
        help = "Development: show administrators what messages say that nobody sends; the demo has it ‖ 开发用：把没有发出的消息内容显示给管理员（演示数据默认开启）"
    )]
    pub outbox: Option<bool>,
    #[arg(long, global = true, env = "MENPAI_LOG_FORMAT", value_parser = ["text", "json"], value_name = "FORM")]
    #[arg(help = "Form of the log on standard error ‖ 标准错误上的日志格式")]
    pub log: Option<String>,
    #[arg(long, global = true, env = "MENPAI_LOG", value_name = "LEVEL")]
    #[arg(help = "What is logged, such as info or gate=debug ‖ 日志级别，如 info 或 gate=debug")]
    pub log_level: Option<String>,
    #[arg(long, global = true, env = "MENPAI_LANG", value_parser = ["zh-CN", "en"])]
    #[arg(help = "Language of the terminal; else as LC_ALL or LANG say ‖ 终端语言；未指定时看 LC_ALL 或 LANG")]
    pub lang: Option<String>,
}

impl Config {
    /// What only `serve` looks at.
    pub const OF_SERVE: [&str; 18] = [
        "addr",
        "tls_cert",
        "tls_key",
        "trusted_proxies",
        "public_origin",
        "metrics_addr",
        "map_tiles",
        "map_datum",
        "map_credit",
        "sms_url",
        "sms_key",
        "mail_url",
        "mail_from",
        "call_url",
        "call_key",
        "gateway_ca",
        "gateway_private",
        "outbox",
    ];

    /// The settings with what the file says where flags and environment say nothing.
    ///
    /// # Errors
    /// A sentence, with the line, for a file that cannot be read or has a key nobody knows.
    pub fn complete(self, file: Option<&Path>) -> Result<Self, String> {
        let whole = self.with_file(file)?;
        whole.encrypted()?;
        Ok(whole)
    }

    /// Refuses what would go in plain text through a network, unless it is named in `plain_inside`.
    fn encrypted(&self) -> Result<(), String> {
        let named = |what: &str| self.plain_inside.iter().any(|name| name == what);
        let wrong = |zh: &str, en: &str| Err(if self.lang() == Lang::Zh { zh } else { en }.to_owned());
        if self.database_url.as_deref().is_some_and(|url| !store::tls::is_guarded(url)) && !named("database") {
            return wrong(
                "database_url 会经过网络却不核对数据库的证书：请在地址里写 sslmode=verify-full&sslrootcert=文件，或改用本机地址；确属自有内网时写 plain_inside = [\"database\"]",
                "database_url goes through a network without checking the server’s certificate: add sslmode=verify-full&sslrootcert=FILE to it, or use an address of this machine; if the network is your own, say plain_inside = [\"database\"]",
            );
        }
        if self.metrics_addr.is_some_and(|addr| !addr.ip().is_loopback()) && !named("metrics") {
            return wrong(
                "metrics_addr 会把指标明文发到网络：请用 127.0.0.1，由本机的采集程序转发；确属自有内网时写 plain_inside = [\"metrics\"]",
                "metrics_addr would send figures through a network in plain text: use 127.0.0.1 and a collector on this machine; if the network is your own, say plain_inside = [\"metrics\"]",
            );
        }
        Ok(())
    }

    fn with_file(self, file: Option<&Path>) -> Result<Self, String> {
        let beside = self.location().folder.join(FILE);
        let Some(path) = file.or_else(|| Some(beside.as_path()).filter(|path| path.exists())) else {
            return Ok(self);
        };
        let lang = self.lang();
        let kept = read(path, lang)?;
        if file.is_none() && kept.data_dir.is_some() {
            let path = path.display();
            return Err(match lang {
                Lang::Zh => format!("{path}：data_dir 不能写在数据文件夹自己的文件里"),
                Lang::En => format!("{path}: data_dir has no place in the folder's own file"),
            });
        }
        let Self {
            data_dir,
            database_url,
            files,
            s3_endpoint,
            s3_region,
            s3_key,
            s3_secret,
            addr,
            tls_cert,
            tls_key,
            trusted_proxies,
            public_origin,
            metrics_addr,
            plain_inside,
            map_tiles,
            map_datum,
            map_credit,
            sms_url,
            sms_key,
            mail_url,
            mail_from,
            call_url,
            call_key,
            gateway_ca,
            gateway_private,
            outbox,
            log,
            log_level,
            lang,
        } = self;
        Ok(Self {
            data_dir: data_dir.or(kept.data_dir),
            database_url: database_url.or(kept.database_url),
            files: files.or(kept.files),
            s3_endpoint: s3_endpoint.or(kept.s3_endpoint),
            s3_region: s3_region.or(kept.s3_region),
            s3_key: s3_key.or(kept.s3_key),
            s3_secret: s3_secret.or(kept.s3_secret),
            addr: addr.or(kept.addr),
            tls_cert: tls_cert.or(kept.tls_cert),
            tls_key: tls_key.or(kept.tls_key),
            trusted_proxies: if trusted_proxies.is_empty() { kept.trusted_proxies } else { trusted_proxies },
            public_origin: public_origin.or(kept.public_origin),
            metrics_addr: metrics_addr.or(kept.metrics_addr),
            plain_inside: if plain_inside.is_empty() { kept.plain_inside } else { plain_inside },
            map_tiles: map_tiles.or(kept.map_tiles),
            map_datum: map_datum.or(kept.map_datum),
            map_credit: map_credit.or(kept.map_credit),
            sms_url: sms_url.or(kept.sms_url),
            sms_key: sms_key.or(kept.sms_key),
            mail_url: mail_url.or(kept.mail_url),
            mail_from: mail_from.or(kept.mail_from),
            call_url: call_url.or(kept.call_url),
            call_key: call_key.or(kept.call_key),
            gateway_ca: gateway_ca.or(kept.gateway_ca),
            gateway_private: gateway_private.or(kept.gateway_private),
            outbox: outbox.or(kept.outbox),
            log: log.or(kept.log),
            log_level: log_level.or(kept.log_level),
            lang: lang.or(kept.lang),
        })
    }

    /// Where the data is.
    pub fn location(&self) -> Location {
        let folder = self.data_dir.clone().unwrap_or_else(|| PathBuf::from("data"));
        Location { folder, url: self.database_url.clone() }
    }

    /// Where the files are.
    ///
    /// # Errors
    /// A sentence for settings that do not fit together.
    pub fn files(&self) -> Result<Files, String> {
        let wrong = |zh: &str, en: &str| Err(if self.lang() == Lang::Zh { zh } else { en }.to_owned());
        let Some(place) = self.files.as_deref() else {
            return Ok(Files::folder(self.location().folder.join(FOLDER)));
        };
        let Some(bucket) = place.strip_prefix("s3://") else {
            if place.contains("://") {
                return wrong("files 应为文件夹或 s3://桶/前缀", "files is a folder or s3://bucket/prefix");
            }
            return Ok(Files::folder(std::path::absolute(place).unwrap_or_else(|_| place.into())));
        };
        let (name, prefix) = bucket.split_once('/').unwrap_or((bucket, ""));
        if name.is_empty() {
            return wrong("s3:// 后缺少桶名", "s3:// wants the name of a bucket");
        }
        let key = match (self.s3_key.clone(), self.s3_secret.clone()) {
            (Some(id), Some(secret)) => Some((id, secret)),
            (None, None) => None,
            _ => return wrong("s3_key 和 s3_secret 必须同时给出", "s3_key and s3_secret go together"),
        };
        let (endpoint, region) = (self.s3_endpoint.clone(), self.s3_region.clone());
        Files::bucket(&Bucket { name: name.into(), prefix: prefix.into(), endpoint, region, key })
            .map_err(|error| error.to_string())
    }

    /// Where to listen.
    pub fn addr(&self) -> SocketAddr {
        self.addr.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 3000)))
    }

    /// What is logged.
    pub fn log_level(&self) -> &str {
        self.log_level.as_deref().unwrap_or(LOG_LEVEL)
    }

    /// The language of the terminal.
    pub fn lang(&self) -> Lang {
        self.lang.as_deref().and_then(Lang::from_code).unwrap_or_else(spoken)
    }

    /// What is in force, as a file could say it; passwords are hidden.
    pub fn shown(&self) -> String {
        let shown = Self {
            data_dir: Some(self.location().folder),
            addr: Some(self.addr()),
            database_url: self.database_url.as_deref().map(without_password),
            s3_endpoint: self.s3_endpoint.as_deref().map(without_password),
            s3_secret: self.s3_secret.as_deref().map(|_| "***".to_owned()),
            sms_key: self.sms_key.as_deref().map(|_| "***".to_owned()),
            mail_url: self.mail_url.as_deref().map(without_password),
            call_key: self.call_key.as_deref().map(|_| "***".to_owned()),
            log: Some(self.log.clone().unwrap_or_else(|| "text".to_owned())),
            log_level: Some(self.log_level().to_owned()),
            lang: Some(self.lang().code().to_owned()),
            ..self.clone()
        };
        toml::to_string(&shown).unwrap_or_else(|e| format!("# {e}\n"))
    }
}

/// The language to speak before the flags are read, for their own help.
pub fn early_lang() -> Lang {
    let words: Vec<String> = std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    let joined = words.iter().find_map(|word| word.strip_prefix("--lang="));
    let flag = joined.or_else(|| words.iter().skip_while(|word| *word != "--lang").nth(1).map(String::as_str));
    let told = flag.map(str::to_owned).or_else(|| variable("MENPAI_LANG"));
    told.as_deref().and_then(Lang::from_code).unwrap_or_else(spoken)
}

/// The folder for what lives as long as a session on this machine.
pub fn runtime_folder() -> Option<PathBuf> {
    variable("XDG_RUNTIME_DIR").map(PathBuf::from)
}

/// The language of the surroundings.
fn spoken() -> Lang {
    let told = variable("LC_ALL").or_else(|| variable("LANG"));
    if told.is_some_and(|told| told.starts_with("zh")) { Lang::Zh } else { Lang::En }
}

#[expect(clippy::disallowed_methods, reason = "the room where configuration is read")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn read(path: &Path, lang: Lang) -> Result<Config, String> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|e| format!("{shown}: {e}"))?;
    // The library would quote the line, which may hold a password.
    toml::from_str(&text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        let line = text.as_bytes().iter().take(start).filter(|byte| **byte == b'\n').count() + 1;
        match lang {
            Lang::Zh => format!("{shown} 第 {line} 行：{}", error.message()),
            Lang::En => format!("{shown}, line {line}: {}", error.message()),
        }
    })
}

/// `postgres://user:***@host/name`, whatever signs the password holds.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return "***".to_owned() };
    let end = |text: &str, signs: &[char]| text.split(signs).next().unwrap_or_default().to_owned();
    match rest.rsplit_once('@') {
        Some((who, host)) => format!("{scheme}://{}:***@{}", end(who, &[':', '/', '?']), end(host, &['?'])),
        None => format!("{scheme}://{}", end(rest, &['?'])),
    }
}

#[cfg(test)]
mod tests;
