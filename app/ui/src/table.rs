//! Tables that scroll in their own box, and lists of facts.

use leptos::prelude::*;

use crate::classes::join;

/// A table that scrolls sideways in its own box and can be reached by keyboard. Children are `thead`,
/// `tbody`, `tfoot`; figures get the class `n`, the first column is a row header.
#[component]
pub fn TableWrap(
    /// What the table shows; read out as its caption.
    #[prop(into)]
    caption: String,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="table-wrap" role="region" aria-label=caption tabindex="0">
            <table class="table">
                <caption class="vh">{caption.clone()}</caption>
                {children()}
            </table>
        </div>
    }
    .into_any()
}

/// One line of a description list.
#[derive(Debug)]
pub struct Fact {
    term: String,
    value: AnyView,
    note: Option<String>,
}

impl Fact {
    /// A term and its value.
    pub fn new(term: impl Into<String>, value: impl IntoView + 'static) -> Self {
        Self { term: term.into(), value: value.into_view().into_any(), note: None }
    }

    /// The same with a quiet line below the value.
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }
}

/// How a description list is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FactsKind {
    /// Columns of ruled lines.
    #[default]
    Columns,
    /// The same, smaller.
    Compact,
    /// Term left, value right.
    Pairs,
    /// A few large values in a row, between rules.
    Key,
    /// A few small values in a row.
    Small,
}

/// Terms and values.
#[component]
pub fn DescriptionList(
    facts: Vec<Fact>,
    #[prop(optional)] kind: FactsKind,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    let block = match kind {
        FactsKind::Columns => "facts",
        FactsKind::Compact => "facts facts--compact",
        FactsKind::Pairs => "kv",
        FactsKind::Key => "key",
        FactsKind::Small => "minis",
    };
    let facts = facts
        .into_iter()
        .map(|Fact { term, value, note }| {
            let note = note.map(|note| view! { <dd class="note">{note}</dd> });
            view! { <div><dt>{term}</dt><dd>{value}</dd>{note}</div> }
        })
        .collect_view();
    view! { <dl class=join(&[block, "num", class])>{facts}</dl> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html;

    #[test]
    fn a_table_box_is_named_and_reachable() {
        let html = html(|| {
            view! { <TableWrap caption="Bill"><tbody><tr><th scope="row">"Tax"</th></tr></tbody></TableWrap> }
        });
        assert!(html.contains(r#"role="region" aria-label="Bill" tabindex="0""#), "{html}");
        assert!(html.contains(r#"<caption class="vh">Bill</caption><tbody>"#), "{html}");
    }

    #[test]
    fn a_description_list_holds_only_terms_and_descriptions() {
        let html = html(|| {
            let facts = vec![Fact::new("Area", "109.7").note("inside 86.3"), Fact::new("Built", 2014)];
            view! { <DescriptionList facts kind=FactsKind::Key/> }
        });
        assert_eq!(
            html,
            r#"<dl class="key num"><div><dt>Area</dt><dd>109.7</dd><dd class="note">inside 86.3</dd></div><div><dt>Built</dt><dd>2014</dd></div></dl>"#
        );
    }
}
