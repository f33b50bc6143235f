//! `/staff/{code}/leave`: somebody leaves, and hands over.

use crate::shell::rpc::Call;
use crate::shell::{Desk, FormState, Place, Visit, failure, guarded};
use crate::texts::staff as text;
use domain::identity::StaffState;
use domain::{Error, Rule};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use services::staff::{self, leave};
use store::staff::Filter;
use ui::{
    Button, ButtonKind, Card, DescriptionList, Fact, FactsKind, Input, InputKind, LinkButton, Select, SelectOption,
};

/// The page.
#[component]
pub fn LeavePage() -> impl IntoView {
    let code = use_params_map().with_untracked(|params| params.get("code")).unwrap_or_default();
    let (visit, call) = (Visit::current(), Call::current());
    let lang = visit.lang;
    guarded(move |signed| {
        Suspend::new(async move {
            let loaded = async {
                let held = leave::holdings(&call.services, &signed, call.at, &code).await?;
                let profile = staff::profile(&call.services, &signed, &code).await?;
                if profile.colleague.state == StaffState::Left {
                    return Err(Error::Rule { rule: Rule::PersonLeft });
                }
                let filter = Filter { store: profile.colleague.store.0.clone(), ..Filter::default() };
                Ok((held, profile, staff::directory(&call.services, &signed.actor, &filter, 100).await?.people))
            };
            let (held, profile, people) = match loaded.await {
                Ok(loaded) => loaded,
                Err(error) => return failure(error),
            };
            let name = profile.colleague.name.clone();
            let today = call.at.day().to_string();
            let form = FormState::of(lang, "staff/leave", vec![("left_on", today)]);
            let mut heirs = vec![SelectOption::new("", text::no_successor(lang))];
            heirs.extend(
                people
                    .into_iter()
                    .filter(|p| p.code != code)
                    .map(|p| SelectOption::new(p.code.clone(), format!("{} · {} · {}", p.name, p.position, p.code))),
            );
            let yes = if held.account { text::yes(lang) } else { text::no(lang) };
            let facts = vec![
                Fact::new(text::held_reports(lang), held.reports),
                Fact::new(text::held_sessions(lang), held.sessions),
                Fact::new(text::held_account(lang), yes),
            ];
            let (cancel, confirm) = (format!("/staff/{code}"), format!("/confirm?next=/staff/{code}/leave"));
            view! {
                <Desk signed place=Place::Staff title=text::leave_title(lang, &name) up=("/staff", text::title(lang))>
                    <div class="dk-narrow stack stack--4">
                        <Card title=text::held(lang)><DescriptionList facts kind=FactsKind::Key/></Card>
                        <Card title=text::handover(lang)>
                            {form.banner()}
                            <form class="stack stack--4" method="post" action="/api/staff/leave">
                                <input type="hidden" name="back" value=visit.href.clone()/>
                                <input type="hidden" name="code" value=code.clone()/>
                                <input type="hidden" name="seen" value=profile.version.to_string()/>
                                <Input name="left_on" label=text::left_on(lang) kind=InputKind::Date value=form.value("left_on") required=true error=form.fault("left_on")/>
                                <Select name="successor" label=text::successor(lang) options=heirs selected=form.value("successor") hint=text::successor_hint(lang) error=form.fault("successor")/>
                                <p class="soft">{text::leave_note(lang)} " " <a class="link" href=confirm>{text::confirm_first(lang)}</a></p>
                                <div class="row row--2">
                                    <Button kind=ButtonKind::Danger>{text::leave_go(lang)}</Button>
                                    <LinkButton href=cancel kind=ButtonKind::Ghost>{text::cancel(lang)}</LinkButton>
                                </div>
                            </form>
                        </Card>
                    </div>
                </Desk>
            }
            .into_any()
        })
        .into_any()
    })
}
