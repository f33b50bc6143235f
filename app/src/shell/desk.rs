//! Head and sides of every page behind the door.

use super::rpc::Caller;
use super::watch::Watch;
use super::{Head, HeadSlot, Visit};
use crate::desk::help::page_for;
use crate::texts::{desk as text, fact};
use domain::access::{Action, allow};
use domain::live::topic;
use domain::{Lang, Theme};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use services::identity::Signed;
use services::{Services, trail};
use ui::{Avatar, Badge, Banner, Button, Glyph, Icon, IconLink, Plate, PlateKind, Segment, SwitchForm, Tone};

/// A place in the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Home,
    Photos,
    Staff,
    Stores,
    Rights,
    Audit,
    Reveals,
    Notices,
    Account,
    Settings,
    Help,
}

impl Place {
    /// In the order of the rail; what a person may not open is left out.
    const RAIL: [Self; 7] =
        [Self::Home, Self::Photos, Self::Staff, Self::Stores, Self::Rights, Self::Audit, Self::Reveals];

    const fn link(self, lang: Lang) -> (&'static str, Glyph, &'static str) {
        match self {
            Self::Home => ("/home", Glyph::Clock, text::nav_home(lang)),
            Self::Photos => ("/photos", Glyph::Camera, text::nav_photos(lang)),
            Self::Staff => ("/staff", Glyph::Users, text::nav_staff(lang)),
            Self::Stores => ("/stores", Glyph::Building, text::nav_stores(lang)),
            Self::Rights => ("/permissions", Glyph::Key, text::nav_rights(lang)),
            Self::Audit => ("/audit", Glyph::Shield, text::nav_audit(lang)),
            Self::Reveals => ("/reveals", Glyph::Eye, text::nav_reveals(lang)),
            Self::Notices => ("/notices", Glyph::Bell, text::nav_notices(lang)),
            Self::Account => ("/account", Glyph::User, text::nav_account(lang)),
            Self::Settings => ("/settings", Glyph::Filter, text::go_settings(lang)),
            Self::Help => ("/help", Glyph::Info, text::nav_help(lang)),
        }
    }

    fn open_to(self, signed: &Signed) -> bool {
        match self {
            Self::Home
            | Self::Stores
            | Self::Rights
            | Self::Notices
            | Self::Account
            | Self::Settings
            | Self::Help => true,
            Self::Photos => allow(&signed.actor, Action::EditPhotos),
            Self::Staff => allow(&signed.actor, Action::ReadStaff),
            Self::Audit => allow(&signed.actor, Action::ReadAudit),
            Self::Reveals => allow(&signed.actor, Action::ReadReveals),
        }
    }
}

/// Who is signed in; sends everybody else to the door, from which they come back here.
pub(crate) fn guarded(page: impl FnOnce(Signed) -> AnyView) -> AnyView {
    let caller = use_context::<Caller>().unwrap_or_default();
    match caller.signed {
        Some(signed) => page(signed),
        None => {
            let href = Visit::current().href;
            let next: String = form_urlencoded::byte_serialize(href.as_bytes()).collect();
            let door = if caller.owes.is_some() { "/account/second-factor" } else { "/sign-in" };
            let to = http::HeaderValue::from_str(&format!("{door}?next={next}"));
            if let (Some(response), Ok(to)) = (use_context::<ResponseOptions>(), to) {
                response.set_status(http::StatusCode::SEE_OTHER);
                response.insert_header(http::header::LOCATION, to);
            }
            ().into_any()
        }
    }
}

