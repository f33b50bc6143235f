//! Head and foot of every public page.

use super::rpc::Caller;
use super::{HeadSlot, Visit};
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
    /// Path of a picture for cards in chats.
    pub picture: Option<String>,
}

/// A page between head and foot of the site.
#[component]
pub(crate) fn Frame(
    head: Head,
    /// The city whose homes the page is about.
    #[prop(optional)]
    place: Option<(String, String)>,
    children: Children,
) -> impl IntoView {
    let Visit { lang, theme, href, origin } = Visit::current();
    let (home, city) = place.unwrap_or_else(|| ("/".to_owned(), String::new()));
    expect_context::<HeadSlot>().put(written(&head, lang, &origin));
    let door = match use_context::<Caller>().and_then(|caller| caller.signed) {
        Some(signed) => ("/home", signed.name),
        None => ("/sign-in", text::sign_in(lang).to_owned()),
    };
    let hidden = vec![("back", href)];
    let languages = vec![Segment::new("zh-CN", "中文"), Segment::new("en", "English")];
    let themes = vec![
        Segment::new("auto", text::theme_auto(lang)).icon(Glyph::Auto),
        Segment::new("light", text::theme_light(lang)).icon(Glyph::Sun),
        Segment::new("dark", text::theme_dark(lang)).icon(Glyph::Moon),
    ];
    view! {
        <a class="skip" href="#main">{text::skip(lang)}</a>
        <header class="site-head no-print">
            <div class="wrap">
                <a class="brand" href="/">
                    <Plate kind=PlateKind::Brand>{text::brand(lang)}</Plate>
                    <span class="only-wide">{city}</span>
                </a>
                <nav class="main" aria-label=text::main_nav(lang)>
                    <ul><li><a href=home aria-current="page">{text::nav_sale(lang)}</a></li></ul>
                </nav>
                <div class="side">
                    <a class="only-wide" href=door.0>{door.1}</a>
                    <SwitchForm
                        label=text::switch_theme(lang) action="/preferences" name="theme" segments=themes
                        current=theme.map_or("auto", Theme::code) icons_only=true hidden=hidden.clone()
                    />
                    <SwitchForm
                        label=text::switch_language(lang) action="/preferences" name="lang" segments=languages
                        current=lang.code() hidden
                    />
                </div>
            </div>
        </header>
        {children()}
        <footer class="site-foot no-print">
            <div class="wrap stack stack--2">
                <p>{text::footer_note(lang)}</p>
                <p>{text::brand(lang)} " · " {text::footer_open(lang)}</p>
            </div>
        </footer>
    }
}

/// The head as HTML.
pub(super) fn written(head: &Head, lang: Lang, origin: &str) -> String {
    let Head { title, description, canonical, robots, picture } = head;
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
    }
    if !canonical.is_empty() {
        let address = escaped(&format!("{origin}{canonical}"));
        meta("property", "og:title", &title);
        meta("property", "og:description", &description);
        meta("property", "og:url", &address);
        out.push_str(&format!("<link href=\"{address}\" rel=\"canonical\">"));
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
