//! `/staff/{code}`: a person's record, as far as the reader may see it.

use super::account_card::AccountCard;
use super::number::MaskedNumber;
use super::papers_card::PapersCard;
use crate::desk::media::told;
use crate::desk::words;
use crate::shell::rpc::Call;
use crate::shell::{Desk, FormState, Place, Visit, failure, guarded, hue};
use crate::texts::staff as text;
use domain::Lang;
use domain::access::{Action, allow};
use domain::attachment::Paper;
use domain::identity::{Colleague, Profile, Record, RevealedField, StaffState};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use services::identity::Signed;
use services::staff;
use ui::{
    Avatar, AvatarSize, Banner, Button, ButtonKind, Card, DescriptionList, Fact, FactsKind, Glyph, LinkButton, Tag,
    TagKind, Tone,
};

/// The page.
#[component]
pub fn ProfilePage() -> impl IntoView {
    let code = use_params_map().with_untracked(|params| params.get("code")).unwrap_or_default();
    let (visit, call) = (Visit::current(), Call::current());
    guarded(move |signed| {
        Suspend::new(async move {
            let loaded = async {
                let profile = staff::profile(&call.services, &signed, &code).await?;
                Ok((profile, staff::papers::list(&call.services, &signed, &code).await?))
            };
            match loaded.await {
                Ok((profile, papers)) => {
                    let calls = call.services.exchange.is_some();
                    view! { <Shown visit signed profile papers calls/> }.into_any()
                }
                Err(error) => failure(error),
            }
        })
        .into_any()
    })
}

#[component]
fn Shown(visit: Visit, signed: Signed, profile: Profile, papers: Vec<Paper>, calls: bool) -> impl IntoView {
    let lang = visit.lang;
    let path = visit.path().to_owned();
    let Profile { colleague, login, second_factor, record, version: _ } = profile;
    let Colleague { code, name, position, store, team, manager, roles, state, account } = colleague;
    let may = |action| allow(&signed.actor, action);
    let here = state == StaffState::Active;
    let mine = signed.code == code;
    let reveals = may(Action::RevealStaff);
    let done = done(lang, &visit);
    let mut facts = vec![
        Fact::new(text::number(lang), code.clone()),
        Fact::new(text::position(lang), position),
        Fact::new(text::store(lang), store.1),
    ];
    facts.extend(team.map(|team| Fact::new(text::team(lang), team)));
    facts.extend(manager.map(|(code, name)| {
        Fact::new(text::manager(lang), view! { <a class="link" href=format!("/staff/{code}")>{name}</a> })
    }));
    let tags = words::role_tags(lang, &roles, TagKind::Accent);
    let left = (!here).then(|| view! { <Tag kind=TagKind::Warn>{text::state_left(lang)}</Tag> });
    let actions = view! {
        {(may(Action::WriteRecord) && here).then(|| view! {
            <LinkButton href=format!("/staff/{code}/edit") icon=Glyph::Edit>{text::edit(lang)}</LinkButton>
        })}
        {(may(Action::HandOver) && here && !mine).then(|| view! {
            <LinkButton href=format!("/staff/{code}/leave")>{text::leave(lang)}</LinkButton>
        })}
    };
    let looks = may(Action::ReadReveals).then(|| {
        view! {
            <p class="sm mt-4 row row--3">
                <a class="link" href=format!("/reveals?of={code}")>{text::who_saw(lang)}</a>
                <a class="link" href=format!("/reveals?by={code}")>{text::what_seen(lang)}</a>
            </p>
        }
    });
    let erased = record.as_ref().is_some_and(|record| record.phone.is_none() && record.id_number.is_none());
    let erase = (may(Action::WriteRecord) && !here && !erased)
        .then(|| view! { <Erase lang code=code.clone() back=path.clone()/> });
    let accounts = may(Action::ManageAccounts).then(|| {
        view! { <AccountCard lang code=code.clone() back=path.clone() state=account login roles=roles.clone() second_factor here/> }
    });
    let writes = may(Action::WriteRecord) && !erased;
    let papers = record.is_some().then(|| {
        view! { <PapersCard lang code=code.clone() back=path.clone() papers writes/> }
    });
    let outcome = told(lang, &visit);
    let calls = reveals && !mine && calls;
    let record =
        record.map(|record| view! { <RecordCard lang code=code.clone() back=path.clone() record reveals calls/> });
    view! {
        <Desk signed=signed.clone() place=Place::Staff title=name.clone() up=("/staff", text::title(lang)) actions=actions.into_any()>
            {outcome}
            {done.map(|text| view! { <Banner tone=Tone::Ok live=true><p>{text}</p></Banner> })}
            <div class="dk-two">
                <div class="stack stack--4">
                    <Card>
                        <div class="row row--3">
                            <Avatar name=name.clone() hue=hue(&code) size=AvatarSize::XLarge/>
                            <div><h2>{name}</h2><p class="row row--2 mt-2">{tags}{left}</p></div>
                        </div>
                        <div class="mt-4"><DescriptionList facts kind=FactsKind::Pairs/></div>
                        {looks}
                    </Card>
                    {accounts}
                    {erase}
                </div>
                <div class="stack stack--4">{record}{papers}</div>
            </div>
        </Desk>
    }
}

