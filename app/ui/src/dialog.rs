//! A dialog in the middle, a sheet from the bottom on phones, or a drawer at the side.

use leptos::html;
use leptos::prelude::*;

use crate::{Glyph, Icon};

/// Where a dialog comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DialogKind {
    #[default]
    Middle,
    Side,
}

/// A native dialog. An island opens it through `node_ref`; every dialog also has a page behind it. It
/// closes without scripts: the closing button is a form of method "dialog". Do not stack dialogs.
#[component]
pub fn Dialog(
    #[prop(into)] id: String,
    #[prop(into)] title: String,
    #[prop(into)] close_label: String,
    #[prop(optional)] kind: DialogKind,
    #[prop(optional)] node_ref: NodeRef<html::Dialog>,
    /// The buttons.
    #[prop(optional)]
    foot: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let class = match kind {
        DialogKind::Middle => "dialog",
        DialogKind::Side => "drawer",
    };
    let title_id = format!("{id}-title");
    view! {
        <dialog class=class id=id aria-labelledby=title_id node_ref=node_ref>
            <div class="inner">
                <div class="dialog-head">
                    <h2 id=title_id.clone()>{title}</h2>
                    <form method="dialog">
                        <button class="iconbtn" aria-label=close_label.clone() title=close_label>
                            <Icon glyph=Glyph::Close/>
                        </button>
                    </form>
                </div>
                {children()}
                {foot.map(|foot| view! { <div class="dialog-foot">{foot}</div> })}
            </div>
        </dialog>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html;

    #[test]
    fn a_dialog_is_named_by_its_title_and_closes_by_a_form() {
        let html = html(|| view! { <Dialog id="keep" title="Keep it?" close_label="Close">"Body"</Dialog> });
        assert!(html.contains(r#"<dialog id="keep" aria-labelledby="keep-title" class="dialog">"#), "{html}");
        assert!(html.contains(r#"<h2 id="keep-title">Keep it?</h2><form method="dialog">"#), "{html}");
        assert!(html.contains(r#"aria-label="Close""#), "{html}");
        assert!(!html.contains("dialog-foot"), "{html}");
    }
}
