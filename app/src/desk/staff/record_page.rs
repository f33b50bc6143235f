//! `/staff/new` and `/staff/{code}/edit`: entering and changing a record.

use crate::desk::words;
use crate::shell::rpc::Call;
use crate::shell::{Desk, FormState, Place, Visit, failure, guarded};
use crate::texts::staff as text;
use domain::access::{Action, allow};
use domain::identity::{Education, Profile, StoreCard};
use domain::{Error, Lang};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use services::staff::{self, stores};
use ui::{Button, ButtonKind, Card, Input, InputKind, LinkButton, Select, SelectOption, TextArea};

/// `/staff/new`
#[component]
pub fn NewRecordPage() -> impl IntoView {
    let (visit, call) = (Visit::current(), Call::current());
    let lang = visit.lang;
    guarded(move |signed| {
        Suspend::new(async move {
            if !allow(&signed.actor, Action::WriteRecord) {
                return failure(Error::Forbidden);
            }
            let shops = match stores::list(&call.services, &signed).await {
                Ok(shops) => shops,
                Err(error) => return failure(error),
            };
            let form = FormState::of(lang, "staff/add", vec![]);
            let once = vec![(services::once::FIELD, services::once::draw().unwrap_or_default())];
            view! {
                <Desk signed place=Place::Staff title=text::add(lang) up=("/staff", text::title(lang))>
                    <RecordForm lang form action="/api/staff/add" back="/staff/new".to_owned() cancel="/staff".to_owned() shops hidden=once/>
                </Desk>
            }
            .into_any()
        })
        .into_any()
    })
}

/// `/staff/{code}/edit`
#[component]
pub fn ChangeRecordPage() -> impl IntoView {
    let code = use_params_map().with_untracked(|params| params.get("code")).unwrap_or_default();
    let (visit, call) = (Visit::current(), Call::current());
    let lang = visit.lang;
    guarded(move |signed| {
        Suspend::new(async move {
            let loaded = async {
                if !allow(&signed.actor, Action::WriteRecord) {
                    return Err(Error::Forbidden);
                }
                let shops = stores::list(&call.services, &signed).await?;
                Ok((staff::profile(&call.services, &signed, &code).await?, shops))
            };
            let (profile, shops) = match loaded.await {
                Ok(loaded) => loaded,
                Err(error) => return failure(error),
            };
            let version = profile.version;
            let form = FormState::of(lang, "staff/change", start(profile));
            // What was seen first stays the version: a second save after a conflict must be a decision.
            let seen = if form.sent() && form.error() != Some(&Error::Stale) {
                form.value("seen")
            } else {
                version.to_string()
            };
            let hidden = vec![("code", code.clone()), ("seen", seen)];
            let (back, cancel) = (format!("/staff/{code}/edit"), format!("/staff/{code}"));
            view! {
                <Desk signed place=Place::Staff title=text::edit(lang) up=("/staff", text::title(lang))>
                    <RecordForm lang form action="/api/staff/change" back cancel shops hidden/>
                </Desk>
            }
            .into_any()
        })
        .into_any()
    })
}

/// What the fields hold at first. Numbers are left empty: they are masked, and empty means unchanged.
fn start(profile: Profile) -> Vec<(&'static str, String)> {
    let (colleague, record) = (profile.colleague, profile.record.unwrap_or_default());
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    vec![
        ("name", colleague.name),
        ("position", colleague.position),
        ("store", colleague.store.0),
        ("team", colleague.team.unwrap_or_default()),
        ("manager", colleague.manager.map(|(code, _)| code).unwrap_or_default()),
        ("phone_now", record.phone.unwrap_or_default()),
        ("id_number_now", record.id_number.unwrap_or_default()),
        ("licence_no", record.licence_no.unwrap_or_default()),
        ("licence_until", day(record.licence_until)),
        ("hired_on", day(record.hired_on)),
        ("education", record.education.map(|e| e.code().to_owned()).unwrap_or_default()),
        ("history", record.history),
        ("skills", record.skills),
    ]
}

#[component]
fn RecordForm(
    lang: Lang,
    form: FormState,
    action: &'static str,
    back: String,
    cancel: String,
    shops: Vec<StoreCard>,
    hidden: Vec<(&'static str, String)>,
) -> impl IntoView {
    let mut stores = vec![SelectOption::new("", text::choose(lang))];
    stores.extend(shops.into_iter().filter(|s| !s.closed).map(|s| SelectOption::new(s.code, s.name)));
    let mut schools = vec![SelectOption::new("", text::unknown(lang))];
    schools.extend(Education::ALL.iter().map(|e| SelectOption::new(e.code(), words::education(lang, *e))));
    let kept = |name: &str, new: &'static str| {
        let now = form.value(name);
        if now.is_empty() { new.to_owned() } else { text::number_kept(lang, now) }
    };
    let (phone_hint, id_hint) =
        (kept("phone_now", text::phone_hint(lang)), kept("id_number_now", text::id_number_hint(lang)));
    let hidden =
        hidden.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
    let (banner, job, person) = (form.banner(), form.clone(), form);
    view! {
        {banner}
        <form class="stack stack--4" method="post" action=action>
            <input type="hidden" name="back" value=back/>
            {hidden}
            <div class="dk-two">
                <Card title=text::part_job(lang)>
                    <div class="stack stack--4">
                        <Input name="name" label=text::name(lang) value=job.value("name") maxlength=300 required=true error=job.fault("name")/>
                        <Input name="position" label=text::position(lang) value=job.value("position") maxlength=300 required=true error=job.fault("position")/>
                        <Select name="store" label=text::store(lang) options=stores selected=job.value("store") required=true error=job.fault("store")/>
                        <Input name="team" label=text::team(lang) value=job.value("team") hint=text::team_hint(lang) maxlength=100 error=job.fault("team")/>
                        <Input name="manager" label=text::manager(lang) value=job.value("manager") hint=text::manager_hint(lang) maxlength=16 error=job.fault("manager")/>
                        <Input name="hired_on" label=text::hired_on(lang) kind=InputKind::Date value=job.value("hired_on") error=job.fault("hired_on")/>
                    </div>
                </Card>
                <Card title=text::part_person(lang)>
                    <div class="stack stack--4">
                        <Input name="phone" label=text::phone(lang) kind=InputKind::Phone value=person.value("phone") hint=phone_hint maxlength=40 autocomplete="off" error=person.fault("phone")/>
                        <Input name="id_number" label=text::id_number(lang) value=person.value("id_number") hint=id_hint maxlength=40 autocomplete="off" error=person.fault("id_number")/>
                        <Select name="education" label=text::education(lang) options=schools selected=person.value("education") error=person.fault("education")/>
                        <Input name="licence_no" label=text::licence_no(lang) value=person.value("licence_no") maxlength=100 error=person.fault("licence_no")/>
                        <Input name="licence_until" label=text::licence_until(lang) kind=InputKind::Date value=person.value("licence_until") error=person.fault("licence_until")/>
                        <Input name="skills" label=text::skills(lang) value=person.value("skills") maxlength=400 error=person.fault("skills")/>
                        <TextArea name="history" label=text::history(lang) value=person.value("history") hint=text::history_hint(lang) maxlength=4000 rows=4 error=person.fault("history")/>
                    </div>
                </Card>
            </div>
            <div class="row row--2">
                <Button kind=ButtonKind::Primary>{text::save(lang)}</Button>
                <LinkButton href=cancel kind=ButtonKind::Ghost>{text::cancel(lang)}</LinkButton>
            </div>
        </form>
    }
}
