//! `/permissions`: who may do what, as the product enforces it.

use crate::desk::words;
use crate::shell::{Desk, Place, Visit, guarded};
use crate::texts::rights as text;
use domain::access::{Action, Role, reach, reach_of};
use leptos::prelude::*;
use ui::{Card, TableWrap, Tag, TagKind};

/// The page.
#[component]
pub fn PermissionsPage() -> impl IntoView {
    let lang = Visit::current().lang;
    guarded(move |signed| {
        let mine = signed.actor.member().map(|member| member.roles.clone()).unwrap_or_default();
        // What no role may do is done by commands on the machine alone.
        let actions: Vec<Action> = Action::ALL
            .iter()
            .copied()
            .filter(|a| Role::ALL.iter().any(|role| reach_of(*role, *a).is_some()))
            .collect();
        let own = actions
            .iter()
            .filter_map(|action| reach(&signed.actor, *action).map(|reach| (*action, reach)))
            .map(|(action, reach)| {
                view! {
                    <li class="lrow dk-lrow">
                        <span class="lrow-main"><span class="lrow-title">{words::action(lang, action)}</span></span>
                        <Tag kind=TagKind::Accent>{words::reach(lang, reach)}</Tag>
                    </li>
                }
            })
            .collect_view();
        let head = Role::ALL
            .iter()
            .map(|role| {
                let current = mine.contains(role).then_some("true");
                view! { <th scope="col" aria-current=current>{words::role(lang, *role)}</th> }
            })
            .collect_view();
        let rows = actions
            .iter()
            .map(|action| {
                let cells = Role::ALL
                    .iter()
                    .map(|role| match reach_of(*role, *action) {
                        Some(reach) => view! { <td>{words::reach(lang, reach)}</td> }.into_any(),
                        None => view! { <td class="mute"><span aria-hidden="true">"—"</span><span class="vh">{text::none(lang)}</span></td> }.into_any(),
                    })
                    .collect_view();
                view! { <tr><th scope="row">{words::action(lang, *action)}</th>{cells}</tr> }
            })
            .collect_view();
        view! {
            <Desk signed place=Place::Rights title=text::title(lang)>
                <div class="stack stack--4">
                    <Card title=text::own(lang)><ul class="list dk-cols">{own}</ul></Card>
                    <Card title=text::table(lang)>
                        <p class="soft sm">{text::table_note(lang)}</p>
                        <div class="dk-rights mt-4">
                            <TableWrap caption=text::table(lang)>
                                <thead><tr><th scope="col">{text::action(lang)}</th>{head}</tr></thead>
                                <tbody>{rows}</tbody>
                            </TableWrap>
                        </div>
                    </Card>
                </div>
            </Desk>
        }
        .into_any()
    })
}
