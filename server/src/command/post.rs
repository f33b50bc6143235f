//! The job that sends messages, the gateways it sends them by, and a try of them.

use super::Ending;
use super::words::said;
use crate::config::Config;
use app::shell::write_letter;
use courier::{
    Exchange, ExchangeConfig, Gateway, HttpExchange, Mail, MailConfig, Nobody, Outgoing, Sms, SmsConfig, Unusable,
};
use domain::Lang;
use domain::identity::Phone;
use domain::message::{Letter, mail_address};
use services::message::{Post, Ways, figures_now};
use services::staff::dial;
use services::{Moment, Services};
use std::sync::Arc;
use std::time::Duration;

/// Between two looks at the queue; whoever queues a message on this node wakes the job.
const EVERY: Duration = Duration::from_secs(5);
/// After a fault of the database.
const PAUSE: Duration = Duration::from_secs(30);

/// The ways out of the house that are configured.
#[derive(Clone, Debug)]
pub(super) struct Gateways {
    sms: Option<Arc<dyn Gateway>>,
    mail: Option<Arc<dyn Gateway>>,
    calls: Option<Arc<dyn Exchange>>,
}

impl Gateways {
    /// Makes them ready.
    ///
    /// # Errors
    /// A sentence for settings that cannot be used; it repeats no key and no password.
    pub(super) fn of(config: &Config) -> Result<Self, String> {
        let lang = config.lang();
        let wrong = |name: &str, Unusable(why): Unusable| format!("{name}: {why}");
        let sms = match (&config.sms_url, &config.sms_key) {
            (None, None) => None,
            (Some(url), Some(key)) => {
                let settings = SmsConfig {
                    url: url.clone(),
                    key: key.clone(),
                    private: config.gateway_private.unwrap_or(false),
                    authority: config.gateway_ca.clone(),
                };
                Some(Arc::new(Sms::new(&settings).map_err(|why| wrong("sms_url", why))?) as Arc<dyn Gateway>)
            }
            _ => return Err(said!(lang, "sms_url 和 sms_key 必须同时给出", "sms_url and sms_key go together")),
        };
        let mail = match (&config.mail_url, &config.mail_from) {
            (None, None) => None,
            (Some(url), Some(from)) => {
                let settings =
                    MailConfig { url: url.clone(), from: from.clone(), authority: config.gateway_ca.clone() };
                Some(Arc::new(Mail::new(&settings).map_err(|why| wrong("mail_url", why))?) as Arc<dyn Gateway>)
            }
            _ => return Err(said!(lang, "mail_url 和 mail_from 必须同时给出", "mail_url and mail_from go together")),
        };
        let calls = match (&config.call_url, &config.call_key) {
            (None, None) => None,
            (Some(url), Some(key)) => {
                let settings = ExchangeConfig {
                    url: url.clone(),
                    key: key.clone(),
                    private: config.gateway_private.unwrap_or(false),
                    authority: config.gateway_ca.clone(),
                };
                let made = HttpExchange::new(&settings).map_err(|why| wrong("call_url", why))?;
                Some(Arc::new(made) as Arc<dyn Exchange>)
            }
            _ => return Err(said!(lang, "call_url 和 call_key 必须同时给出", "call_url and call_key go together")),
        };
        Ok(Self { sms, mail, calls })
    }

    /// Who gives virtual numbers; where nobody does and messages that nobody sends are shown (`outbox`), numbers that
    /// reach nobody.
    pub(super) fn calls(&self, outbox: bool) -> Option<Arc<dyn Exchange>> {
        self.calls.clone().or_else(|| outbox.then(|| Arc::new(Nobody::default()) as Arc<dyn Exchange>))
    }

    /// Which there are; `outbox` where messages that nobody sends are shown.
    pub(super) fn ways(&self, outbox: bool) -> Ways {
        Ways { sms: self.sms.is_some(), mail: self.mail.is_some(), outbox }
    }
}

/// Sends messages until it is told to stop.
pub(super) async fn run(services: Services, gateways: Gateways, origin: String, stopped: impl Future<Output = ()>) {
    let Gateways { sms, mail, calls: _ } = gateways;
    let post = Post { db: services.db.clone(), sms, mail, writer: write_letter, origin };
    let mut stopped = Box::pin(stopped);
    loop {
        let wait = match post.turn(Moment::now()).await {
            Ok(0) => EVERY,
            // There may be more.
            Ok(_) => Duration::ZERO,
            Err(error) => {
                tracing::warn!(%error, "messages wait: the queue could not be read");
                PAUSE
            }
        };
        if let Err(error) = dial::part_ended(&services, Moment::now()).await {
            tracing::warn!(%error, "calls that ended early could not be read");
        }
        tell(&services).await;
        tokio::select! {
            () = &mut stopped => return,
            () = services.post.notified() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// How the queue stands, for whoever watches the house.
async fn tell(services: &Services) {
    let Ok(figures) = figures_now(&services.db, Moment::now()).await else { return };
    let count = |n: i64| u32::try_from(n).map_or(f64::from(u32::MAX), f64::from);
    metrics::gauge!("messages_waiting").set(count(figures.waiting));
    metrics::gauge!("messages_dead").set(count(figures.dead));
    metrics::gauge!("messages_late_seconds").set(count(figures.late_ms / 1000));
}

/// Sends a test message by the gateway that fits the address.
pub(super) async fn test(config: &Config, to: &str) -> Ending {
    let lang = config.lang();
    let gateways = match Gateways::of(config) {
        Ok(gateways) => gateways,
        Err(error) => return Ending::usage(error),
    };
    let (way, to) = match (Phone::parse(to), mail_address(to)) {
        (Some(phone), _) => (gateways.sms, phone.full().to_owned()),
        (None, Some(address)) => (gateways.mail, address),
        (None, None) => {
            return Ending::usage(said!(
                lang,
                "这既不是手机号也不是邮箱",
                "that is neither a mobile number nor a mail address"
            ));
        }
    };
    let Some(way) = way else {
        return Ending::usage(said!(
            lang,
            "没有配置这种网关：短信要 sms_url 和 sms_key，邮件要 mail_url 和 mail_from",
            "no such gateway is configured: text messages want sms_url and sms_key, mail wants mail_url and mail_from",
        ));
    };
    let letter = Letter::Test;
    let origin = config.public_origin.clone().unwrap_or_else(|| format!("http://{}", config.addr()));
    let written = write_letter(lang, &letter, &origin);
    let outgoing = Outgoing {
        id: Moment::now().0,
        to,
        template: letter.template().to_owned(),
        lang: lang.code(),
        params: serde_json::json!({}),
        subject: written.subject,
        text: written.text,
    };
    match way.send(&outgoing).await {
        Ok(()) => Ending::done(said!(lang, "网关已接收", "the gateway has taken it")),
        Err(failure) => Ending::failed(match lang {
            Lang::Zh => format!("网关没有接收：{failure}"),
            Lang::En => format!("the gateway did not take it: {failure}"),
        }),
    }
}
