//! The facade's sources, read: the blocking surface is the async one.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{FnArg, ImplItem, Item, ItemTrait, ReturnType, Signature, TraitItem, Visibility};

use crate::sources::{files, owner, parsed};

/// The verbs of each type: names with the types of their arguments.
type Surface = BTreeMap<String, BTreeSet<String>>;

/// What has no twin of its own: lists, which are iterators without `async`, and waiting for a
/// cancellation, which nobody can do without it.
const APART: [&str; 4] = ["Pager", "Pages", "Events", "Cancellation"];

#[test]
fn every_async_verb_has_its_blocking_twin_with_the_same_arguments() {
    let mut verbs = Surface::new();
    for path in async_files() {
        add(&mut verbs, parsed(path), waits);
    }
    verbs.retain(|owner, _| !APART.contains(&owner.as_str()));
    let mut twins = Surface::new();
    add(&mut twins, parsed("src/blocking.rs"), |_| true);
    for path in files("src/blocking") {
        add(&mut twins, parsed(path), |_| true);
    }

    let has_twin = |owner: &str, verb: &str| twins.get(owner).is_some_and(|of| of.contains(verb));
    let missing: Vec<_> = verbs
        .iter()
        .flat_map(|(owner, verbs)| verbs.iter().map(move |verb| (owner, verb)))
        .filter(|(owner, verb)| !has_twin(owner, verb))
        .collect();

    assert!(verbs.len() > 8, "too few types were found: {verbs:?}");
    assert!(missing.is_empty(), "no blocking twin: {missing:#?}");
}

/// Returns the files of the async facade, and the calls of operations that both have.
fn async_files() -> impl Iterator<Item = PathBuf> {
    let facade = files("src/pythonic").into_iter();
    facade.chain(files("src/request"))
}

/// Whether a function waits for the server: at once, or as its list is read.
fn waits(signature: &Signature) -> bool {
    let gives = match &signature.output {
        ReturnType::Type(_, gives) => gives.to_token_stream().to_string(),
        ReturnType::Default => String::new(),
    };
    signature.asyncness.is_some() || gives.contains("Pager <")
}

/// Adds the public methods that a file defines, in `impl` blocks and through `twins!`.
fn add(surface: &mut Surface, file: syn::File, wanted: impl Fn(&Signature) -> bool + Copy) {
    for item in file.items {
        match item {
            Item::Impl(block) if block.trait_.is_none() => {
                let owner = owner(&block);
                for item in &block.items {
                    if let ImplItem::Fn(method) = item
                        && matches!(method.vis, Visibility::Public(_))
                        && wanted(&method.sig)
                    {
                        let verbs = surface.entry(owner.clone()).or_default();
                        verbs.insert(verb(&method.sig));
                    }
                }
            }
            Item::Macro(call) if call.mac.path.is_ident("twins") => {
                let traits: syn::File = syn::parse2(as_traits(call.mac.tokens)).expect("twins");
                for item in traits.items {
                    if let Item::Trait(twins) = item {
                        add_twins(surface, &twins);
                    }
                }
            }
            _ => {}
        }
    }
}

fn add_twins(surface: &mut Surface, twins: &ItemTrait) {
    let verbs = surface.entry(twins.ident.to_string()).or_default();
    for item in &twins.items {
        if let TraitItem::Fn(twin) = item {
            verbs.insert(verb(&twin.sig));
        }
    }
}

/// `impl T { fn f() -> R; }`, which Rust has no syntax for, as a trait.
fn as_traits(twins: TokenStream) -> TokenStream {
    let as_trait = |token| match token {
        TokenTree::Ident(word) if word == "impl" => Ident::new("trait", Span::call_site()).into(),
        other => other,
    };
    twins.into_iter().map(as_trait).collect()
}

/// A method's name with the types of its arguments.
fn verb(signature: &Signature) -> String {
    let types = signature
        .inputs
        .iter()
        .filter_map(|argument| match argument {
            FnArg::Typed(argument) => Some(argument.ty.to_token_stream().to_string()),
            FnArg::Receiver(_) => None,
        });
    format!(
        "{}({})",
        signature.ident,
        types.collect::<Vec<_>>().join(", ")
    )
}
