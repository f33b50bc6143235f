//! Commands without a server: what they do, what they say, how they end.

use crate::menpai::{Firm, command, counts, end, homes, kill_midway};

#[test]
fn a_firm_is_made_filled_backed_up_restored_and_verified() {
    let firm = Firm::migrated();
    let (file, report) = (firm.file("a.csv", &homes(20)), firm.path("r.json"));
    let import = ["import", "listings", &file, "--city", "ningbo", "--report", &report];
    let done = firm.run(&import);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(done.out.contains("20 taken in"), "{done:?}");
    assert_eq!(counts(&report), [20, 20, 0, 0]);
    assert_eq!(firm.run(&import).code, Some(0));
    assert_eq!(counts(&report), [20, 0, 20, 0]);
    let backup = firm.path("b.tar");
    assert_eq!(firm.run(&["backup", &backup]).code, Some(0));
    let restored = firm.path("restored");
    let words = ["restore", &backup, "--data-dir", &restored];
    assert_eq!(end(command(&words)).code, Some(0));
    let verified = end(command(&["verify", "--data-dir", &restored]));
    assert_eq!((verified.code, verified.json()["ok"].as_bool()), (Some(0), Some(true)), "{verified:?}");
    assert_eq!(end(command(&words)).code, Some(3), "the folder is full now");
}

#[test]
fn the_report_is_a_table_too_where_its_name_says_so() {
    let firm = Firm::migrated();
    let file = firm.file("a.csv", &(homes(3) + "花园1,鄞州区 姜山,3室,九十㎡,100万,X\n"));
    let report = firm.path("r.csv");
    let done = firm.run(&["import", "listings", &file, "--city", "ningbo", "--report", &report, "--dry-run"]);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert_eq!(counts(firm.path("r.json")), [4, 3, 0, 1]);
    let table = std::fs::read_to_string(report).expect("is there");
    assert!(table.starts_with('\u{feff}') && table.contains("area_unreadable"), "{table}");
    assert_eq!(firm.run(&["import", "listings", &file, "--city", "ningbo"]).out.matches("3 taken in").count(), 1);
}

#[test]
fn an_import_that_was_killed_loses_nothing_and_goes_on() {
    let firm = Firm::migrated();
    let (file, report) = (firm.file("a.csv", &homes(20_000)), firm.path("r.json"));
    let import = ["import", "listings", &file, "--city", "ningbo", "--report", &report];
    kill_midway(&firm, &import);
    let done = firm.run(&import);
    assert_eq!((done.code, counts(&report)), (Some(0), [20_000, 20_000, 0, 0]), "{done:?}");
    assert!(done.out.contains("resumed after line"), "{done:?}");
    let verified = firm.run(&["verify"]);
    assert_eq!(verified.code, Some(0), "{verified:?}");
}

#[test]
fn demo_and_communities_go_in() {
    let firm = Firm::migrated();
    let accounts = firm.path("accounts.json");
    let done = firm.run(&["demo", "--size", "small", "--accounts", &accounts]);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(std::fs::read_to_string(accounts).expect("is there").starts_with('['));
    let file = firm.file("c.csv", "小区,区域,商圈\n香悦花苑,鄞州区,姜山\n");
    let done = firm.run(&["import", "communities", &file, "--city", "ningbo"]);
    assert!(done.code == Some(0) && done.out.contains("1 taken in"), "{done:?}");
    assert_eq!(firm.run(&["verify"]).code, Some(0));
}

