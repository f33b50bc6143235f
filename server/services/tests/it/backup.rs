//! Backups: complete, checked, and restored only where they belong.

use crate::firm::{Firm, drop_database, new_database, on_each_engine, system};
use services::backup::{BackupError, Lock, SealFault, Unlock, back_up, restore};
use services::import::{self, Kind, Request};
use services::{Moment, city, verify};
use std::path::Path;
use store::file::Files;
use store::{Db, Location};

async fn filled(firm: &Firm) -> Db {
    let db = firm.open().await;
    let text = "小区,区域,商圈,建筑面积,总价,抵押信息\n香悦花苑,鄞州,姜山,80㎡,200万,有抵押 鄞州银行 20万\n";
    let (file, city) = (firm.file("a.csv", text), city::by_slug("ningbo").expect("a city"));
    let request = Request { kind: Kind::Listings, file, city, map: String::new(), dry_run: false };
    import::run(&db, &system(), &request, |_| ()).await.expect("imports");
    db
}

/// Where a firm of the same engine can be restored to.
async fn elsewhere(firm: &Firm) -> Location {
    let folder = firm.folder.path().join("restored");
    let server = std::env::var_os("MENPAI_TEST_POSTGRES").and_then(|server| server.into_string().ok());
    match (&firm.at.url, server) {
        (Some(_), Some(server)) => Location { folder, url: Some(new_database(&server).await) },
        _ => Location { folder, url: None },
    }
}

async fn leave(at: &Location) {
    if let (Some(url), Some(server)) = (&at.url, std::env::var_os("MENPAI_TEST_POSTGRES")) {
        drop_database(&server.into_string().expect("an address"), url).await;
    }
}

fn files(at: &Location) -> Files {
    Files::folder(at.folder.join("files"))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("reads");
    let mut names: Vec<String> =
        entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn what_was_backed_up_can_be_restored_and_verified() {
    on_each_engine(async |firm: Firm| {
        let db = filled(&firm).await;
        let file = firm.folder.path().join("b.tar");
        let made = back_up(&db, &system(), Moment::now(), &file, &Lock::Open).await.expect("backs up");
        assert_eq!((made.counts["listing"], made.counts["audit"]), (1, 1));
        let beside: Vec<String> = names(firm.folder.path());
        assert_eq!(beside, ["a.csv", "b.tar", "data"], "nothing unfinished is left");
        #[cfg(unix)]
        {
            let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata().expect("is there").permissions());
            assert_eq!(mode & 0o777, 0o600, "it holds the key file");
        }
        let at = elsewhere(&firm).await;
        std::fs::create_dir(&at.folder).expect("makes");
        std::fs::write(at.folder.join("menpai.toml"), "").expect("writes");
        assert_eq!(restore(&at, &files(&at), &file, &Unlock::Open).await.expect("restores"), made);
        let restored = Db::open(&at).await.expect("opens");
        let verified = verify::run(&restored, &system()).await.expect("looks");
        assert!(verified.ok, "{verified:?}");
        let again = back_up(&restored, &system(), Moment::now(), &file, &Lock::Open).await.expect("backs up");
        assert_eq!(again.counts, made.counts);
        restored.close().await.expect("closes");
        leave(&at).await;
    })
    .await;
}

#[tokio::test]
async fn a_full_folder_is_left_alone() {
    on_each_engine(async |firm: Firm| {
        let db = filled(&firm).await;
        let file = firm.folder.path().join("b.tar");
        back_up(&db, &system(), Moment::now(), &file, &Lock::Open).await.expect("backs up");
        let before = names(&firm.at.folder);
        let refused = restore(&firm.at, &files(&firm.at), &file, &Unlock::Open).await.expect_err("is refused");
        assert!(matches!(refused, BackupError::FolderNotEmpty(_)) && refused.is_refusal());
        assert_eq!(names(&firm.at.folder), before);
        if firm.at.url.is_some() {
            let at = Location { folder: firm.folder.path().join("new"), url: firm.at.url.clone() };
            let refused = restore(&at, &files(&at), &file, &Unlock::Open).await.expect_err("is refused");
            assert!(refused.is_refusal(), "{refused}");
            assert!(names(&at.folder).is_empty());
        }
    })
    .await;
}

#[tokio::test]
async fn a_damaged_backup_is_found_out_before_anything_is_written() {
    on_each_engine(async |firm: Firm| {
        let db = filled(&firm).await;
        let file = firm.folder.path().join("b.tar");
        back_up(&db, &system(), Moment::now(), &file, &Lock::Open).await.expect("backs up");
        let whole = std::fs::read(&file).expect("reads");
        let key = std::fs::read(firm.at.folder.join("key")).expect("reads");
        let mut flipped = whole.clone();
        let at = flipped.windows(key.len()).position(|bytes| bytes == key).expect("holds the key");
        flipped[at] ^= 1;
        for broken in [&flipped[..], &whole[..whole.len() / 2], b"neither tar nor anything"] {
            std::fs::write(&file, broken).expect("writes");
            let at = Location { folder: firm.folder.path().join("new"), url: None };
            let refused = restore(&at, &files(&at), &file, &Unlock::Open).await.expect_err("is refused");
            assert!(matches!(refused, BackupError::Damaged(_)), "{refused:?}");
            assert!(!at.folder.exists());
        }
    })
    .await;
}

