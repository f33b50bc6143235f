//! The file store, in a folder and in a bucket of a real S3 server where `MENPAI_TEST_S3` names one; rows and bytes
//! that fit, and bytes that nothing uses.

use crate::firm::{Firm, on_each_engine, scope, system};
use bytes::Bytes;
use futures::TryStreamExt;
use services::{Moment, verify};
use std::sync::atomic::{AtomicU32, Ordering};
use store::file::{self, Bucket, Digest, Files, SPARED_MS, Stored};

/// A bucket of the test's own, where there is a server: `http://KEY:SECRET@HOST/BUCKET`.
fn bucket() -> Option<Files> {
    let Some(server) = std::env::var_os("MENPAI_TEST_S3") else {
        eprintln!("skipped: MENPAI_TEST_S3 names no S3 server");
        return None;
    };
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let server = server.into_string().expect("an address");
    let (key, rest) = server.trim_start_matches("http://").split_once('@').expect("a key");
    let (host, name) = rest.split_once('/').expect("a bucket");
    let (id, secret) = key.split_once(':').expect("a secret");
    let prefix = format!("tests/{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let bucket = Bucket {
        name: name.to_owned(),
        prefix,
        endpoint: Some(format!("http://{host}")),
        region: None,
        key: Some((id.to_owned(), secret.to_owned())),
    };
    Some(Files::bucket(&bucket).expect("opens"))
}

/// Runs a test on a folder and, where there is one, on a bucket.
async fn on_each_store(test: impl AsyncFn(Files)) {
    let folder = tempfile::tempdir().expect("a folder");
    test(Files::folder(folder.path().join("not made yet"))).await;
    if let Some(bucket) = bucket() {
        test(bucket).await;
    }
}

async fn part(files: &Files, digest: &Digest, range: std::ops::Range<u64>) -> Vec<u8> {
    let stream = files.stream(digest, range).await.expect("answers").expect("is there");
    let chunks: Vec<Bytes> = stream.try_collect().await.expect("comes");
    chunks.concat()
}

#[tokio::test]
async fn contents_are_kept_under_their_hash_and_given_back_whole_or_in_part() {
    on_each_store(async |files| {
        let bytes = Bytes::from((0..100_000_u32).flat_map(u32::to_le_bytes).collect::<Vec<_>>());
        let digest = files.put(bytes.clone()).await.expect("keeps");
        assert_eq!(digest, Digest::of(&bytes));
        assert_eq!(files.put(bytes.clone()).await.expect("keeps"), digest, "twice is once");
        assert_eq!(files.read(&digest).await.expect("reads").expect("is there"), bytes);
        assert_eq!(part(&files, &digest, 7..20_001).await, bytes[7..20_001]);
        assert_eq!(part(&files, &digest, 399_999..400_000).await, bytes[399_999..]);
        let stored = files.list().await.expect("lists");
        assert_eq!(stored.iter().map(|found| (found.digest, found.size)).collect::<Vec<_>>(), [(digest, 400_000)]);
        let absent = Digest::of(b"never");
        assert_eq!(files.read(&absent).await.expect("answers"), None);
        assert!(files.stream(&absent, 0..1).await.expect("answers").is_none());
        assert_eq!(files.look(&absent).await.expect("answers"), None);
        files.remove(&digest).await.expect("removes");
        files.remove(&digest).await.expect("is gone already");
        assert_eq!(files.look(&digest).await.expect("answers"), None);
    })
    .await;
}

#[tokio::test]
async fn no_name_leads_out_of_the_store() {
    for text in
        ["", "..", "../../key", &"g".repeat(64), &"A".repeat(64), &"a".repeat(63), &format!("{}/", "a".repeat(63))]
    {
        assert_eq!(Digest::parse(text), None, "{text}");
    }
    assert!(Digest::parse(&"a".repeat(64)).is_some());
}

#[tokio::test]
async fn a_bucket_that_is_not_there_is_a_fault_and_not_an_absent_file() {
    let nowhere = Bucket {
        name: "x".into(),
        prefix: String::new(),
        endpoint: Some("http://127.0.0.1:1".into()),
        region: None,
        key: Some(("hush".into(), "hush".into())),
    };
    assert!(!format!("{nowhere:?}").contains("hush"));
    let files = Files::bucket(&nowhere).expect("opens");
    let asked = tokio::time::timeout(std::time::Duration::from_millis(300), files.read(&Digest::of(b"x"))).await;
    assert!(!matches!(asked, Ok(Ok(_))), "{asked:?}");
}

async fn with_row(firm: &Firm, files: Files, text: &'static [u8]) -> (store::Db, Digest) {
    let db = firm.open().await.with_files(files);
    let digest = db.files().put(Bytes::from_static(text)).await.expect("keeps");
    let stored = Stored { digest, size: text.len() as u64, kind: domain::media::FileKind::Jpeg };
    db.write(async |tx| file::keep(&tx, Moment(1), &system(), &[stored, stored]).await).await.expect("writes");
    (db, digest)
}

async fn files_check(db: &store::Db) -> verify::Check {
    let found = verify::run(db, &system()).await.expect("looks");
    found.checks.into_iter().find(|check| check.name == "files").expect("is made")
}

#[tokio::test]
async fn a_missing_or_changed_file_is_found_by_verify() {
    on_each_engine(async |firm: Firm| {
        let folder = firm.folder.path().join("files");
        let (db, digest) = with_row(&firm, Files::folder(&folder), b"a photo").await;
        assert!(files_check(&db).await.ok);
        let text = digest.to_string();
        let path = folder.join(&text[..2]).join(&text[2..]);
        std::fs::write(&path, b"b photo").expect("damages");
        let check = files_check(&db).await;
        assert!(!check.ok && check.detail.contains("is not what was stored"), "{check:?}");
        std::fs::remove_file(&path).expect("removes");
        let check = files_check(&db).await;
        assert!(!check.ok && check.count == 1 && check.detail.contains("is missing"), "{check:?}");
    })
    .await;
}

#[tokio::test]
async fn only_what_no_row_names_is_swept_and_not_before_a_day() {
    let test = async |firm: Firm, files: Files| {
        let (db, used) = with_row(&firm, files, b"used").await;
        let stray = db.files().put(Bytes::from_static(b"stray")).await.expect("keeps");
        let now = Moment::now();
        assert_eq!(file::sweep(&db, &scope(), now).await.expect("sweeps"), 0, "somebody may be writing its row");
        let tomorrow = Moment(now.0 + SPARED_MS + 60_000);
        assert_eq!(file::sweep(&db, &scope(), tomorrow).await.expect("sweeps"), 1);
        assert!(db.files().look(&used).await.expect("answers").is_some());
        assert!(db.files().look(&stray).await.expect("answers").is_none());
    };
    on_each_engine(async |firm: Firm| {
        let folder = firm.folder.path().join("files");
        test(firm, Files::folder(folder)).await;
    })
    .await;
    if let Some(bucket) = bucket() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = store::Location { folder: folder.path().join("data"), url: None };
        test(Firm { at, folder }, bucket).await;
    }
}
