//! `/settings`: how one reads and where one starts, the ways to everything of one's own, and the firm.

use crate::desk::ways::Ways;
use crate::desk::words;
use crate::shell::rpc::Call;
use crate::shell::{Desk, FormState, Place, Visit, failure, guarded};
use crate::texts::{desk, identity, settings as text, shell};
use domain::access::{Action, Role, allow};
use domain::identity::GRACE_MOST;
use domain::{Lang, StartPage, Theme};
use leptos::prelude::*;
use services::firm::{self, DAY_MOST, Firm, HOUR};
use ui::{
    Banner, Button, ButtonKind, Card, Check, FieldGroup, Glyph, Input, InputKind, LinkButton, Segment, SwitchForm,
    Tone,
};

/// The page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let (visit, call) = (Visit::current(), Call::current());
    let lang = visit.lang;
    guarded(move |signed| {
        Suspend::new(async move {
            let firm = match allow(&signed.actor, Action::ManageFirm) {
                true => Some(firm::read(&call.services, &signed.scope()).await),
                false => None,
            };
            let firm = match firm.transpose() {
                Ok(firm) => firm.map(|firm| view! { <FirmCard lang firm/> }),
                Err(error) => return failure(error),
            };
            let start = signed.start;
            let done = (visit.query("done") == "firm").then(|| text::done_firm(lang));
            view! {
                <Desk signed place=Place::Settings title=text::title(lang)>
                    {done.map(|text| view! { <Banner tone=Tone::Ok live=true><p>{text}</p></Banner> })}
                    <div class="dk-two">
                        <div class="stack stack--4"><Reading lang theme=visit.theme start/>{firm}</div>
                        <div class="stack stack--4"><OwnPages lang/><About lang/></div>
                    </div>
                </Desk>
            }
            .into_any()
        })
        .into_any()
    })
}

/// Language and theme, kept in this browser; the page after signing in, kept with the account.
#[component]
fn Reading(lang: Lang, theme: Option<Theme>, start: StartPage) -> impl IntoView {
    let languages = vec![Segment::new("zh-CN", "中文"), Segment::new("en", "English")];
    let themes = vec![
        Segment::new("auto", shell::theme_auto(lang)).icon(Glyph::Auto),
        Segment::new("light", shell::theme_light(lang)).icon(Glyph::Sun),
        Segment::new("dark", shell::theme_dark(lang)).icon(Glyph::Moon),
    ];
    let starts = vec![
        Segment::new("home", desk::nav_home(lang)),
        Segment::new("staff", desk::nav_staff(lang)),
        Segment::new("gallery", desk::go_site(lang)),
    ];
    let rows = [
        (shell::switch_language(lang), "/preferences", "lang", languages, lang.code()),
        (shell::switch_theme(lang), "/preferences", "theme", themes, theme.map_or("auto", Theme::code)),
        (text::start(lang), "/api/settings/start", "start", starts, start.code()),
    ];
    let rows = rows
        .into_iter()
        .map(|(label, action, name, segments, current)| {
            let hidden = vec![("back", "/settings".to_owned())];
            view! {
                <div class="dk-setting">
                    <span>{label}</span>
                    <SwitchForm label action name segments current hidden/>
                </div>
            }
        })
        .collect_view();
    view! {
        <Card title=text::reading(lang)>
            <div class="stack stack--4">{rows}</div>
            <p class="sm mute mt-4">{text::reading_note(lang)}</p>
        </Card>
    }
}

/// What else is one's own, where it is.
#[component]
fn OwnPages(lang: Lang) -> impl IntoView {
    let ways = vec![
        ("/account", Glyph::User, identity::account_title(lang), text::way_account(lang)),
        ("/account/second-factor", Glyph::Lock, desk::go_second(lang), text::way_second(lang)),
        ("/account#passkeys", Glyph::Key, text::passkeys(lang), text::way_passkeys(lang)),
        ("/notices", Glyph::Bell, desk::nav_notices(lang), text::way_notices(lang)),
        ("/permissions", Glyph::Shield, desk::nav_rights(lang), desk::way_rights(lang)),
        ("/help/keyboard", Glyph::Info, text::keyboard(lang), text::way_keyboard(lang)),
    ];
    view! { <Card title=text::ways(lang)><Ways to=ways/></Card> }
}

/// What runs here.
#[component]
fn About(lang: Lang) -> impl IntoView {
    view! {
        <Card title=text::about(lang)>
            <p class="num">{text::version(lang, env!("CARGO_PKG_VERSION"))}</p>
            <p class="row row--2 mt-4">
                <LinkButton href="/help">{desk::nav_help(lang)}</LinkButton>
                <LinkButton href="/api/docs">{text::api(lang)}</LinkButton>
            </p>
        </Card>
    }
}

/// What holds for the whole firm.
#[component]
fn FirmCard(lang: Lang, firm: Firm) -> impl IntoView {
    let Firm { name, quota, duty, version } = firm;
    let mut start = vec![
        ("name", name),
        ("reveal_hour", quota.hour.to_string()),
        ("reveal_day", quota.day.to_string()),
        ("second_days", duty.days.to_string()),
    ];
    start.extend(duty.roles.iter().map(|role| ("second_roles", role.code().to_owned())));
    let form = FormState::of(lang, "settings/change_firm", start);
    let boxes = Role::ALL
        .iter()
        .map(|role| {
            let (code, word) = (role.code(), words::role(lang, *role));
            view! { <Check name="second_roles[]" value=code checked=form.ticked("second_roles", code)>{word}</Check> }
        })
        .collect_view();
    view! {
        <Card title=text::firm(lang)>
            {form.banner()}
            <form class="stack stack--4" method="post" action="/api/settings/change_firm">
                <input type="hidden" name="back" value="/settings"/>
                <input type="hidden" name="seen" value=version.to_string()/>
                <Input name="name" label=text::firm_name(lang) value=form.value("name") maxlength=60 required=true error=form.fault("name")/>
                <Input
                    name="reveal_hour" label=text::reveal_hour(lang) kind=InputKind::Number value=form.value("reveal_hour")
                    maxlength=3 required=true hint=text::reveal_hour_hint(lang, HOUR.end()) error=form.fault("reveal_hour")
                />
                <Input
                    name="reveal_day" label=text::reveal_day(lang) kind=InputKind::Number value=form.value("reveal_day")
                    maxlength=3 required=true hint=text::reveal_day_hint(lang, DAY_MOST) error=form.fault("reveal_day")
                />
                <FieldGroup
                    id="second_roles" legend=text::second_roles(lang) hint=text::second_roles_hint(lang)
                    error=form.fault("second_roles")
                >
                    <div class="dk-checks">{boxes}</div>
                </FieldGroup>
                <Input
                    name="second_days" label=text::second_days(lang) kind=InputKind::Number value=form.value("second_days")
                    maxlength=2 required=true hint=text::second_days_hint(lang, GRACE_MOST) error=form.fault("second_days")
                />
                <p class="sm mute">{text::firm_note(lang)}</p>
                <div><Button kind=ButtonKind::Primary>{text::save(lang)}</Button></div>
            </form>
        </Card>
    }
}
