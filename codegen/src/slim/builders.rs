//! Builders for requests alone.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};

use crate::{
    edits::EditCounts,
    tokens::{has, is_impl, items, module, subject, within},
};

/// Leaves out the builders of the structs that no request can hold, and the way back from a struct
/// to its builder for those that are no call's body.
pub(crate) fn without_idle_builders(client: TokenStream, edits: &mut EditCounts) -> TokenStream {
    let Sent { bodies, all } = sent(&client);
    within(client, "types", |types| {
        let types = retain(types, |item| {
            let makes_builder = is_impl(item) && last_group_has(item, "builder");
            let is_kept =
                !makes_builder || subject(item).is_none_or(|name| all.contains(&name.to_string()));
            if !is_kept {
                edits.add("types: drop `builder()` of a struct of responses", 1);
            }
            is_kept
        });
        within(types, "builder", |builders| {
            retain(builders, |item| {
                let (wanted, rule) = if is_impl(item) && has(item, "From") {
                    (&bodies, "types: drop the way back to a builder")
                } else if is_impl(item) {
                    (&all, "types: drop `impl` of an idle builder")
                } else {
                    (&all, "types: drop an idle builder")
                };
                let is_kept = subject(item).is_none_or(|name| wanted.contains(&name.to_string()));
                if !is_kept {
                    edits.add(rule, 1);
                }
                is_kept
            })
        })
    })
}

/// Names of the types that requests can hold.
struct Sent {
    /// The bodies of calls.
    bodies: BTreeSet<String>,
    /// Those and what is in them.
    all: BTreeSet<String>,
}

fn sent(client: &TokenStream) -> Sent {
    let mut holds = BTreeMap::new();
    for item in items(module(client, "types")) {
        if let Some(name) = subject(&item).filter(|_| !is_impl(&item)) {
            holds.insert(name.to_string(), words(item.into_iter().collect()));
        }
    }
    let calls = items(module(client, "builder"));
    let structs = calls.into_iter().filter(|item| !is_impl(item));
    let bodies: BTreeSet<String> = structs
        .flat_map(|item| words(item.into_iter().collect()))
        .filter(|word| holds.contains_key(word))
        .collect();
    let mut all = BTreeSet::new();
    let mut to_visit: Vec<String> = bodies.iter().cloned().collect();
    while let Some(name) = to_visit.pop() {
        if let Some(held) = holds.get(&name)
            && all.insert(name)
        {
            to_visit.extend(held.iter().cloned());
        }
    }
    Sent { bodies, all }
}

fn retain(code: TokenStream, mut keep: impl FnMut(&[TokenTree]) -> bool) -> TokenStream {
    let kept = items(code).into_iter().filter(|item| keep(item));
    kept.flatten().collect()
}

fn last_group_has(item: &[TokenTree], wanted: &str) -> bool {
    matches!(item.last(), Some(TokenTree::Group(group)) if words(group.stream()).contains(wanted))
}

/// All words in the code.
fn words(code: TokenStream) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for token in code {
        match token {
            TokenTree::Ident(word) => drop(found.insert(word.to_string())),
            TokenTree::Group(group) => found.append(&mut words(group.stream())),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builders_stay_for_what_requests_hold() {
        let client = |builders: &str, maker: &str| -> TokenStream {
            let code = format!(
                "pub mod types {{
                    pub struct Body {{ pub part: Option<Part> }}
                    impl Body {{ pub fn builder() -> builder::Body {{ Default::default() }} }}
                    pub struct Part {{ pub name: String }}
                    pub struct Page {{ pub results: Vec<Part> }}
                    {maker}
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
            without_idle_builders(all, &mut EditCounts::default()).to_string(),
            client("", "").to_string()
        );
    }
}
