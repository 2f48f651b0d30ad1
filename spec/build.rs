//! Lists the JSON files of the spec so that they travel inside the crate.

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let mut paths = Vec::new();
    for place in ["methods", "events", "types", "errors.json", "revisions.json", "changes.json"] {
        println!("cargo::rerun-if-changed={place}");
        collect(Path::new(&root), Path::new(place), &mut paths)?;
    }
    paths.sort();
    let mut list = String::from("&[\n");
    for path in paths {
        list += &format!("({path:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/\", {path:?}))),\n");
    }
    list += "]\n";
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("files.rs"), list)
}

fn collect(root: &Path, place: &Path, paths: &mut Vec<String>) -> io::Result<()> {
    let full = root.join(place);
    if full.is_dir() {
        for entry in fs::read_dir(full)? {
            collect(root, &place.join(entry?.file_name()), paths)?;
        }
    } else if full.is_file() && place.extension().is_some_and(|extension| extension == "json") {
        paths.push(place.to_string_lossy().replace('\\', "/"));
    }
    Ok(())
}
