//! Generates the bindings of the enabled scopes.

use std::{env, error::Error, fs, path::PathBuf, process::ExitCode};

use b24_codegen::{Options, generate, scopes};
use b24_spec::Spec;

/// The newest revision to build against, by counter.
const CEILINGS: [(&str, &str); 2] = [("im", "B24_MAX_REVISION"), ("imopenlines", "B24_MAX_IMOPENLINES_REVISION")];

fn main() -> ExitCode {
    match generate_bindings() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn generate_bindings() -> Result<(), Box<dyn Error>> {
    let spec = Spec::embedded()?;
    let enabled = scopes(&spec).into_iter().filter(|scope| {
        let feature = format!("CARGO_FEATURE_{}", scope.to_uppercase().replace(['-', '.'], "_"));
        env::var_os(feature).is_some()
    });
    let mut options = Options::scopes(enabled);
    for (counter, variable) in CEILINGS {
        println!("cargo::rerun-if-env-changed={variable}");
        let Ok(text) = env::var(variable) else { continue };
        let ceiling =
            text.trim().parse().map_err(|_| format!("{variable} is {text:?}; it must be a revision, like 28"))?;
        options = options.ceiling(counter, ceiling);
    }
    // What is newer than a ceiling is configured out by these; nothing ever sets them.
    for (counter, known) in &spec.revisions {
        for step in &known.steps {
            println!("cargo::rustc-check-cfg=cfg(needs_{counter}_revision_{})", step.revision);
        }
    }
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for (path, text) in generate(&spec, &options) {
        let path = out.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, text)?;
    }
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
