//! The copy of a person's data as a page to read: one file, without scripts, with nothing from elsewhere.

use crate::texts::copy as text;
use domain::Lang;
use serde_json::Value;
use services::{Moment, clock};

/// Writes the page of a copy; `files` are the names of those beside it.
pub fn copy_page(lang: Lang, data: &Value, files: &[String]) -> String {
    let mut body = String::new();
    show(lang, data, &mut body);
    if !files.is_empty() {
        body.push_str(&format!("<h2>{}</h2><ul>", text::files(lang)));
        for name in files {
            let name = escaped(name);
            body.push_str(&format!("<li><a href=\"files/{name}\">{name}</a></li>"));
        }
        body.push_str("</ul>");
    }
    let (code, title, note) = (lang.code(), text::title(lang), text::note(lang));
    format!(
        "<!DOCTYPE html><html lang=\"{code}\"><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style>\
         <h1>{title}</h1><p>{note}</p>{body}</html>"
    )
}

const STYLE: &str = "body{font:16px/1.6 sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}\
    dl{display:grid;grid-template-columns:minmax(8rem,auto) 1fr;gap:.25rem 1rem}dt{color:#666}dd{margin:0}\
    li{margin-bottom:.5rem}";

fn show(lang: Lang, value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push('—'),
        Value::Bool(yes) => out.push_str(if *yes { text::yes(lang) } else { text::no(lang) }),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::String(words) => out.push_str(&escaped(words)),
        Value::Array(items) if items.is_empty() => out.push_str(text::none(lang)),
        Value::Array(items) => {
            out.push_str("<ul>");
            for item in items {
                out.push_str("<li>");
                show(lang, item, out);
                out.push_str("</li>");
            }
            out.push_str("</ul>");
        }
        Value::Object(fields) => {
            out.push_str("<dl>");
            for (name, value) in fields {
                out.push_str(&format!("<dt>{}</dt><dd>", label(lang, name)));
                match value.as_i64().filter(|_| name.ends_with("_ms")) {
                    Some(at) => out.push_str(&clock(Moment(at))),
                    None => show(lang, value, out),
                }
                out.push_str("</dd>");
            }
            out.push_str("</dl>");
        }
    }
}

/// What a field is called; one without a word stands there by its own name.
fn label(lang: Lang, name: &str) -> String {
    match name {
        "made_at" => text::made_at(lang),
        "phone" => text::phone(lang),
        "name" => text::name(lang),
        "language" => text::language(lang),
        "since" | "since_ms" => text::since(lang),
        "favourites" => text::favourites(lang),
        "compared" => text::compared(lang),
        "seen" => text::seen(lang),
        "sale_requests" => text::sale_requests(lang),
        "consents" => text::consents(lang),
        "messages" => text::messages(lang),
        "devices" => text::devices(lang),
        "profile" => text::profile(lang),
        "record" => text::record(lang),
        "id_number" => text::id_number(lang),
        "notices" => text::notices(lang),
        "looks_at_my_numbers" => text::looks(lang),
        "community" => text::community(lang),
        "area" => text::area(lang),
        "state" => text::state(lang),
        "at_ms" => text::at(lang),
        "seen_ms" => text::last_seen(lang),
        "address" => text::address(lang),
        "purpose" => text::purpose(lang),
        "version" => text::version(lang),
        "given" => text::given(lang),
        "source" => text::source(lang),
        "channel" => text::channel(lang),
        "template" => text::template(lang),
        "here" => text::here(lang),
        "reason" => text::reason(lang),
        "by" => text::by(lang),
        other => return escaped(other),
    }
    .to_owned()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
