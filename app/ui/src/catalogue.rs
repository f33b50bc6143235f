//! Every component in its states, for the page `/ui` of a development build. The words are samples.

mod controls;
mod displays;

use leptos::prelude::*;

use crate::{Plate, PlateKind};

/// The catalogue of the design system.
#[component]
pub fn Catalogue() -> impl IntoView {
    view! {
        <div class="wrap cp">
            <header class="cp-head">
                <Plate kind=PlateKind::Brand>"门牌"</Plate>
                <h1>"组件 Components"</h1>
            </header>
            {displays::signs()}
            {controls::buttons()}
            {controls::fields()}
            {controls::choices()}
            {controls::ranges()}
            {displays::tags()}
            {displays::cards()}
            {displays::notices()}
            {displays::waiting()}
            {controls::overlays()}
            {displays::tables()}
            {controls::ways()}
            {displays::steps()}
            {displays::charts()}
            {displays::photos()}
            {displays::empties()}
        </div>
    }
    .into_any()
}

fn section(title: &'static str, body: impl IntoView + 'static) -> AnyView {
    view! { <section class="stack"><h2>{title}</h2> {body.into_any()}</section> }.into_any()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::testing::html;

    fn catalogue() -> String {
        html(|| view! { <Catalogue/> })
    }

    fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
        let start = format!(" {name}=\"");
        html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    fn stylesheet(folder: &Path) -> String {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries
            .map(|path| match path.extension() {
                Some(end) if end == "scss" => fs::read_to_string(path).unwrap(),
                None => stylesheet(&path),
                _ => String::new(),
            })
            .collect()
    }

    #[test]
    fn no_component_writes_a_style_attribute() {
        assert!(!catalogue().contains("style="));
    }

    #[test]
    fn every_class_is_in_the_stylesheet() {
        let style = stylesheet(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../style"));
        let defined: BTreeSet<_> = style
            .split('.')
            .skip(1)
            .filter_map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next())
            .collect();
        let html = catalogue();
        let used: BTreeSet<_> = attributes(&html, "class").into_iter().flat_map(str::split_whitespace).collect();
        let missing: Vec<_> =
            used.iter().filter(|class| !defined.contains(*class) && !class.starts_with("av--h")).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn ids_are_unique_and_labels_and_descriptions_point_at_them() {
        let html = catalogue();
        let ids = attributes(&html, "id");
        let unique: BTreeSet<_> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len());
        for name in ["for", "aria-describedby", "aria-labelledby"] {
            for id in attributes(&html, name) {
                assert!(unique.contains(id), "{name} points at {id}, which is not there");
            }
        }
    }
}
