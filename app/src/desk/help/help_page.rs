//! `/help` and `/help/{task}`.

use super::{Page, pages};
use crate::shell::{Desk, Place, Visit, failure, guarded};
use crate::texts::desk as text;
use domain::{Error, Lang};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use ui::{Button, Card, Empty, Glyph, Icon, Input, InputKind, LinkButton};

/// `/help`: all tasks, or those that hold what was typed.
#[component]
pub fn HandbookPage() -> impl IntoView {
    let visit = Visit::current();
    let lang = visit.lang;
    guarded(move |signed| {
        let asked: String = visit.query("q").chars().take(64).collect();
        let roles = signed.actor.member().map(|member| member.roles.clone()).unwrap_or_default();
        let found: Vec<&Page> = pages(lang).filter(|page| page.holds(&asked)).collect();
        let (tours, tasks): (Vec<&Page>, Vec<&Page>) =
            found.into_iter().partition(|page| page.slug.starts_with("tour-"));
        let (own, others): (Vec<&Page>, Vec<&Page>) = tasks.into_iter().partition(|page| page.is_for(&roles));
        let tours = tours.into_iter().filter(|page| page.is_for(&roles)).collect();
        let parts = [(text::help_tours(lang), tours), (text::help_own(lang), own), (text::help_others(lang), others)];
        let parts: Vec<AnyView> = parts
            .into_iter()
            .filter(|(_, pages)| !pages.is_empty())
            .map(|(title, pages)| part(title, pages))
            .collect();
        let body = if parts.is_empty() {
            view! { <Empty title=text::help_none(lang)><p>{text::help_none_why(lang)}</p></Empty> }.into_any()
        } else {
            parts.into_any()
        };
        view! {
            <Desk signed place=Place::Help title=text::nav_help(lang)>
                <div class="stack stack--4">
                    <form method="get" action="/help" role="search" class="dk-filter">
                        <Input name="q" label=text::help_search(lang) kind=InputKind::Search icon=Glyph::Search value=asked hide_label=true placeholder=text::help_search(lang) maxlength=64/>
                        <Button icon=Glyph::Search>{text::help_go(lang)}</Button>
                    </form>
                    {body}
                </div>
            </Desk>
        }
        .into_any()
    })
}

fn part(title: &'static str, pages: Vec<&'static Page>) -> AnyView {
    let rows = pages
        .into_iter()
        .map(|page| {
            view! {
                <li class="lrow dk-lrow">
                    <div class="lrow-main">
                        <a class="lrow-title" href=format!("/help/{}", page.slug)>{page.title}</a>
                        <span class="lrow-sub">{page.summary}</span>
                    </div>
                    <Icon glyph=Glyph::Right/>
                </li>
            }
        })
        .collect_view();
    view! { <Card title=title><ul class="list">{rows}</ul></Card> }.into_any()
}

/// `/help/{task}`
#[component]
pub fn TaskPage() -> impl IntoView {
    let slug = use_params_map().with_untracked(|params| params.get("task")).unwrap_or_default();
    let lang: Lang = Visit::current().lang;
    guarded(move |signed| {
        let Some(page) = pages(lang).find(|page| page.slug == slug) else { return failure(Error::NotFound) };
        view! {
            <Desk signed place=Place::Help title=page.title up=("/help", text::nav_help(lang))>
                <div class="dk-narrow stack stack--4">
                    <Card>
                        <p class="soft lg">{page.summary}</p>
                        {page.picture().map(|address| {
                            view! { <img class="dk-picture" src=address width="960" height="600" alt=text::help_picture(lang, page.title)/> }
                        })}
                        <div class="dk-prose mt-4" inner_html=page.html></div>
                    </Card>
                    <div><LinkButton href="/help" icon=Glyph::Left>{text::help_all(lang)}</LinkButton></div>
                </div>
            </Desk>
        }
        .into_any()
    })
}
