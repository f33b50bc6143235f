//! What is read from where, and what is shown of it.

use super::*;

fn kept(text: &str) -> (tempfile::TempDir, Config) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(FILE), text).unwrap();
    let flags = Config { data_dir: Some(folder.path().to_owned()), ..Config::default() };
    (folder, flags)
}

#[test]
fn flags_outrank_the_file_and_unknown_keys_are_refused_with_their_line() {
    let (_folder, flags) = kept("addr = \"127.0.0.1:4000\"\nlang = \"en\"\n");
    assert_eq!(flags.clone().complete(None).unwrap().addr().port(), 4000);
    let flags = Config { addr: Some(SocketAddr::from(([127, 0, 0, 1], 5000))), ..flags };
    let config = flags.complete(None).unwrap();
    assert_eq!((config.addr().port(), config.lang()), (5000, Lang::En));
    let (_folder, flags) = kept("addr = \"127.0.0.1:4000\"\ndatabase_uri = \"postgres://u:hush@h/d\"\n");
    for lang in ["en", "zh-CN"] {
        let refused = Config { lang: Some(lang.into()), ..flags.clone() }.complete(None).unwrap_err();
        assert!(refused.contains("database_uri") && refused.contains('2'), "{refused}");
        assert!(!refused.contains("hush"), "{refused}");
    }
}

#[test]
fn the_folder_is_not_told_by_its_own_file_but_by_one_that_is_named() {
    let (folder, flags) = kept("data_dir = \"elsewhere\"\n");
    assert!(flags.complete(None).unwrap_err().contains("data_dir"));
    let config = Config::default().complete(Some(&folder.path().join(FILE))).unwrap();
    assert_eq!(config.location().folder, Path::new("elsewhere"));
    assert!(Config::default().complete(Some(&folder.path().join("absent.toml"))).is_err());
}

#[test]
fn files_lie_in_a_folder_or_a_bucket_and_nowhere_else() {
    let files = |place: &str, secret: Option<&str>| {
        let (files, s3_key) = (Some(place.to_owned()), Some("AKIA1".to_owned()));
        Config { files, s3_key, s3_secret: secret.map(str::to_owned), ..Config::default() }.files()
    };
    let default = Config { data_dir: Some("d".into()), ..Config::default() }.files().unwrap();
    assert_eq!(default.path(), Some(Path::new("d/files")));
    assert_eq!(files("/srv/photos", None).unwrap().path(), Some(Path::new("/srv/photos")));
    assert_eq!(files("s3://homes/a/b", Some("s")).unwrap().path(), None);
    for (place, secret) in
        [("ftp://x", Some("s")), ("s3://", Some("s")), ("s3:///a", Some("s")), ("s3://homes", None)]
    {
        assert!(files(place, secret).is_err(), "{place}");
    }
}

#[test]
fn keys_and_passwords_of_gateways_are_never_shown() {
    let config = Config {
        sms_key: Some("s3cret-s3cret-s3cret".into()),
        mail_url: Some("smtps://u:s3cret@mail.example:465".into()),
        outbox: Some(true),
        ..Config::default()
    };
    let shown = config.shown();
    assert!(!shown.contains("s3cret") && shown.contains("smtps://u:***@mail.example:465"), "{shown}");
    assert!(toml::from_str::<Config>(&shown).is_ok_and(|read| read.outbox == Some(true)));
}

#[test]
fn what_would_go_in_plain_text_through_a_network_is_refused_unless_it_is_named() {
    let outside = "postgres://u:hush@db.example/m";
    let checked = "postgres://u:p@db.example/m?sslmode=verify-full&sslrootcert=/etc/ca.pem";
    let with = |url: &str, plain: &[&str]| {
        let plain_inside = plain.iter().map(|word| (*word).to_owned()).collect();
        let config = Config { database_url: Some(url.into()), plain_inside, ..Config::default() };
        config.complete(Some(Path::new("/dev/null")))
    };
    for good in [checked, "postgres://u:p@127.0.0.1/m"] {
        assert!(with(good, &[]).is_ok(), "{good}");
    }
    let refused = with(outside, &["metrics"]).unwrap_err();
    assert!(refused.contains("verify-full") && !refused.contains("hush"), "{refused}");
    assert!(with(outside, &["database"]).is_ok());
    let metrics = |addr: &str, plain: &[&str]| {
        let plain_inside = plain.iter().map(|word| (*word).to_owned()).collect();
        let config = Config { metrics_addr: addr.parse().ok(), plain_inside, ..Config::default() };
        config.complete(Some(Path::new("/dev/null"))).is_ok()
    };
    assert!(metrics("127.0.0.1:9100", &[]) && metrics("0.0.0.0:9100", &["metrics"]));
    assert!(!metrics("0.0.0.0:9100", &[]) && !metrics("10.0.0.7:9100", &["database"]));
    let (_folder, flags) = kept("plain_inside = [\"database\"]\ndatabase_url = \"postgres://u@db.example/m\"\n");
    assert!(flags.complete(None).is_ok());
}

#[test]
fn a_password_is_never_shown() {
    for password in ["s3cret", "s3:cr@t", "s3?cr/t"] {
        let url = Some(format!("postgres://u:{password}@db:5432/m?sslpassword=s3"));
        let shown = Config { database_url: url, ..Config::default() }.shown();
        assert!(shown.contains("postgres://u:***@db:5432/m") && !shown.contains("s3"), "{shown}");
        assert!(toml::from_str::<Config>(&shown).is_ok());
    }
    assert_eq!(without_password("postgres://db/m?password=s3@x"), "postgres://db:***@x");
    let bucket = Config {
        files: Some("s3://homes/menpai".into()),
        s3_endpoint: Some("https://u:hush@s3.example".into()),
        s3_key: Some("AKIA1".into()),
        s3_secret: Some("hush".into()),
        ..Config::default()
    };
    let shown = bucket.shown();
    assert!(shown.contains("s3://homes/menpai") && shown.contains("AKIA1") && !shown.contains("hush"), "{shown}");
}