/// A page of the workbench: rail or tab bar, top bar, main.
#[component]
pub(crate) fn Desk(
    signed: Signed,
    place: Place,
    #[prop(into)] title: String,
    /// The page above this one.
    #[prop(optional)]
    up: Option<(&'static str, &'static str)>,
    /// Buttons beside the title.
    #[prop(optional)]
    actions: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let Visit { lang, href, .. } = Visit::current();
    head(lang, &title);
    let rail = Place::RAIL.into_iter().filter(|p| p.open_to(&signed)).map(|p| entry(lang, p, place)).collect_view();
    let tabs = [Place::Home, Place::Photos, Place::Staff, Place::Notices, Place::Account];
    let tabs = tabs.into_iter().filter(|p| p.open_to(&signed)).map(|p| entry(lang, p, place)).collect_view();
    let me = text::nav_me(lang, &signed.name);
    let hue = hue(&signed.code);
    let bell = Place::Notices.link(lang);
    let path = href.split('?').next().unwrap_or_default();
    let help = page_for(lang, path).map_or_else(|| "/help".to_owned(), |page| format!("/help/{}", page.slug));
    let broken = (allow(&signed.actor, Action::ReadAudit) && trail::is_broken(&expect_context::<Services>()))
        .then(|| view! { <Banner tone=Tone::Bad><p>{text::trail_broken(lang)}</p></Banner> });
    let unread = u32::try_from(signed.unread).unwrap_or(u32::MAX);
    let inbox = vec![topic::inbox(signed.account)];
    view! {
        <a class="skip" href="#main">{text::skip(lang)}</a>
        <div class="shell">
            <nav class="rail no-print" aria-label=text::nav_label(lang)>
                <a class="plate" href="/" aria-label=text::nav_site(lang)>"门牌"</a>
                {rail}
                <div class="end">
                    <a href="/account" aria-label=me aria-current=matches!(place, Place::Account | Place::Settings).then_some("page")>
                        <Avatar name=signed.name.clone() hue/>
                    </a>
                </div>
            </nav>
            <header class="topbar no-print">
                {up.map(|(href, label)| view! { <IconLink glyph=Glyph::Left href label/> })}
                <h1>{title}</h1>
                <div class="row push dk-acts">
                    {actions}
                    <button class="iconbtn only-script" type="button" data-palette aria-label=text::palette_open(lang) title=text::palette_open(lang)>
                        <Icon glyph=Glyph::Search/>
                    </button>
                    <IconLink glyph=Glyph::Info href=help label=text::help_here(lang)/>
                    <span class="dk-bell only-rail" data-region="bell">
                        <IconLink glyph=bell.1 href=bell.0 label=bell.2/>
                        <Badge count=unread label=text::notice_new(lang)/>
                    </span>
                    <form method="post" action="/api/identity/sign_out" class="only-rail">
                        <input type="hidden" name="back" value=href/>
                        <Button size=ui::ButtonSize::Small>{text::sign_out(lang)}</Button>
                    </form>
                </div>
            </header>
            <main id="main" class="page">
                {broken}
                {children()}
            </main>
            <nav class="tabbar no-print" aria-label=text::nav_label(lang)>{tabs}</nav>
        </div>
        <Watch topics=inbox/>
        <PaletteBox lang signed/>
    }
}

/// Every page somebody may open, to jump to by name: a list that the palette filters, and a page of links without it.
#[component]
fn PaletteBox(lang: Lang, signed: Signed) -> impl IntoView {
    let mut links: Vec<(String, String)> = [
        Place::Home,
        Place::Photos,
        Place::Staff,
        Place::Stores,
        Place::Rights,
        Place::Audit,
        Place::Reveals,
        Place::Notices,
        Place::Account,
        Place::Settings,
        Place::Help,
    ]
    .into_iter()
    .filter(|place| place.open_to(&signed))
    .map(|place| place.link(lang))
    .map(|(href, _, name)| (href.to_owned(), name.to_owned()))
    .collect();
    links.push(("/staff/chart".into(), text::go_chart(lang).into()));
    links.push(("/account/second-factor".into(), text::go_second(lang).into()));
    if allow(&signed.actor, Action::ManageKeys) {
        links.push(("/keys".into(), text::go_keys(lang).into()));
    }
    if allow(&signed.actor, Action::ManageMessages) {
        links.push(("/messages".into(), text::go_messages(lang).into()));
    }
    if allow(&signed.actor, Action::ReadConsents) {
        links.push(("/consents".into(), text::go_consents(lang).into()));
    }
    if allow(&signed.actor, Action::ReadRetention) {
        links.push(("/retention".into(), text::go_retention(lang).into()));
    }
    if allow(&signed.actor, Action::WriteRecord) {
        links.push(("/staff/new".into(), text::go_new_staff(lang).into()));
    }
    links.push(("/".into(), text::go_site(lang).into()));
    let links = links.into_iter().map(|(href, name)| view! { <li><a href=href>{name}</a></li> }).collect_view();
    // What the server finds, as one types: which address answers, and the words its lines are made with.
    let people = allow(&signed.actor, Action::ReadStaff).then(|| {
        view! { <section hidden data-source="/api/v1/staff?limit=6&q=" data-kind="staff"><h2>{text::nav_staff(lang)}</h2><ul></ul></section> }
    });
    view! {
        <dialog class="dialog palette" id="palette" aria-label=text::palette_open(lang)>
            <div class="inner">
                <form method="get" action="/staff" role="search">
                    <span class="input">
                        <Icon glyph=Glyph::Search/>
                        <input name="q" type="search" autocomplete="off" maxlength="64" aria-label=text::palette_hint(lang)
                            placeholder=text::palette_hint(lang) role="combobox" aria-controls="palette-list" aria-expanded="true"/>
                    </span>
                </form>
                <div id="palette-list" class="palette-list">
                    <section data-kind="pages"><h2>{text::palette_pages(lang)}</h2><ul>{links}</ul></section>
                    {people}
                    <section
                        hidden data-source="/api/v1/listings?q=" data-kind="homes" data-rooms=fact::layout_rooms(lang, "#")
                        data-halls=fact::layout_halls(lang, "#") data-area=fact::sqm(lang, "#")
                    ><h2>{text::palette_homes(lang)}</h2><ul></ul></section>
                </div>
                <p class="sm" role="status" data-none=text::palette_none(lang) data-failed=text::palette_failed(lang)></p>
                <p class="xs mute">{text::palette_help(lang)}</p>
            </div>
        </dialog>
    }
}

