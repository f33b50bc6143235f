//! `/api/docs`: the programming interface, to be tried out.

use crate::shell::{Frame, Head, Visit};
use crate::texts::key as text;
use domain::Lang;
use leptos::prelude::*;
use ui::{Button, Card, Input, LinkButton, Tag, TagKind};

/// One operation.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// Its path.
    pub path: &'static str,
    /// `GET`, or `POST` for what writes; that is shown and not tried out here.
    method: &'static str,
    /// Whether it needs a key.
    key: bool,
    /// The fields that can be tried here, each with an example.
    fields: &'static [(&'static str, &'static str)],
}

/// Every operation, in the order of the OpenAPI file.
pub const OPERATIONS: &[Operation] = &[
    Operation {
        path: "/api/v1/listings",
        method: "GET",
        key: false,
        fields: &[("city", "shanghai"), ("rooms", "2,3"), ("price_max", "500"), ("q", "")],
    },
    Operation {
        path: "/api/v1/sales",
        method: "POST",
        key: true,
        fields: &[
            ("city", "shanghai"),
            ("community", "晨光花园"),
            ("area", "89.5"),
            ("rooms", "3"),
            ("name", "林女士"),
            ("phone", "13800000000"),
            ("consent", "true"),
        ],
    },
    Operation {
        path: "/api/v1/staff",
        method: "GET",
        key: true,
        fields: &[("q", ""), ("store", "MD-01"), ("limit", "10")],
    },
];

/// The page.
#[component]
pub fn ApiDocsPage() -> impl IntoView {
    let Visit { lang, origin, .. } = Visit::current();
    let head = Head { title: text::docs_title(lang).to_owned(), robots: false, ..Head::default() };
    let cards = OPERATIONS.iter().map(|operation| card(lang, &origin, *operation)).collect_view();
    let actions = view! { <LinkButton href="/api/v1/openapi.json">{text::docs_file(lang)}</LinkButton> };
    view! {
        <Frame head>
            <main id="main" class="wrap stack stack--4 mt-6">
                <h1>{text::docs_title(lang)}</h1>
                <p class="soft">{text::docs_note(lang)}</p>
                <div>{actions}</div>
                {cards}
            </main>
        </Frame>
    }
}

fn card(lang: Lang, origin: &str, operation: Operation) -> AnyView {
    let Operation { path, method, key, fields } = operation;
    if method == "POST" {
        return sent(lang, origin, path, fields);
    }
    let query: Vec<String> =
        fields.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={value}")).collect();
    let header = if key { " -H 'Authorization: Bearer mp_...'" } else { "" };
    let curl = format!("curl{header} '{origin}{path}?{}'", query.join("&"));
    let (kind, note) = if key { (TagKind::Warn, text::docs_key(lang)) } else { (TagKind::Ok, text::docs_open(lang)) };
    let inputs = fields
        .iter()
        .map(|(name, value)| {
            let id = format!("{}-{name}", path.trim_start_matches("/api/v1/"));
            view! { <Input id=id name=*name label=*name value=value.to_string() maxlength=64/> }
        })
        .collect_view();
    let aside = view! { <Tag kind=kind>{note}</Tag> };
    view! {
        <Card title=format!("GET {path}") aside=aside.into_any()>
            <p class="sm num dk-secret"><code>{curl}</code></p>
            <form method="get" action=path target="_blank" class="dk-filter mt-4">
                {inputs}
                <Button>{text::docs_try(lang)}</Button>
            </form>
        </Card>
    }
    .into_any()
}

/// What is written is shown as a call: the page of everybody writes nothing with somebody's key.
fn sent(lang: Lang, origin: &str, path: &str, fields: &[(&str, &str)]) -> AnyView {
    let plain =
        |text: &str| text == "true" || text.bytes().all(|b| b.is_ascii_digit() || b == b'.') && text.len() < 11;
    let pairs = fields.iter().map(|(name, text)| match plain(text) {
        true => format!("\"{name}\": {text}"),
        false => format!("\"{name}\": \"{text}\""),
    });
    let body = pairs.collect::<Vec<_>>().join(", ");
    let curl = format!(
        "curl -H 'Authorization: Bearer mp_...' -H \"Idempotency-Key: $(uuidgen)\" -H 'Content-Type: application/json' \
         -d '{{{body}}}' '{origin}{path}'"
    );
    let aside = view! { <Tag kind=TagKind::Warn>{text::docs_key(lang)}</Tag> };
    view! {
        <Card title=format!("POST {path}") aside=aside.into_any()>
            <p class="soft sm">{text::docs_once(lang)}</p>
            <p class="sm num dk-secret mt-2"><code>{curl}</code></p>
        </Card>
    }
    .into_any()
}
