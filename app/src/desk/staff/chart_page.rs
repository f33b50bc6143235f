//! `/staff/chart`: who reports to whom, store by store.

use crate::shell::rpc::Call;
use crate::shell::{Desk, Place, Visit, failure, guarded, hue};
use crate::texts::staff as text;
use domain::identity::{Colleague, Organisation};
use leptos::prelude::*;
use services::staff;
use ui::{Avatar, Card};

/// The page.
#[component]
pub fn ChartPage() -> impl IntoView {
    let (visit, call) = (Visit::current(), Call::current());
    let lang = visit.lang;
    guarded(move |signed| {
        Suspend::new(async move {
            let Organisation { firm, stores } = match staff::organisation(&call.services, &signed).await {
                Ok(organisation) => organisation,
                Err(error) => return failure(error),
            };
            let stores = stores
                .into_iter()
                .map(|(store, people)| {
                    let count = text::people(lang, people.len());
                    let aside = view! { <span class="sm mute num">{count} " · " {store.code}</span> }.into_any();
                    // At the top stands whoever reports to nobody of the store.
                    let tops = people.iter().filter(|p| boss(p, &people).is_none());
                    let tree = tops.map(|top| branch(top, &people, 0)).collect_view();
                    view! { <Card title=store.name aside=aside><ul class="dk-tree">{tree}</ul></Card> }
                })
                .collect_view();
            view! {
                <Desk signed place=Place::Staff title=text::chart(lang) up=("/staff", text::title(lang))>
                    <p class="soft">{firm}</p>
                    <div class="dk-stores mt-4">{stores}</div>
                </Desk>
            }
            .into_any()
        })
        .into_any()
    })
}

fn boss<'a>(person: &Colleague, people: &'a [Colleague]) -> Option<&'a Colleague> {
    let (code, _) = person.manager.as_ref()?;
    people.iter().find(|other| other.code == *code)
}

/// A person and those below them; a circle of bosses would end at eight levels.
fn branch(person: &Colleague, people: &[Colleague], depth: usize) -> AnyView {
    let below: Vec<AnyView> = people
        .iter()
        .filter(|p| depth < 8 && p.manager.as_ref().is_some_and(|(code, _)| *code == person.code))
        .map(|p| branch(p, people, depth + 1))
        .collect();
    let Colleague { code, name, position, team, .. } = person.clone();
    let sub = team.map_or_else(|| position.clone(), |team| format!("{position} · {team}"));
    view! {
        <li>
            <a href=format!("/staff/{code}") class="row row--2 nowrap">
                <Avatar name=name.clone() hue=hue(&code)/>
                <span><span class="med">{name}</span> " " <span class="sm mute">{sub}</span></span>
            </a>
            {(!below.is_empty()).then(|| view! { <ul>{below}</ul> })}
        </li>
    }
    .into_any()
}
