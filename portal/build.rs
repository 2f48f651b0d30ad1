//! Lists the files of the messenger page, so that the portal carries all of them and none is listed by hand.

use std::{env, fmt::Write, fs, io, path::Path};

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    println!("cargo::rerun-if-changed=web");
    let mut names = Vec::new();
    for entry in fs::read_dir(Path::new(&root).join("web"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if [".html", ".js", ".css", ".svg"].iter().any(|suffix| name.ends_with(suffix)) {
            names.push(name);
        }
    }
    names.sort();
    let list = names.iter().fold(String::new(), |mut list, name| {
        let path = format!("{root}/web/{name}");
        let _ = writeln!(list, "    ({name:?}, include_str!({path:?})),");
        list
    });
    fs::write(Path::new(&out).join("page.rs"), format!("&[\n{list}]\n"))
}
