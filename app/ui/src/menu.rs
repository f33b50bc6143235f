//! Panels that open without scripts: `<details>`, one of a group at a time.

use leptos::prelude::*;

use crate::classes::{join, when};
use crate::{ButtonKind, Glyph, Icon};

/// A button with a panel under it. Menus of one `group` close each other.
#[component]
pub fn Menu(
    #[prop(into)] label: String,
    #[prop(optional, into)] group: Option<String>,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] icon: Option<Glyph>,
    /// Shows the icon alone; the label becomes its name.
    #[prop(optional)]
    icon_only: bool,
    /// The panel hangs from the far edge.
    #[prop(optional)]
    end: bool,
    #[prop(optional)] class: &'static str,
    children: Children,
) -> impl IntoView {
    let summary = if icon_only {
        let glyph = icon.unwrap_or(Glyph::More);
        view! { <summary class="iconbtn" aria-label=label.clone() title=label><Icon glyph/></summary> }.into_any()
    } else {
        view! {
            <summary class=join(&["btn", kind.class()])>
                {icon.map(|glyph| view! { <Icon glyph/> })}
                {label}
                <Icon glyph=Glyph::Down small=true/>
            </summary>
        }
        .into_any()
    };
    view! {
        <details class=join(&["menu", when(end, "menu--end"), class]) name=group>
            {summary}
            <div class="menu-panel">{children()}</div>
        </details>
    }
    .into_any()
}

/// A line of a menu that goes somewhere.
#[component]
pub fn MenuLink(
    #[prop(into)] href: String,
    #[prop(optional)] icon: Option<Glyph>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="menu-item" href=href>
            {icon.map(|glyph| view! { <Icon glyph/> })}
            {children()}
        </a>
    }
}

/// A line of a menu that does something: a submit button of the form around it.
#[component]
pub fn MenuButton(
    #[prop(optional, into)] name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional)] icon: Option<Glyph>,
    children: Children,
) -> impl IntoView {
    view! {
        <button class="menu-item" type="submit" name=name value=value>
            {icon.map(|glyph| view! { <Icon glyph/> })}
            {children()}
        </button>
    }
}

/// One filter of a bar: its name, what is chosen, and a panel with the fields.
#[component]
pub fn FilterMenu(
    #[prop(into)] label: String,
    /// What is chosen, in few words.
    #[prop(optional, into)]
    value: MaybeProp<String>,
    #[prop(into)] group: String,
    #[prop(optional)] wide: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <details class=join(&["menu", "fmenu", when(wide, "fmenu--wide")]) name=group>
            <summary class="fbtn">
                <span>{label}</span>
                {move || value.get().map(|value| view! { <b>{value}</b> })}
                <Icon glyph=Glyph::Down small=true/>
            </summary>
            <div class="menu-panel">{children()}</div>
        </details>
    }
    .into_any()
}

/// All filters behind one button: a panel as wide as the nearest positioned box, on phones a sheet from
/// the bottom that a tap beside it closes.
#[component]
pub fn FilterSheet(
    #[prop(into)] label: String,
    /// Number of conditions in force; nothing is shown at 0.
    #[prop(optional, into)]
    count: Signal<u32>,
    /// Clear, and show the results.
    foot: AnyView,
    #[prop(optional)] class: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <details class=join(&["fsheet", class])>
            <summary class="btn">
                <Icon glyph=Glyph::Filter/>
                {label}
                {move || (count.get() > 0).then(|| view! { <b class="num">{count.get()}</b> })}
            </summary>
            <div class="fsheet-panel">
                {children()}
                <div class="fsheet-foot">{foot}</div>
            </div>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html;

    #[test]
    fn menus_of_a_group_close_each_other_without_scripts() {
        let html = html(|| view! { <FilterMenu label="Price" value="300-750" group="f">"fields"</FilterMenu> });
        assert!(html.starts_with(r#"<details name="f" class="menu fmenu"><summary class="fbtn">"#), "{html}");
        assert!(html.contains("<b>300-750</b>"), "{html}");
    }

    #[test]
    fn a_menu_behind_an_icon_keeps_its_name() {
        let html = html(|| {
            view! {
                <Menu label="More" icon_only=true end=true>
                    <MenuLink href="/p" icon=Glyph::Print>"Print"</MenuLink>
                </Menu>
            }
        });
        assert!(html.contains(r#"<summary aria-label="More" title="More" class="iconbtn">"#), "{html}");
        assert!(html.contains(r#"<a href="/p" class="menu-item">"#), "{html}");
    }

    #[test]
    fn a_filter_sheet_counts_what_is_in_force() {
        let sheet = |count: u32| {
            html(move || view! { <FilterSheet label="Filter" count foot=().into_any()>"x"</FilterSheet> })
        };
        assert!(sheet(5).contains(r#"<b class="num">5</b>"#));
        assert!(!sheet(0).contains("<b"));
    }
}
