//! Papers on a person's record.

use crate::shell::FormState;
use crate::texts::staff as text;
use domain::Lang;
use domain::attachment::{Paper, PaperKind};
use leptos::prelude::*;
use services::{Moment, clock};
use ui::{Button, ButtonKind, ButtonSize, Card, Glyph, Icon, Select, SelectOption};

/// The list, and for those who write records the form that adds to it.
#[component]
pub(super) fn PapersCard(
    lang: Lang,
    code: String,
    back: String,
    papers: Vec<Paper>,
    /// Whether the reader may add and delete.
    writes: bool,
) -> impl IntoView {
    let form = FormState::of(lang, "staff/remove_paper", vec![]);
    let none = papers.is_empty();
    let rows: Vec<_> = papers.into_iter().map(|paper| row(lang, &code, &back, paper, writes)).collect();
    let kinds =
        PaperKind::ALL.iter().map(|kind| SelectOption::new(kind.code(), word(lang, *kind))).collect::<Vec<_>>();
    view! {
        <Card title=text::papers(lang)>
            {form.banner()}
            {if none {
                view! { <p class="soft">{text::papers_none(lang)}</p> }.into_any()
            } else {
                view! { <ul class="list">{rows}</ul> }.into_any()
            }}
            {writes.then(|| view! {
                <form class="stack stack--3 mt-4" method="post" action=format!("/staff/{code}/papers") enctype="multipart/form-data">
                    <Select name="kind" label=text::paper_kind(lang) options=kinds/>
                    <label class="field">
                        <span class="label">{text::paper_file(lang)}</span>
                        <input type="file" name="file" required accept="application/pdf,image/jpeg,image/png"/>
                        <span class="xs mute">{text::paper_hint(lang)}</span>
                    </label>
                    <div><Button icon=Glyph::Plus>{text::paper_add(lang)}</Button></div>
                </form>
            })}
        </Card>
    }
}

fn row(lang: Lang, code: &str, back: &str, paper: Paper, writes: bool) -> AnyView {
    let Paper { id, kind, name, format, size, at_ms } = paper;
    let kilobytes = (size + 1023) / 1024;
    let facts = format!(
        "{} · {} · {kilobytes} kB · {}",
        word(lang, kind),
        format.code().to_uppercase(),
        clock(Moment(at_ms))
    );
    view! {
        <li class="lrow">
            <span class="dk-glyph"><Icon glyph=Glyph::Document/></span>
            <div class="lrow-main">
                <a class="lrow-title" href=format!("/staff/{code}/papers/{id}") download>{name}</a>
                <span class="lrow-sub num">{facts}</span>
            </div>
            {writes.then(|| view! {
                <form method="post" action="/api/staff/remove_paper">
                    <input type="hidden" name="back" value=back.to_owned()/>
                    <input type="hidden" name="code" value=code.to_owned()/>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <details class="md-remove">
                        <summary class="btn btn--ghost btn--sm">{text::paper_remove(lang)}</summary>
                        <Button size=ButtonSize::Small kind=ButtonKind::Danger>{text::paper_remove_yes(lang)}</Button>
                    </details>
                </form>
            })}
        </li>
    }
    .into_any()
}

const fn word(lang: Lang, kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::Identity => text::paper_identity(lang),
        PaperKind::Contract => text::paper_contract(lang),
        PaperKind::Certificate => text::paper_certificate(lang),
        PaperKind::Other => text::paper_other(lang),
    }
}