/// What has just been done.
fn done(lang: Lang, visit: &Visit) -> Option<String> {
    let text = match visit.query("done").as_str() {
        "added" => text::done_added(lang),
        "changed" => text::done_changed(lang),
        "roles" => text::done_roles(lang),
        "account" => text::done_account(lang),
        "erased" => text::done_erased(lang),
        "paper_removed" => text::done_paper_removed(lang),
        "left" => {
            let count = |name| visit.query(name).parse::<u32>().unwrap_or_default();
            return Some(text::done_left(lang, count("reports"), count("sessions")));
        }
        _ => return None,
    };
    Some(text.to_owned())
}

#[component]
fn RecordCard(lang: Lang, code: String, back: String, record: Record, reveals: bool, calls: bool) -> impl IntoView {
    let Record { phone, id_number, licence_no, licence_until, hired_on, left_on, education, history, skills } =
        record;
    let number = |field, masked| {
        let call = calls && field == RevealedField::Phone;
        view! { <MaskedNumber lang code=code.clone() back=back.clone() field masked open=reveals call/> }
    };
    let missing = || text::not_kept(lang).to_owned();
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(missing, |day| day.to_string());
    let mut facts = vec![
        Fact::new(text::phone(lang), number(RevealedField::Phone, phone)),
        Fact::new(text::id_number(lang), number(RevealedField::IdNumber, id_number)),
        Fact::new(text::hired_on(lang), day(hired_on)),
    ];
    facts.extend(left_on.map(|on| Fact::new(text::left_on(lang), on.to_string())));
    facts.push(Fact::new(
        text::education(lang),
        education.map_or_else(missing, |e| words::education(lang, e).to_owned()),
    ));
    facts.push(Fact::new(text::licence_no(lang), licence_no.unwrap_or_else(missing)));
    facts.push(Fact::new(text::licence_until(lang), day(licence_until)));
    facts.push(Fact::new(text::skills(lang), if skills.is_empty() { missing() } else { skills }));
    let history = history.lines().map(|line| view! { <li>{line.to_owned()}</li> }).collect_view();
    view! {
        <Card title=text::record(lang)>
            <DescriptionList facts kind=FactsKind::Pairs/>
            <h3 class="md med mt-6">{text::history(lang)}</h3>
            <ul class="dk-history mt-2">{history}</ul>
        </Card>
    }
}

/// Deleting the personal data of somebody who has left.
#[component]
fn Erase(lang: Lang, code: String, back: String) -> impl IntoView {
    let form = FormState::of(lang, "staff/erase", vec![]);
    let next = format!("/confirm?next={back}");
    view! {
        <Card title=text::erase_title(lang)>
            {form.banner()}
            <p class="soft">{text::erase_why(lang)} " " <a class="link" href=next>{text::confirm_first(lang)}</a></p>
            <form class="mt-4" method="post" action="/api/staff/erase">
                <input type="hidden" name="back" value=back/>
                <input type="hidden" name="code" value=code/>
                <Button kind=ButtonKind::Danger>{text::erase_go(lang)}</Button>
            </form>
        </Card>
    }
}
