//! What is true of the sources themselves: where names and random numbers come from.

/// Scripts of ours write no key from outside into an object, so that nothing gets into a prototype.
#[test]
fn no_script_names_a_property_by_what_it_was_given() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let scripts: Vec<_> = ["app/src/shell", "style/public"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "js") && !path.ends_with("pannellum.js"))
        .collect();
    assert!(scripts.len() >= 5, "{scripts:?}");
    for path in scripts {
        let script = std::fs::read_to_string(&path).unwrap();
        for (n, line) in script.lines().enumerate() {
            let at = format!("{}:{}: {line}", path.display(), n + 1);
            assert!(!line.contains("__proto__") && !line.contains("setPrototypeOf"), "{at}");
            // `x[name] = …`, but no pattern on the left of `const [a, b] =` and no comparison.
            let written = line.split("] = ").next().filter(|_| line.contains("] = ")).unwrap_or_default();
            let opened = written.rsplit('[').next_back().unwrap_or_default();
            let pattern = ["const ", "let ", ""].iter().any(|word| opened.trim() == word.trim());
            assert!(!line.contains("] = ") || pattern, "{at}");
        }
    }
}

/// Random numbers come from the system alone: no crate of this workspace has another source.
#[test]
fn random_numbers_have_one_source() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let workspace = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let members = workspace.split("members = [").nth(1).and_then(|rest| rest.split(']').next()).unwrap();
    let members: Vec<&str> = members.split('"').skip(1).step_by(2).collect();
    assert!(members.len() >= 10, "{members:?}");
    for member in members {
        let manifest = std::fs::read_to_string(root.join(member).join("Cargo.toml")).unwrap();
        let needed = manifest.split("[dev-dependencies]").next().unwrap_or_default();
        for other in ["rand", "fastrand", "oorand", "nanorand", "rand_core", "rand_chacha", "uuid"] {
            let used = needed.lines().any(|line| line.split(['.', ' ', '=']).next() == Some(other));
            assert!(!used, "{member} has {other}");
        }
    }
}