#[test]
fn films_and_photos_go_in_by_folder_and_come_back_from_a_backup() {
    let firm = Firm::migrated();
    let file = firm.file("a.csv", &homes(2));
    assert_eq!(firm.run(&["import", "listings", &file, "--city", "ningbo"]).code, Some(0));
    let code = format!("FY-{}-0001", services::Moment::now().day().format("%Y%m"));
    let (photos, report) = (firm.path("photos"), firm.path("r.json"));
    let home = std::path::Path::new(&photos).join(&code);
    std::fs::create_dir_all(&home).expect("makes");
    std::fs::write(home.join("walk.mp4"), include_bytes!("../../services/data/demo-film.mp4")).expect("writes");
    std::fs::write(home.join("notes.txt"), "call the owner").expect("writes");
    let import = ["import", "photos", &photos, "--city", "ningbo", "--report", &report];
    let done = firm.run(&import);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(done.out.contains("2 read, 1 taken in, 0 there already, 1 refused"), "{done:?}");
    assert!(done.out.contains(&format!("{code}/notes.txt: ")), "{done:?}");
    let told: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&report).expect("is there")).expect("is JSON");
    assert_eq!((&told["read"], &told["taken"], &told["refused"]), (&2.into(), &1.into(), &1.into()));
    assert!(firm.run(&import).out.contains("0 taken in, 1 there already"));
    assert_eq!(firm.run(&["import", "photos", &firm.path("absent"), "--city", "ningbo"]).code, Some(2));
    let backup = firm.path("b.tar");
    assert_eq!(firm.run(&["backup", &backup]).code, Some(0));
    let restored = firm.path("restored");
    assert_eq!(end(command(&["restore", &backup, "--data-dir", &restored])).code, Some(0));
    let files = std::path::Path::new(&restored).join("files");
    assert_eq!(std::fs::read_dir(&files).expect("is there").count(), 1);
    assert_eq!(end(command(&["verify", "--data-dir", &restored])).code, Some(0));
    std::fs::remove_dir_all(files).expect("loses its files");
    let verified = end(command(&["verify", "--data-dir", &restored]));
    assert!(verified.code == Some(1) && verified.out.contains("is missing"), "{verified:?}");
    for (place, code) in [("ftp://x/y", 2), ("s3://", 2)] {
        assert_eq!(firm.run(&["verify", "--files", place]).code, Some(code), "{place}");
    }
}

#[test]
fn prices_and_states_are_changed_and_what_cannot_be_is_refused_with_its_reason() {
    let firm = Firm::migrated();
    let file = firm.file("a.csv", &homes(2));
    assert_eq!(firm.run(&["import", "listings", &file, "--city", "ningbo"]).code, Some(0));
    let month = services::Moment::now().day().format("%Y%m");
    let code = format!("FY-{month}-0001");
    let done = firm.run(&["reprice", &code, "98.5万", "--reason", "owner called"]);
    assert!(done.code == Some(0) && done.out.contains("1,000,000 yuan → 985,000 yuan (version 2)"), "{done:?}");
    let nobody = format!("FY-{month}-0099");
    for (words, code, why) in [
        (&["reprice", &code, "985000元"][..], 3, "the new price is the present one"),
        (&["reprice", &nobody, "90万"], 3, "there is no listing FY-"),
        (&["reprice", &code, "90"], 2, "its unit"),
        (&["reprice", &code, "0元"], 2, "out of range"),
        (&["reprice", "FY-1", "90万"], 2, "no listing code"),
        (&["state", &code, "vanished"], 2, "there are draft"),
        (&["state", &code, "sold"], 3, "is active and cannot become sold"),
        (&["state", &nobody, "paused"], 3, "there is no listing"),
    ] {
        let ended = firm.run(words);
        assert!(ended.code == Some(code) && ended.err.contains(why), "{words:?}: {ended:?}");
        let mut chinese = firm.command(words);
        chinese.env("MENPAI_LANG", "zh-CN");
        let ended = end(chinese);
        assert!(ended.code == Some(code) && !ended.err.contains(why), "{words:?}: {ended:?}");
    }
    let done = firm.run(&["state", &code, "withdrawn", "--reason", "keeps it"]);
    assert!(done.code == Some(0) && done.out.contains("active → withdrawn (version 3)"), "{done:?}");
    let ended = firm.run(&["state", &code, "active"]);
    assert!(ended.code == Some(3) && ended.err.contains("it can become nothing"), "{ended:?}");
    assert_eq!(firm.run(&["verify"]).code, Some(0));
}