/// A page before the door: the street, the plate, and a form.
#[component]
pub(crate) fn Bare(
    #[prop(into)] title: String,
    #[prop(optional, into)] below: String,
    children: Children,
) -> impl IntoView {
    let Visit { lang, theme, href, .. } = Visit::current();
    head(lang, &title);
    let hidden = vec![("back", href)];
    let languages = vec![Segment::new("zh-CN", "中文"), Segment::new("en", "English")];
    let themes = vec![
        Segment::new("auto", crate::texts::shell::theme_auto(lang)).icon(Glyph::Auto),
        Segment::new("light", crate::texts::shell::theme_light(lang)).icon(Glyph::Sun),
        Segment::new("dark", crate::texts::shell::theme_dark(lang)).icon(Glyph::Moon),
    ];
    view! {
        <a class="skip" href="#main">{text::skip(lang)}</a>
        <div class="door">
            <div class="door-art" aria-hidden="true">
                <img src="/street.svg" alt="" width="1200" height="1400"/>
                <div class="door-plate"><span>"门牌"</span></div>
                <p class="door-line">{text::motto(lang)}</p>
            </div>
            <main id="main" class="door-form">
                <div class="door-in">
                    <span class="only-wide"><Plate kind=PlateKind::Brand>"门牌"</Plate></span>
                    <h1>{title}</h1>
                    {(!below.is_empty()).then(|| view! { <p class="soft">{below}</p> })}
                    {children()}
                    <div class="row row--2 door-switch">
                        <SwitchForm
                            label=crate::texts::shell::switch_theme(lang) action="/preferences" name="theme" segments=themes
                            current=theme.map_or("auto", Theme::code) icons_only=true hidden=hidden.clone()
                        />
                        <SwitchForm
                            label=crate::texts::shell::switch_language(lang) action="/preferences" name="lang" segments=languages
                            current=lang.code() hidden
                        />
                    </div>
                </div>
            </main>
        </div>
    }
}

/// One of eight hues, by the public number.
pub(crate) fn hue(code: &str) -> u64 {
    code.bytes().fold(0, |sum, b| sum + u64::from(b))
}

fn head(lang: Lang, title: &str) {
    let head = Head { title: title.to_owned(), robots: false, ..Head::default() };
    let origin = Visit::current().origin;
    expect_context::<HeadSlot>().put(super::frame::written(&head, lang, &origin));
}

fn entry(lang: Lang, place: Place, current: Place) -> AnyView {
    let (href, glyph, name) = place.link(lang);
    view! {
        <a href=href aria-current=(place == current).then_some("page")><Icon glyph/>{name}</a>
    }
    .into_any()
}
