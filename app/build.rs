//! Turns `locales/<lang>/<slice>.toml` into functions: `texts::gallery::title(lang, place)`.
//!
//! A key that one language lacks, or whose placeholders differ, stops the build, so every text is complete in
//! every language. A text that no code asks for costs the browser nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

const LANGUAGES: [(&str, &str); 2] = [("zh-CN", "Zh"), ("en", "En")];

type Texts = BTreeMap<String, String>;

#[path = "build/handbook.rs"]
mod handbook;

fn main() {
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=handbook");
    println!("cargo::rerun-if-changed={}", handbook::PICTURES);
    handbook::write();
    let mut out = String::new();
    let slices = names(Path::new("locales/zh-CN"));
    assert_eq!(slices, names(Path::new("locales/en")), "both languages need the same files");
    for slice in &slices {
        let languages: Vec<(&str, Texts)> =
            LANGUAGES.iter().map(|(code, variant)| (*variant, read(code, slice))).collect();
        let _ = writeln!(out, "/// Texts of `{slice}`.\npub mod {slice} {{\n    use domain::Lang;\n");
        let first = &languages[0].1;
        for (variant, texts) in &languages {
            let missing: Vec<_> = first.keys().filter(|k| !texts.contains_key(*k)).collect();
            let extra: Vec<_> = texts.keys().filter(|k| !first.contains_key(*k)).collect();
            assert!(
                missing.is_empty() && extra.is_empty(),
                "{slice} in {variant}: missing {missing:?}, extra {extra:?}"
            );
        }
        for key in first.keys() {
            function(&mut out, slice, key, &languages);
        }
        out.push_str("}\n");
    }
    let target = Path::new(&env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("texts.rs");
    fs::write(target, out).expect("OUT_DIR is writable");
}

fn names(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_str()?.to_owned()))
        .collect()
}

fn read(language: &str, slice: &str) -> Texts {
    let path = format!("locales/{language}/{slice}.toml");
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    toml::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// One text: a constant where it has no placeholder, else a function of its placeholders.
fn function(out: &mut String, slice: &str, key: &str, languages: &[(&str, Texts)]) {
    let holes = placeholders(&languages[0].1[key]);
    for (variant, texts) in languages {
        assert_eq!(placeholders(&texts[key]), holes, "{slice}.{key} in {variant}: other placeholders");
    }
    let (zh, arguments) = (&languages[0].1[key], holes.iter().collect::<Vec<_>>());
    let _ = writeln!(out, "    #[doc = {zh:?}]");
    if arguments.is_empty() {
        let _ = writeln!(out, "    pub const fn {key}(lang: Lang) -> &'static str {{\n        match lang {{");
    } else {
        let list: String =
            arguments.iter().fold(String::new(), |list, name| list + &format!(", {name}: impl std::fmt::Display"));
        let _ = writeln!(out, "    pub fn {key}(lang: Lang{list}) -> String {{\n        match lang {{");
    }
    for (variant, texts) in languages {
        let text = &texts[key];
        let value = if arguments.is_empty() { format!("{text:?}") } else { format!("format!({text:?})") };
        let _ = writeln!(out, "            Lang::{variant} => {value},");
    }
    out.push_str("        }\n    }\n");
}

fn placeholders(text: &str) -> BTreeSet<String> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned()).collect()
}