#[test]
fn a_folder_may_be_called_anything() {
    let firm = Firm::in_folder("50% of? what#1 & 门牌");
    assert_eq!(firm.run(&["migrate"]).code, Some(0));
    let file = firm.file("a.csv", &homes(3));
    assert_eq!(firm.run(&["import", "listings", &file, "--city", "ningbo"]).code, Some(0));
    assert_eq!(firm.run(&["verify"]).code, Some(0));
    assert!(firm.data.join("menpai.db").is_file());
    let backup = firm.path("b.tar");
    assert_eq!(firm.run(&["backup", &backup]).code, Some(0));
    let server = firm.serve();
    assert!(server.get("/api/v1/listings").1.contains("\"total\":3"));
    let beside: Vec<_> = std::fs::read_dir(firm.data.parent().expect("a folder")).expect("reads").collect();
    assert_eq!(beside.len(), 3, "nothing else was made: {beside:?}");
}

#[test]
fn a_refusal_is_told_in_the_language_of_the_terminal() {
    let firm = Firm::migrated();
    let held = std::fs::File::open(firm.data.join("lock")).expect("is there");
    held.try_lock().expect("nobody has it");
    for (lang, words) in [("en", "another menpai process"), ("zh-CN", "另一个 menpai 进程")] {
        let mut command = firm.command(&["verify"]);
        command.env("MENPAI_LANG", lang);
        let ended = end(command);
        assert!(ended.code == Some(3) && ended.err.contains(words), "{ended:?}");
    }
    drop(held);
    std::fs::write(firm.data.join("key"), "x").expect("writes");
    let mut command = firm.command(&["demo"]);
    command.env("MENPAI_LANG", "zh-CN");
    let ended = end(command);
    assert!(ended.code == Some(3) && ended.err.contains("不是密钥文件"), "{ended:?}");
}

#[test]
fn what_cannot_be_used_ends_with_2_and_says_why() {
    let firm = Firm::migrated();
    let (text, odd) = (firm.file("a.csv", "x"), firm.file("b.csv", "甲,乙\n一,二\n"));
    for (words, why) in [
        (&["swim"][..], "swim"),
        (&["import", "cats", &text, "--city", "ningbo"], "cats"),
        (&["import", "listings", &text, "--city", "atlantis"], "atlantis"),
        (&["import", "listings", "/nowhere.csv", "--city", "ningbo"], "/nowhere.csv"),
        (&["import", "listings", &odd, "--city", "ningbo"], "--map"),
        (&["import", "listings", &odd, "--city", "ningbo", "--map", "甲=gold"], "gold"),
        (&["import", "listings", &text, "--city", "ningbo", "--report", "/nowhere/r.json"], "/nowhere/r.json"),
        (&["restore", "/nowhere.tar"], "/nowhere.tar"),
        (&["serve", "--addr", "127.0.0.1:0", "--tls-cert", "/x.pem"], "tls_key"),
        (&["verify", "--config", "/nowhere.toml"], "/nowhere.toml"),
    ] {
        let ended = firm.run(words);
        assert!(ended.code == Some(2) && ended.err.contains(why), "{words:?}: {ended:?}");
    }
}

#[test]
fn a_folder_without_data_is_refused_and_stays_away() {
    let firm = Firm::new();
    let file = firm.file("a.csv", &homes(1));
    for words in
        [&["verify"][..], &["serve"], &["backup", "b.tar"], &["import", "listings", &file, "--city", "ningbo"]]
    {
        let ended = firm.run(words);
        assert!(ended.code == Some(3) && ended.err.contains("menpai migrate"), "{words:?}: {ended:?}");
    }
    assert!(!firm.data.exists());
}

#[test]
fn damage_ends_with_1() {
    let firm = Firm::migrated();
    std::fs::write(firm.data.join("menpai.db"), b"this is no database, whatever its name says").expect("writes");
    let ended = firm.run(&["verify"]);
    assert_eq!((ended.code, ended.json()["ok"].as_bool()), (Some(1), Some(false)), "{ended:?}");
    let firm = Firm::migrated();
    let broken = firm.file("b.tar", "no backup");
    let ended = end(command(&["restore", &broken, "--data-dir", &firm.path("new")]));
    assert_eq!(ended.code, Some(1), "{ended:?}");
}

#[test]
fn another_key_file_is_refused() {
    let firm = Firm::migrated();
    std::fs::write(firm.data.join("key"), "7f".repeat(64)).expect("writes");
    let file = firm.file("a.csv", &homes(1));
    for words in
        [&["serve", "--addr", "127.0.0.1:0"][..], &["migrate"], &["import", "listings", &file, "--city", "ningbo"]]
    {
        let ended = firm.run(words);
        assert!(ended.code == Some(3) && ended.err.contains("key"), "{words:?}: {ended:?}");
    }
    assert_eq!(firm.run(&["verify"]).code, Some(1));
}

