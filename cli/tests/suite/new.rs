//! `b24 new`: a bot to begin with.

use std::{fs, path::Path};

use tokio::process::Command;

use crate::program::{program, run};

/// The checkout that these tests are a part of.
fn checkout() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a checkout")
}

#[tokio::test]
async fn a_new_bot_is_a_crate_that_cargo_understands() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = checkout().display().to_string();
    let made = program().current_dir(&folder).args(["new", "weather-bot", "--path", &path]).output().await;
    assert!(made.expect("a program").status.success());
    let bot = folder.path().join("weather-bot");
    // As the lock of the checkout has it: nothing has to be fetched.
    fs::copy(checkout().join("Cargo.lock"), bot.join("Cargo.lock")).expect("a lock");
    let cargo = ["metadata", "--format-version", "1", "--offline", "--no-deps"];
    let metadata = run(Command::new(env!("CARGO")).args(cargo).current_dir(&bot)).await.json();
    let package = &metadata["packages"][0];
    assert_eq!(package["name"], "weather-bot");
    let targets: Vec<&str> = package["targets"]
        .as_array()
        .expect("targets")
        .iter()
        .filter_map(|target| target["kind"][0].as_str())
        .collect();
    assert_eq!(targets, ["lib", "bin", "test"]);
    let source = fs::read_to_string(bot.join("src/lib.rs")).expect("a file");
    assert!(
        source.contains("pub struct WeatherBot;") && source.contains(r#"code = "weather-bot", name = "Weather Bot""#),
        "{source}"
    );
    assert!(!source.contains("{Bot}"));
}

#[tokio::test]
async fn a_checkout_around_it_is_found_and_its_workspace_kept_out_of() {
    let folder = tempfile::tempdir_in(checkout()).expect("a folder");
    run(program().current_dir(&folder).args(["new", "mybot"])).await.well();
    let manifest = fs::read_to_string(folder.path().join("mybot/Cargo.toml")).expect("a file");
    let runtime = checkout().join("b24-runtime").canonicalize().expect("a folder");
    assert!(manifest.contains(&format!("path = {:?}", runtime.display().to_string())), "{manifest}");
    assert!(manifest.contains("\n[workspace]\n"), "{manifest}");
}

#[tokio::test]
async fn elsewhere_it_depends_on_the_checkout_that_the_program_was_built_from() {
    let folder = tempfile::tempdir().expect("a folder");
    run(program().current_dir(&folder).args(["new", "mybot"])).await.well();
    let manifest = fs::read_to_string(folder.path().join("mybot/Cargo.toml")).expect("a file");
    let runtime = checkout().join("b24-runtime").canonicalize().expect("a folder");
    assert!(manifest.contains(&format!("path = {:?}", runtime.display().to_string())), "{manifest}");
    assert!(!manifest.contains("[workspace]"), "{manifest}");
}

#[tokio::test]
async fn folders_that_exist_and_names_that_cargo_refuses_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("taken")).expect("a folder");
    let told = run(program().current_dir(&folder).args(["new", "taken"])).await.fails(2);
    assert!(told.contains("taken exists already"), "{told}");
    let told = run(program().current_dir(&folder).args(["new", "My Bot"])).await.fails(2);
    assert!(told.contains("small letters, digits, - and _"), "{told}");
    let told = run(program().current_dir(&folder).args(["new", "a", "--path", "taken"])).await.fails(2);
    assert!(told.contains("is no checkout of b24"), "{told}");
}
