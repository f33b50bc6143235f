//! Commands beside a running server: handed over, or refused.

use crate::menpai::{Firm, counts, end, homes, kill_midway};

#[test]
fn a_server_says_where_it_is_answers_and_stops_when_asked() {
    let firm = Firm::migrated();
    let server = firm.serve();
    assert!(server.origin.starts_with("http://127.0.0.1:"), "{}", server.origin);
    assert_eq!(server.get("/readyz").0, 200);
    assert!(firm.data.join("menpai.sock").exists());
    assert_eq!(server.stop(), Some(0));
    assert!(!firm.data.join("menpai.sock").exists());
}

#[test]
fn work_inside_the_folder_is_handed_to_the_server() {
    let firm = Firm::migrated();
    let server = firm.serve();
    let (file, report) = (firm.file("a.csv", &homes(1200)), firm.path("r.json"));
    let done = firm.run(&["import", "listings", &file, "--city", "ningbo", "--report", &report]);
    assert_eq!((done.code, counts(&report)), (Some(0), [1200, 1200, 0, 0]), "{done:?}");
    let (status, body) = server.get("/api/v1/listings?city=ningbo");
    assert!(status == 200 && body.contains("花园"), "{status} {body}");
    let verified = firm.run(&["verify"]);
    assert_eq!((verified.code, verified.json()["ok"].as_bool()), (Some(0), Some(true)), "{verified:?}");
    let backup = firm.path("b.tar");
    assert_eq!(firm.run(&["backup", &backup]).code, Some(0));
    assert!(std::path::Path::new(&backup).exists());
    let mut chinese = firm.command(&["import", "listings", &file, "--city", "atlantis"]);
    chinese.env("MENPAI_LANG", "zh-CN");
    assert!(end(chinese).err.contains("不认识城市"));
    let mut chinese = firm.command(&["import", "listings", &file, "--city", "ningbo"]);
    chinese.env("MENPAI_LANG", "zh-CN");
    assert!(end(chinese).out.contains("重复 1,200"));
}

#[test]
fn a_change_handed_to_the_server_is_in_its_gallery_at_once() {
    let firm = Firm::migrated();
    let file = firm.file("a.csv", &homes(3));
    assert_eq!(firm.run(&["import", "listings", &file, "--city", "ningbo"]).code, Some(0));
    let server = firm.serve();
    let shown = |path: &str| server.get(path).1.parse::<serde_json::Value>().expect("is JSON");
    let code =
        shown("/api/v1/listings?city=ningbo&sort=price")["items"][0]["code"].as_str().expect("a code").to_owned();
    let done = firm.run(&["reprice", &code, "55万"]);
    assert_eq!(done.code, Some(0), "{done:?}");
    let soon = |fits: &dyn Fn(&serde_json::Value) -> bool| {
        let tries = (0..100).map(|_| {
            std::thread::sleep(std::time::Duration::from_millis(20));
            fits(&shown("/api/v1/listings?city=ningbo&price_max=60"))
        });
        tries.into_iter().any(|fits| fits)
    };
    assert!(soon(&|page| page["total"] == 1 && page["items"][0]["price"] == 55_000_000));
    assert_eq!(firm.run(&["state", &code, "withdrawn"]).code, Some(0));
    assert!(soon(&|page| page["total"] == 0));
    assert_eq!(server.get(&format!("/ningbo/listings/{code}")).0, 410);
}

#[test]
fn a_command_that_is_killed_stops_its_work_in_the_server_and_goes_on_the_next_time() {
    let firm = Firm::migrated();
    let _server = firm.serve();
    let (file, report) = (firm.file("a.csv", &homes(20_000)), firm.path("r.json"));
    let import = ["import", "listings", &file, "--city", "ningbo", "--report", &report];
    kill_midway(&firm, &import);
    let done = firm.run(&import);
    assert_eq!((done.code, counts(&report)), (Some(0), [20_000, 20_000, 0, 0]), "{done:?}");
    assert!(done.out.contains("resumed after line"), "{done:?}");
}

#[test]
fn what_needs_the_folder_for_itself_is_refused_while_a_server_runs() {
    let firm = Firm::migrated();
    let backup = firm.path("b.tar");
    assert_eq!(firm.run(&["backup", &backup]).code, Some(0));
    let _server = firm.serve();
    for words in [&["serve", "--addr", "127.0.0.1:0"][..], &["migrate"], &["restore", &backup]] {
        let ended = firm.run(words);
        assert!(ended.code == Some(3) && ended.err.contains("server is running"), "{words:?}: {ended:?}");
        let mut chinese = firm.command(words);
        chinese.env("LANG", "zh_CN.UTF-8");
        assert!(end(chinese).err.contains("请先停止服务"));
    }
}

#[test]
fn a_server_that_was_killed_leaves_nothing_in_the_way() {
    let firm = Firm::migrated();
    firm.serve().kill();
    assert!(firm.data.join("menpai.sock").exists(), "it is left over");
    assert_eq!(firm.run(&["verify"]).code, Some(0), "without a server it is done here");
    let server = firm.serve();
    assert_eq!(firm.run(&["verify"]).code, Some(0));
    assert_eq!(server.get("/healthz").0, 200);
}

#[test]
fn a_path_too_long_for_a_socket_is_no_obstacle() {
    let firm = Firm::in_folder(&"long".repeat(30));
    assert_eq!(firm.run(&["migrate"]).code, Some(0));
    let server = firm.serve();
    let elsewhere = std::fs::read_to_string(firm.data.join("socket-path")).expect("is there");
    let verified = firm.run(&["verify"]);
    assert_eq!(verified.code, Some(0), "{verified:?}");
    assert_eq!(firm.run(&["migrate"]).code, Some(3));
    assert_eq!(server.stop(), Some(0));
    assert!(!std::path::Path::new(&elsewhere).exists() && !firm.data.join("socket-path").exists());
}