#[tokio::test]
async fn backups_of_another_engine_or_a_newer_program_are_refused() {
    on_each_engine(async |firm: Firm| {
        let db = filled(&firm).await;
        let file = firm.folder.path().join("b.tar");
        back_up(&db, &system(), Moment::now(), &file, &Lock::Open).await.expect("backs up");
        let other = firm.at.url.is_none().then(|| "postgres://nobody@127.0.0.1:1/none".to_owned());
        let at = Location { folder: firm.folder.path().join("new"), url: other };
        let refused = restore(&at, &files(&at), &file, &Unlock::Open).await.expect_err("is refused");
        assert!(matches!(refused, BackupError::OtherEngine { .. }), "{refused:?}");
        firm.damage("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29991231_000001_later', 0)").await;
        back_up(&db, &system(), Moment::now(), &file, &Lock::Open).await.expect("backs up");
        let at = Location { folder: firm.folder.path().join("new"), url: firm.at.url.clone() };
        let refused = restore(&at, &files(&at), &file, &Unlock::Open).await.expect_err("is refused");
        assert!(matches!(refused, BackupError::Newer { .. }) && refused.is_refusal(), "{refused:?}");
    })
    .await;
}

/// A firm is backed up for `lock`; everything in `wrong` is refused as told and writes nothing, `right` restores it.
async fn locked(lock: &Lock, wrong: &[(Unlock, SealFault)], right: &Unlock) {
    on_each_engine(async |firm: Firm| {
        let db = filled(&firm).await;
        let file = firm.folder.path().join("b.age");
        let made = back_up(&db, &system(), Moment::now(), &file, lock).await.expect("backs up");
        let bytes = std::fs::read(&file).expect("reads");
        let key = std::fs::read(firm.at.folder.join("key")).expect("reads");
        assert!(bytes.starts_with(b"age-encryption.org/v1"));
        for plain in [&key[..], b"manifest.json", "香悦花苑".as_bytes()] {
            assert!(!bytes.windows(plain.len()).any(|found| found == plain), "nothing stands there in plain");
        }
        let at = elsewhere(&firm).await;
        for (unlock, fault) in wrong {
            let refused = restore(&at, &files(&at), &file, unlock).await.expect_err("is refused");
            assert!(matches!(refused, BackupError::Sealed(told) if told == *fault), "{unlock:?}: {refused:?}");
            assert!(refused.is_refusal() && !at.folder.exists(), "{unlock:?}: nothing is written");
        }
        assert_eq!(restore(&at, &files(&at), &file, right).await.expect("restores"), made);
        let restored = Db::open(&at).await.expect("opens");
        assert!(verify::run(&restored, &system()).await.expect("looks").ok);
        restored.close().await.expect("closes");
        leave(&at).await;
        // A bit that has turned is found out before anything is written.
        let mut flipped = bytes.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 1;
        std::fs::write(&file, flipped).expect("writes");
        let at = Location { folder: firm.folder.path().join("new"), url: None };
        let refused = restore(&at, &files(&at), &file, right).await.expect_err("is refused");
        assert!(!at.folder.exists(), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn a_backup_for_a_recipient_is_opened_by_their_identity_alone() {
    use age::secrecy::ExposeSecret;
    let folder = tempfile::tempdir().expect("makes");
    let (own, other) = (age::x25519::Identity::generate(), age::x25519::Identity::generate());
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("writes");
        path
    };
    let right = file("own.txt", &format!("# created: today\n{}\n", own.to_string().expose_secret()));
    let wrong = file("other.txt", other.to_string().expose_secret());
    let nothing = file("nothing.txt", "neither key nor anything\n");
    let word = file("word.txt", "a long passphrase of somebody\n");
    let lock = Lock::To(vec![own.to_public().to_string()]);
    let faults = [
        (Unlock::Open, SealFault::Locked),
        (Unlock::Identity(wrong), SealFault::Wrong),
        (Unlock::Identity(nothing), SealFault::Identity),
        (Unlock::Passphrase(word), SealFault::Wrong),
    ];
    locked(&lock, &faults, &Unlock::Identity(right)).await;
}

#[tokio::test]
async fn a_backup_with_a_passphrase_is_opened_by_it_alone() {
    let folder = tempfile::tempdir().expect("makes");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("writes");
        path
    };
    let (right, wrong) = (file("a", "十六个字以上的一句口令，只有我知道\n"), file("b", "another long passphrase\n"));
    let short = file("c", "short\n");
    let faults = [
        (Unlock::Open, SealFault::Locked),
        (Unlock::Passphrase(wrong), SealFault::Wrong),
        (Unlock::Passphrase(short), SealFault::Passphrase),
    ];
    locked(&Lock::Passphrase(right.clone()), &faults, &Unlock::Passphrase(right)).await;
}

#[tokio::test]
async fn what_cannot_lock_a_backup_makes_none() {
    on_each_engine(async |firm: Firm| {
        let db = filled(&firm).await;
        let (file, short) = (firm.folder.path().join("b.age"), firm.file("short.txt", "short"));
        let absent = firm.folder.path().join("absent.txt");
        for lock in [
            Lock::To(vec![]),
            Lock::To(vec!["age1nobody".into()]),
            Lock::To(vec!["ssh-ed25519 AAAA".into()]),
            Lock::Passphrase(short),
            Lock::Passphrase(absent),
        ] {
            assert!(back_up(&db, &system(), Moment::now(), &file, &lock).await.is_err(), "{lock:?}");
            assert!(!file.exists());
        }
        back_up(&db, &system(), Moment::now(), &file, &Lock::Open).await.expect("backs up");
        let (at, key) = (elsewhere(&firm).await, firm.file("key.txt", "a long passphrase of somebody"));
        let refused = restore(&at, &files(&at), &file, &Unlock::Passphrase(key)).await.expect_err("is refused");
        assert!(matches!(refused, BackupError::Sealed(SealFault::NotLocked)), "{refused:?}");
        leave(&at).await;
    })
    .await;
}
