//! Head and foot of every public page.

use super::rpc::Caller;
use super::{HeadSlot, Visit};
use crate::portal::saved::{SavedLink, Tray};
use crate::texts::shell as text;
use domain::{Lang, Theme};
use leptos::prelude::*;
use ui::{Glyph, Plate, PlateKind, Segment, SwitchForm};

/// What a page says of itself to browsers and search engines.
#[derive(Clone, Debug, Default)]
pub(crate) struct Head {
    /// Title without the brand.
    pub title: String,
    /// One sentence.
    pub description: String,
    /// Canonical path and query.
    pub canonical: String,
    /// Whether search engines may keep it.
    pub robots: bool,
    /// Path of a picture for cards in chats, 1200 by 630.
    pub picture: Option<String>,
    /// Path of the page as a feed.
    pub feed: Option<String>,
}

/// The part of the site a page belongs to, as its main navigation names them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Section {
    /// Homes on sale.
    Sale,
    /// Homes sold.
    Sold,
    /// For those who want to sell.
    Sell,
    /// None of them.
    #[default]
    Other,
}

/// A page between head and foot of the site.
#[component]
pub(crate) fn Frame(
    head: Head,
    /// The city whose homes the page is about.
    #[prop(optional)]
    place: Option<(String, String)>,
    /// Where it belongs.
    #[prop(optional)]
    section: Section,
    children: Children,
) -> impl IntoView {
    let Visit { lang, theme, href, origin } = Visit::current();
    let (home, city) = place.unwrap_or_else(|| ("/".to_owned(), String::new()));
    expect_context::<HeadSlot>().put(written(&head, lang, &origin));
    let caller = use_context::<Caller>().unwrap_or_default();
    let door = match (caller.signed, caller.client) {
        (Some(signed), _) => ("/home", signed.name),
        (None, Some(_)) => ("/me", text::mine(lang).to_owned()),
        (None, None) => ("/me/sign-in", text::sign_in(lang).to_owned()),
    };
    let (door_foot, staff) = (door.clone(), text::staff_sign_in(lang));
    let hidden = vec![("back", href)];
    let languages = vec![Segment::new("zh-CN", "中文"), Segment::new("en", "English")];
    let themes = vec![
        Segment::new("auto", text::theme_auto(lang)).icon(Glyph::Auto),
        Segment::new("light", text::theme_light(lang)).icon(Glyph::Sun),
        Segment::new("dark", text::theme_dark(lang)).icon(Glyph::Moon),
    ];
    // Homes sold are those of a city; without one the page of all homes leads to it.
    let sold = home.strip_suffix("/listings").map(|city| format!("{city}/sold"));
    let links = move || {
        let sale = (Section::Sale, home.clone(), text::nav_sale(lang));
        let sold = sold.clone().map(|href| (Section::Sold, href, text::nav_sold(lang)));
        [Some(sale), sold, Some((Section::Sell, "/sell".to_owned(), text::nav_sell(lang)))]
            .into_iter()
            .flatten()
            .map(|(of, href, word)| {
                view! { <li><a href=href aria-current=(of == section).then_some("page")>{word}</a></li> }
            })
            .collect::<Vec<_>>()
    };
    let footer = links();
    // On phones the head has no room for it: it stands in the foot.
    let theme_form = || {
        let (segments, hidden) = (themes.clone(), hidden.clone());
        view! {
            <SwitchForm
                label=text::switch_theme(lang) action="/preferences" name="theme" segments
                current=theme.map_or("auto", Theme::code) icons_only=true hidden
            />
        }
    };
    view! {
        <a class="skip" href="#main">{text::skip(lang)}</a>
        <header class="site-head no-print">
            <div class="wrap">
                <a class="brand" href="/">
                    <Plate kind=PlateKind::Brand>{text::brand(lang)}</Plate>
                    <span class="only-wide">{city}</span>
                </a>
                <nav class="main" aria-label=text::main_nav(lang)>
                    <ul>{links()}</ul>
                </nav>
                <div class="side">
                    <SavedLink lang/>
                    <a class="only-wide" href=door.0>{door.1}</a>
                    <div class="theme-head">{theme_form()}</div>
                    <SwitchForm
                        label=text::switch_language(lang) action="/preferences" name="lang" segments=languages
                        current=lang.code() hidden=hidden.clone()
                    />
                </div>
            </div>
        </header>
        {children()}
        <Tray lang/>
        <footer class="site-foot no-print">
            <div class="wrap stack stack--2">
                <nav class="foot-nav" aria-label=text::foot_nav(lang)><ul class="row row--3">{footer}<li><a href=door_foot.0>{door_foot.1}</a></li><li><a href="/sign-in">{staff}</a></li></ul></nav>
                <div class="theme-foot">{theme_form()}</div>
                <p>{text::footer_note(lang)}</p>
                <p>{text::brand(lang)} " · " {text::footer_open(lang)}</p>
            </div>
        </footer>
    }
}

/// The head as HTML.
pub(super) fn written(head: &Head, lang: Lang, origin: &str) -> String {
    let Head { title, description, canonical, robots, picture, feed } = head;
    let title = escaped(&format!("{title} · {}", text::brand(lang)));
    let mut out = format!("<title>{title}</title>");
    let mut meta = |kind: &str, name: &str, content: &str| {
        out.push_str(&format!("<meta {kind}=\"{name}\" content=\"{content}\">"));
    };
    let description = escaped(description);
    if !description.is_empty() {
        meta("name", "description", &description);
    }
    if !robots {
        meta("name", "robots", "noindex");
    }
    if let Some(path) = picture {
        meta("property", "og:image", &escaped(&format!("{origin}{path}")));
        meta("property", "og:image:width", "1200");
        meta("property", "og:image:height", "630");
        meta("name", "twitter:card", "summary_large_image");
    }
    if !canonical.is_empty() {
        let address = escaped(&format!("{origin}{canonical}"));
        meta("property", "og:type", "website");
        meta("property", "og:site_name", text::brand(lang));
        meta("property", "og:locale", if lang == Lang::Zh { "zh_CN" } else { "en_US" });
        meta("property", "og:title", &title);
        meta("property", "og:description", &description);
        meta("property", "og:url", &address);
        out.push_str(&format!("<link href=\"{address}\" rel=\"canonical\">"));
    }
    if let Some(path) = feed {
        let address = escaped(&format!("{origin}{path}"));
        out.push_str(&format!("<link href=\"{address}\" rel=\"alternate\" type=\"application/atom+xml\">"));
    }
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// What scripts say, handed to them on the body: they hold no text of their own.
pub(super) fn script_words(lang: Lang) -> (&'static str, &'static str, &'static str) {
    (text::nav_failed(lang), text::retry(lang), text::updated(lang))
}
