//! The copy of a person's data as one ZIP file: `data.json` for programs, `index.html` to read, `files/` beside them.

use app::shell::copy_page;
use domain::{Error, Lang};
use services::copy::{CopiedFile, Copy};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Packs a copy; the page is in this language.
pub(super) fn zipped(lang: Lang, copy: &Copy) -> Result<Vec<u8>, Error> {
    packed(lang, copy).map_err(|error| {
        tracing::error!(%error, "a copy could not be packed");
        Error::Busy
    })
}

fn packed(lang: Lang, copy: &Copy) -> std::io::Result<Vec<u8>> {
    let Copy { data, files } = copy;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // Nothing is pressed: a copy is small, and pictures are pressed already.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let names = distinct(files);
    let data_text = serde_json::to_string_pretty(data)?;
    zip.start_file("data.json", options)?;
    zip.write_all(data_text.as_bytes())?;
    zip.start_file("index.html", options)?;
    zip.write_all(copy_page(lang, data, &names).as_bytes())?;
    for (name, file) in names.iter().zip(files) {
        zip.start_file(format!("files/{name}"), options)?;
        zip.write_all(&file.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Names without folders, none twice.
fn distinct(files: &[CopiedFile]) -> Vec<String> {
    let plain = |name: &str| -> String {
        let name: String = name.chars().map(|c| if c.is_control() || "/\\:".contains(c) { '_' } else { c }).collect();
        if name.trim_matches('.').is_empty() { "file".to_owned() } else { name }
    };
    let mut names: Vec<String> = Vec::new();
    for (n, file) in files.iter().enumerate() {
        let name = plain(&file.name);
        names.push(if names.contains(&name) { format!("{}-{name}", n + 1) } else { name });
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn a_copy_opens_again_and_no_name_leaves_its_folder() {
        let file = |name: &str| CopiedFile { name: name.into(), bytes: b"x".to_vec() };
        let data = serde_json::json!({ "phone": "+8613800162041", "name": "<b>林</b>" });
        let files = vec![file("../../etc/passwd"), file("证书.pdf"), file("证书.pdf"), file("..")];
        let bytes = zipped(Lang::Zh, &Copy { data: data.clone(), files }).unwrap();
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
        assert_eq!(names.len(), 6, "{names:?}");
        assert!(names.iter().all(|name| !name.contains("..\u{2f}") && !name.starts_with('/')), "{names:?}");
        let mut text = String::new();
        zip.by_name("data.json").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), data);
        text.clear();
        zip.by_name("index.html").unwrap().read_to_string(&mut text).unwrap();
        assert!(text.contains("手机号") && text.contains("&lt;b&gt;林") && text.contains("files/证书.pdf"), "{text}");
    }
}
