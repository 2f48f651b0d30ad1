use std::{fs, io, path::Path};

/// Copies the sources of a folder: all but hidden things and what `cargo` built.
pub(crate) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if name == "target" || name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to.join(name))?;
        } else {
            fs::copy(entry.path(), to.join(name))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    #[test]
    fn sources_are_copied_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        for file in ["crate/src/main.rs", "target/debug/crate", "crate/target/x", ".git/HEAD"] {
            let path = from.join(file);
            fs::create_dir_all(path.parent().expect("it has a folder")).expect("made");
            fs::write(path, file).expect("written");
        }
        super::copy(&from, &to).expect("copied");
        assert_eq!(fs::read_to_string(to.join("crate/src/main.rs")).expect("it is there"), "crate/src/main.rs");
        assert!(!to.join("target").exists() && !to.join("crate/target").exists() && !to.join(".git").exists());
    }
}
