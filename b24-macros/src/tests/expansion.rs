//! What a block becomes, as text that can be read and reviewed.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{ItemImpl, Meta};

use super::{assert_file, read_file};

#[test]
fn a_bot_becomes_a_router_and_the_types_of_its_commands() {
    assert_expansion("helpdesk");
}

#[test]
fn a_block_with_mistakes_keeps_its_functions_and_types() {
    assert_expansion("mistakes");
}

/// Expands `src/tests/<name>.rs` and compares the result with `src/tests/<name>.expanded.rs`.
fn assert_expansion(name: &str) {
    let mut block: ItemImpl = syn::parse_str(&read_file(&format!("src/tests/{name}.rs"))).expect("an impl block");
    let bot = block.attrs.remove(0);
    let arguments = match bot.meta {
        Meta::List(list) => list.tokens,
        _ => TokenStream::new(),
    };
    let expanded = crate::expand::bot(arguments, block.into_token_stream());
    let file = syn::parse2(expanded).expect("the expansion is Rust");
    assert_file(&format!("src/tests/{name}.expanded.rs"), &prettyplease::unparse(&file));
}
