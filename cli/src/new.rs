//! `b24 new`: a bot to begin with.

mod name;
mod place;

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Args;

use self::{name::Name, place::Source};
use crate::{
    failure::Failure,
    style::{GOOD, styled},
};

/// Every file of a new bot. What stands in braces is filled in.
const FILES: [(&str, &str); 6] = [
    ("Cargo.toml", include_str!("../template/Cargo.toml")),
    ("README.md", include_str!("../template/README.md")),
    // With its dot it would keep files from being committed here.
    (".gitignore", include_str!("../template/gitignore")),
    ("src/lib.rs", include_str!("../template/src/lib.rs")),
    ("src/main.rs", include_str!("../template/src/main.rs")),
    ("tests/talk.rs", include_str!("../template/tests/talk.rs")),
];

/// Make a new bot: a crate that compiles, runs and has a first test.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The name of the crate, which is the code of the bot, too: weather-bot.
    #[arg(value_name = "NAME")]
    name: String,
    /// Where to make it; a folder of this name here if it is left out.
    #[arg(long, value_name = "FOLDER")]
    dir: Option<PathBuf>,
    /// A checkout of b24 to depend on. Inside of one it is found, elsewhere it is the one this program was built from.
    #[arg(long, value_name = "FOLDER")]
    path: Option<PathBuf>,
}

pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let name = Name::parse(&options.name).map_err(Failure::Usage)?;
    let folder = options.dir.clone().unwrap_or_else(|| options.name.clone().into());
    if folder.exists() {
        return Err(Failure::Usage(format!("{} exists already", folder.display())));
    }
    let source = match &options.path {
        Some(checkout) => Source::checkout(checkout).map_err(Failure::Usage)?,
        None => Source::around(&folder),
    };
    for (path, template) in FILES {
        let mut text = name.fill(template).replace("{source}", &source.entry());
        if path == "Cargo.toml" && place::is_inside_workspace(&folder) {
            text += "\n# No member of the workspace around it.\n[workspace]\n";
        }
        write(&folder.join(path), &text)?;
    }
    let shown = folder.display();
    anstream::println!("{} {shown}: a bot that repeats what it hears, and its first test", styled(GOOD, "made"));
    anstream::println!(
        "\n  cd {shown}\n  cargo run               speak with it here and in the browser\n  b24 dev -- cargo run    the same, anew with every change\n  cargo test"
    );
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let made = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, text));
    made.map_err(|error| Failure::Refused(format!("cannot write {}: {error}", path.display())))
}
