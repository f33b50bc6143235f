//! Turns `handbook/<lang>/<task>.md` into a list of pages. A page that one language lacks, or a link to a page that is
//! not there, stops the build.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, html};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

const LANGUAGES: [(&str, &str); 2] = [("zh-CN", "Zh"), ("en", "En")];

/// Where `scripts/handbook.mjs` leaves the pictures: `<lang>/<task>.webp`.
pub const PICTURES: &str = "../style/public/handbook";

struct Page {
    paths: String,
    roles: String,
    keys: String,
    title: String,
    summary: String,
    html: String,
    pictured: bool,
}

/// Writes `handbook.rs`.
pub fn write() {
    let [zh, en] = LANGUAGES.map(|(code, _)| read(code));
    let (slugs, others): (Vec<_>, Vec<_>) = (zh.keys().collect(), en.keys().collect());
    assert_eq!(slugs, others, "both languages need the same pages of the handbook");
    for (slug, page) in &zh {
        assert_eq!(page.pictured, en[slug].pictured, "both languages need the picture of handbook/{slug}");
    }
    let mut out = String::from("[\n");
    for (language, pages) in [(LANGUAGES[0].1, &zh), (LANGUAGES[1].1, &en)] {
        for (slug, page) in pages {
            for linked in page.html.split("href=\"/help/").skip(1).filter_map(|rest| rest.split(['"', '#']).next()) {
                assert!(pages.contains_key(linked), "handbook/{slug} leads to {linked}, which is not there");
            }
            let Page { paths, roles, keys, title, summary, html, pictured } = page;
            let _ = writeln!(
                out,
                "Page {{ lang: Lang::{language}, slug: {slug:?}, path: {paths:?}, roles: {roles:?}, keys: {keys:?}, \
                 title: {title:?}, summary: {summary:?}, html: {html:?}, pictured: {pictured} }},"
            );
        }
    }
    out.push_str("]\n");
    let target = Path::new(&env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("handbook.rs");
    fs::write(target, out).expect("OUT_DIR is writable");
}

fn read(code: &str) -> BTreeMap<String, Page> {
    let folder = format!("handbook/{code}");
    let files = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{folder}: {e}"));
    files
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let slug = path.file_stem()?.to_str()?.to_owned();
            let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let pictured = Path::new(PICTURES).join(code).join(format!("{slug}.webp")).exists();
            Some((slug, page(&text, &path.display().to_string(), pictured)))
        })
        .collect()
}

fn page(text: &str, name: &str, pictured: bool) -> Page {
    let (front, body) = text.split_once("-->").unwrap_or_else(|| panic!("{name} has no front line"));
    let front = front.trim().trim_start_matches("<!--");
    let part = |wanted: &str| {
        let parts = front.split(';').filter_map(|part| part.split_once(':'));
        parts.map(|(n, v)| (n.trim(), v.trim())).find(|(n, _)| *n == wanted).map_or("", |(_, v)| v).to_owned()
    };
    let (title, body) = body.trim().split_once('\n').unwrap_or_else(|| panic!("{name} has no text"));
    let title = title.strip_prefix("# ").unwrap_or_else(|| panic!("{name} has no title")).trim().to_owned();
    let (summary, rest) = body.trim().split_once("\n\n").unwrap_or((body.trim(), ""));
    // What is not plain text, lists, headings and own links is not ours.
    let events = Parser::new_ext(rest, Options::empty()).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => panic!("{name}: HTML in the handbook: {text}"),
        Event::Start(Tag::Link { link_type: LinkType::Inline, ref dest_url, .. }) if !dest_url.starts_with('/') => {
            panic!("{name} leads to {dest_url}, which is not ours")
        }
        other => other,
    });
    let mut made = String::new();
    html::push_html(&mut made, events);
    Page {
        paths: part("path"),
        roles: part("roles"),
        keys: part("keys"),
        title,
        summary: summary.replace('\n', " "),
        html: made,
        pictured,
    }
}