#[test]
fn flags_come_before_the_environment_and_that_before_the_file() {
    let firm = Firm::migrated();
    std::fs::write(
        firm.data.join("menpai.toml"),
        "addr = \"127.0.0.1:1001\"\npublic_origin = \"https://a.example\"\n",
    )
    .expect("writes");
    let shown = |words: &[&str], addr: Option<&str>| {
        let mut command = firm.command(words);
        command.envs(addr.map(|addr| ("MENPAI_ADDR", addr)));
        let ended = end(command);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        ended.out
    };
    let file = shown(&["config"], None);
    assert!(file.contains("127.0.0.1:1001") && file.contains("https://a.example"), "{file}");
    assert!(shown(&["config"], Some("127.0.0.1:1002")).contains("127.0.0.1:1002"));
    assert!(shown(&["config", "--addr", "127.0.0.1:1003"], Some("127.0.0.1:1002")).contains("127.0.0.1:1003"));
    let secret = shown(&["config", "--database-url", "postgres://u:secret@127.0.0.1/d"], None);
    assert!(secret.contains("u:***@127.0.0.1/d") && !secret.contains("secret"), "{secret}");
    std::fs::write(firm.data.join("menpai.toml"), "\naddress = \"127.0.0.1:1001\"\n").expect("writes");
    let ended = firm.run(&["config"]);
    assert!(ended.code == Some(2) && ended.err.contains("line 2") && ended.err.contains("address"), "{ended:?}");
}

#[test]
fn the_terminal_speaks_the_language_of_its_surroundings() {
    let said = |words: &[&str], variables: &[(&str, &str)]| {
        let mut command = command(words);
        command.envs(variables.iter().copied());
        end(command)
    };
    let english = said(&["--help"], &[]);
    assert!(
        english.code == Some(0) && english.out.contains("Usage") && english.out.is_ascii()
            || english.out.contains('·')
    );
    for variables in
        [&[("LANG", "zh_CN.UTF-8")][..], &[("LC_ALL", "zh_HK"), ("LANG", "en_GB")], &[("MENPAI_LANG", "zh-CN")]]
    {
        let chinese = said(&["--help"], variables);
        assert!(
            chinese.code == Some(0) && chinese.out.contains("用法") && chinese.out.contains("退出码"),
            "{chinese:?}"
        );
        assert!(said(&["swim"], variables).err.contains("没有这个命令"));
    }
    let english = said(&["swim"], &[("LANG", "zh_CN.UTF-8"), ("MENPAI_LANG", "en")]);
    assert!(english.code == Some(2) && english.err.contains("unrecognized"), "{english:?}");
    let version = said(&["version"], &[]);
    assert_eq!(version.out.trim(), concat!("menpai ", env!("CARGO_PKG_VERSION")));
}

#[cfg(unix)]
#[test]
fn the_data_folder_is_open_to_its_owner_alone_and_the_key_may_lie_where_a_vault_puts_it() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &std::path::Path| std::fs::metadata(path).expect("is there").permissions().mode() & 0o777;
    let firm = Firm::migrated();
    let running = firm.serve();
    assert_eq!(mode(&firm.data), 0o700);
    for file in ["key", "menpai.db", "menpai.db-wal", "menpai.db-shm", "lock"] {
        assert_eq!(mode(&firm.data.join(file)), 0o600, "{file}");
    }
    assert_eq!(running.stop(), Some(0));

    let vault = std::path::PathBuf::from(firm.path("vault-key"));
    std::fs::rename(firm.data.join("key"), &vault).expect("moves");
    std::os::unix::fs::symlink(&vault, firm.data.join("key")).expect("links");
    assert_eq!(firm.run(&["verify"]).code, Some(0));
    std::fs::rename(&vault, firm.path("sealed")).expect("moves");
    let shut = firm.run(&["verify"]);
    assert!(shut.code != Some(0) && !vault.exists(), "no other key is made in its place: {shut:?}");
}
