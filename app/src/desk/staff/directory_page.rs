//! `/staff`: the directory.

use crate::desk::words;
use crate::shell::rpc::Call;
use crate::shell::{Desk, Place, Visit, failure, guarded, hue};
use crate::texts::{desk, staff as text};
use domain::Lang;
use domain::access::{Action, allow};
use domain::identity::{AccountState, Colleague};
use leptos::prelude::*;
use services::staff::{self, stores};
use store::staff::Filter;
use ui::{
    Avatar, AvatarSize, Button, ButtonKind, Card, Check, Empty, Glyph, Input, InputKind, LinkButton, Pager, Select,
    SelectOption, Tag, TagKind,
};

/// The page.
#[component]
pub fn DirectoryPage() -> impl IntoView {
    let (visit, call) = (Visit::current(), Call::current());
    let lang = visit.lang;
    guarded(move |signed| {
        Suspend::new(async move {
            let after = visit.query("after");
            let filter = Filter {
                text: visit.query("q").chars().take(64).collect(),
                store: visit.query("store"),
                left: visit.query("left") == "1",
                after: after.rsplit_once('~').map(|(name, code)| (name.to_owned(), code.to_owned())),
            };
            let loaded = async {
                let shops = stores::list(&call.services, &signed).await?;
                Ok((staff::directory(&call.services, &signed.actor, &filter, staff::PAGE).await?, shops))
            };
            let (found, shops) = match loaded.await {
                Ok(loaded) => loaded,
                Err(error) => return failure(error),
            };
            let next = found.next.map(|(name, code)| address(&filter, Some(&format!("{name}~{code}"))));
            let first = filter.after.is_some().then(|| address(&filter, None));
            let mut options = vec![SelectOption::new("", text::all_stores(lang))];
            options.extend(shops.into_iter().filter(|s| !s.closed).map(|s| SelectOption::new(s.code, s.name)));
            let list = if found.people.is_empty() {
                view! { <Empty title=text::nobody(lang)><p>{text::nobody_why(lang)}</p></Empty> }.into_any()
            } else {
                let rows = found.people.into_iter().map(|person| row(lang, person)).collect_view();
                view! { <Card><ul class="list">{rows}</ul></Card> }.into_any()
            };
            let may_add = allow(&signed.actor, Action::WriteRecord);
            let actions = view! {
                <LinkButton href="/staff/chart" icon=Glyph::Users class="only-rail">{text::chart(lang)}</LinkButton>
                {may_add.then(|| view! {
                    <LinkButton href="/staff/new" kind=ButtonKind::Primary icon=Glyph::Plus>{text::add(lang)}</LinkButton>
                })}
            };
            view! {
                <Desk signed place=Place::Staff title=text::title(lang) actions=actions.into_any()>
                    <div class="stack stack--4">
                        <form method="get" action="/staff" role="search" class="dk-filter">
                            <Input name="q" label=text::search(lang) kind=InputKind::Search icon=Glyph::Search value=filter.text hide_label=true placeholder=text::search(lang) maxlength=64/>
                            <Select name="store" label=text::store(lang) options selected=filter.store hide_label=true/>
                            <Check name="left" value="1" checked=filter.left>{text::show_left(lang)}</Check>
                            <Button icon=Glyph::Search>{text::search_go(lang)}</Button>
                        </form>
                        {list}
                        <Pager label=desk::pages(lang) previous_label=desk::first_page(lang) next_label=desk::more(lang) previous=first next=next/>
                    </div>
                </Desk>
            }
            .into_any()
        })
        .into_any()
    })
}

fn address(filter: &Filter, after: Option<&str>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let left = if filter.left { "1" } else { "" };
    for (name, value) in
        [("q", filter.text.as_str()), ("store", &filter.store), ("left", left), ("after", after.unwrap_or(""))]
    {
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    format!("/staff?{}", query.finish())
}

fn row(lang: Lang, person: Colleague) -> AnyView {
    let Colleague { code, name, position, store, team, roles, account, .. } = person;
    let place = team.map_or_else(|| store.1.clone(), |team| format!("{} · {team}", store.1));
    let tags = words::role_tags(lang, &roles, TagKind::Plain);
    let waits = (account == Some(AccountState::Invited))
        .then(|| view! { <Tag kind=TagKind::Warn>{text::account_invited(lang)}</Tag> });
    view! {
        <li class="lrow">
            <Avatar name=name.clone() hue=hue(&code) size=AvatarSize::Large/>
            <div class="lrow-main">
                <a class="lrow-title" href=format!("/staff/{code}")>{name}</a>
                <span class="lrow-sub num">{position} " · " {place} " · " {code}</span>
            </div>
            <span class="row row--1">{tags}{waits}</span>
        </li>
    }
    .into_any()
}
