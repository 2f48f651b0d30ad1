//! Generates the bindings of the enabled scopes.

use std::{env, error::Error, fs, path::PathBuf};

use b24_codegen::{Options, generate, scopes};
use b24_spec::Spec;

fn main() -> Result<(), Box<dyn Error>> {
    let spec = Spec::embedded()?;
    let enabled = scopes(&spec).into_iter().filter(|scope| {
        let feature = format!("CARGO_FEATURE_{}", scope.to_uppercase().replace('-', "_"));
        env::var_os(feature).is_some()
    });
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for (path, text) in generate(&spec, &Options::scopes(enabled)) {
        let path = out.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, text)?;
    }
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
