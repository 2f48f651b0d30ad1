//! Built against a ceiling, what is newer does not compile: `B24_MAX_REVISION=28`.

use std::{fs, path::Path, process::Command};

/// A crate that uses the runtime, built against im revision 28.
struct Old {
    folder: tempfile::TempDir,
}

impl Old {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../b24-runtime");
        let manifest = format!(
            "[package]\nname = \"old\"\nedition = \"2024\"\n\n[dependencies]\nb24-runtime = {{ path = '{}', default-features = false, features = [\"im\"] }}\n\n[workspace]\n",
            runtime.display()
        );
        fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
        // The versions of the workspace, so that nothing is looked up.
        fs::copy(runtime.join("../Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
        fs::create_dir(folder.path().join("src")).unwrap();
        Self { folder }
    }

    /// What the compiler says about a body; nothing where it compiles.
    fn check(&self, body: &str) -> Result<(), String> {
        let source = format!("use b24_runtime::api;\n\npub fn call() {{\n    {body}\n}}\n");
        fs::write(self.folder.path().join("src/lib.rs"), source).unwrap();
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ceiling");
        let mut cargo = Command::new(env!("CARGO"));
        cargo.arg("check").arg("--quiet").arg("--offline").arg("--target-dir").arg(target);
        let output = cargo.current_dir(&self.folder).env("B24_MAX_REVISION", "28").output().unwrap();
        if output.status.success() { Ok(()) } else { Err(String::from_utf8(output.stderr).unwrap()) }
    }
}

#[test]
fn what_is_newer_than_the_ceiling_does_not_compile() {
    let old = Old::new();
    assert_eq!(old.check("let _ = api::im::recent::get().skip_openlines(true);"), Ok(()), "revision 28 has this");

    let error = old.check("let _ = api::im::dialog::read::all();").unwrap_err();
    assert!(error.contains("cannot find function `all` in module `api::im::dialog::read`"), "{error}");
    assert!(error.contains("found an item that was configured out"), "{error}");
    assert!(error.contains("needs_im_revision_30"), "the compiler shows which revision it needs: {error}");

    let error = old.check("let _ = api::im::recent::get().only_openlines(true);").unwrap_err();
    assert!(
        error.contains("no method named `only_openlines` found for struct `b24_runtime::api::im::recent::Get`"),
        "{error}"
    );
}

#[test]
fn a_ceiling_that_is_no_number_is_told() {
    let old = Old::new();
    fs::write(old.folder.path().join("src/lib.rs"), "").unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ceiling");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.arg("check").arg("--quiet").arg("--offline").arg("--target-dir").arg(target);
    let output = cargo.current_dir(&old.folder).env("B24_MAX_REVISION", "latest").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("B24_MAX_REVISION is \"latest\"; it must be a revision, like 28"), "{said}");
}
