//! Drops the builders of structs that only responses use.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};

use crate::{
    edits::EditCounts,
    tokens::{has, is_impl, module, split_items, subject, within},
};

/// Drops the builders of structs that are not part of a request, and the conversions from structs to
/// builders, except for request bodies.
pub(crate) fn drop_unused_builders(client: TokenStream, edits: &mut EditCounts) -> TokenStream {
    let RequestTypes { bodies, all } = request_types(&client);
    within(client, "types", |types| {
        let types = retain_items(types, |item| {
            let has_builder = is_impl(item) && last_group_has(item, "builder");
            let is_used =
                !has_builder || subject(item).is_none_or(|name| all.contains(&name.to_string()));
            if !is_used {
                edits.add("types: drop `builder()` of a response struct", 1);
            }
            is_used
        });
        within(types, "builder", |builders| {
            retain_items(builders, |item| {
                let (users, rule) = if is_impl(item) && has(item, "From") {
                    (&bodies, "types: drop conversion to a builder")
                } else if is_impl(item) {
                    (&all, "types: drop `impl` of an unused builder")
                } else {
                    (&all, "types: drop an unused builder")
                };
                let is_used = subject(item).is_none_or(|name| users.contains(&name.to_string()));
                if !is_used {
                    edits.add(rule, 1);
                }
                is_used
            })
        })
    })
}

/// Names of the types that requests use.
struct RequestTypes {
    /// Types of request bodies.
    bodies: BTreeSet<String>,
    /// Types of request bodies and of their fields at any depth.
    all: BTreeSet<String>,
}

fn request_types(client: &TokenStream) -> RequestTypes {
    let mut words_by_type = BTreeMap::new();
    for item in split_items(module(client, "types")) {
        if let Some(name) = subject(&item).filter(|_| !is_impl(&item)) {
            words_by_type.insert(name.to_string(), collect_words(item.into_iter().collect()));
        }
    }
    let calls = split_items(module(client, "builder"));
    let structs = calls.into_iter().filter(|item| !is_impl(item));
    let bodies: BTreeSet<String> = structs
        .flat_map(|item| collect_words(item.into_iter().collect()))
        .filter(|word| words_by_type.contains_key(word))
        .collect();
    let mut all = BTreeSet::new();
    let mut pending: Vec<String> = bodies.iter().cloned().collect();
    while let Some(name) = pending.pop() {
        if let Some(words) = words_by_type.get(&name)
            && all.insert(name)
        {
            pending.extend(words.iter().cloned());
        }
    }
    RequestTypes { bodies, all }
}

fn retain_items(code: TokenStream, mut keep: impl FnMut(&[TokenTree]) -> bool) -> TokenStream {
    let items = split_items(code).into_iter().filter(|item| keep(item));
    items.flatten().collect()
}

fn last_group_has(item: &[TokenTree], word: &str) -> bool {
    matches!(item.last(), Some(TokenTree::Group(group)) if collect_words(group.stream()).contains(word))
}

/// Returns all identifiers and keywords in the code.
fn collect_words(code: TokenStream) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for token in code {
        match token {
            TokenTree::Ident(word) => drop(all.insert(word.to_string())),
            TokenTree::Group(group) => all.append(&mut collect_words(group.stream())),
            _ => {}
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_builders_of_request_types_only() {
        let client = |builders: &str, builder_method: &str| -> TokenStream {
            let code = format!(
                "pub mod types {{
                    pub struct Body {{ pub part: Option<Part> }}
                    impl Body {{ pub fn builder() -> builder::Body {{ Default::default() }} }}
                    pub struct Part {{ pub name: String }}
                    pub struct Page {{ pub results: Vec<Part> }}
                    {builder_method}
                    pub mod builder {{
                        pub struct Body {{ part: Part }}
                        impl TryFrom<Body> for super::Body {{ type Error = (); }}
                        impl From<super::Body> for Body {{}}
                        pub struct Part {{ name: String }}
                        {builders}
                    }}
                }}
                pub mod builder {{ pub struct Send<'a> {{ body: types::builder::Body }} impl<'a> Send<'a> {{ fn send() -> types::Page {{}} }} }}"
            );
            code.parse().unwrap()
        };
        let all = client(
            "impl From<super::Part> for Part {} pub struct Page { results: Vec<Part> } \
             impl From<super::Page> for Page {}",
            "impl Page { pub fn builder() -> builder::Page { Default::default() } }",
        );

        assert_eq!(
            drop_unused_builders(all, &mut EditCounts::default()).to_string(),
            client("", "").to_string()
        );
    }
}
