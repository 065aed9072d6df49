//! Builders for requests alone.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

/// Leaves out the builders of the structs that no request can hold.
pub(crate) fn without_idle_builders(client: TokenStream) -> TokenStream {
    let sent = sent(&client);
    within(client, "types", |types| {
        let types = retain(types, |item| {
            let makes_builder = is_impl(item) && last_group_has(item, "builder");
            !makes_builder || subject(item).is_none_or(|it| sent.contains(&it.to_string()))
        });
        within(types, "builder", |builders| {
            retain(builders, |item| {
                subject(item).is_none_or(|it| sent.contains(&it.to_string()))
            })
        })
    })
}

/// The names of all types that requests can hold.
fn sent(client: &TokenStream) -> BTreeSet<String> {
    let mut holds = BTreeMap::new();
    for item in items(inside(client, "types")) {
        if let Some(name) = subject(&item).filter(|_| !is_impl(&item)) {
            holds.insert(name.to_string(), words(item.into_iter().collect()));
        }
    }
    let mut found = BTreeSet::new();
    let calls = items(inside(client, "builder"));
    let structs = calls.into_iter().filter(|item| !is_impl(item));
    let mut to_visit: Vec<String> = structs
        .flat_map(|item| words(item.into_iter().collect()))
        .collect();
    while let Some(name) = to_visit.pop() {
        if let Some(held) = holds.get(&name)
            && found.insert(name)
        {
            to_visit.extend(held.iter().cloned());
        }
    }
    found
}

/// Changes what is inside the module of this name.
fn within(
    code: TokenStream,
    name: &str,
    change: impl FnOnce(TokenStream) -> TokenStream,
) -> TokenStream {
    let mut change = Some(change);
    let mut is_next = false;
    let mut before = None;
    let tokens = code.into_iter().map(|token| {
        let token = match token {
            TokenTree::Group(group) if is_next => match change.take() {
                Some(change) => Group::new(group.delimiter(), change(group.stream())).into(),
                None => group.into(),
            },
            token => token,
        };
        let word = match &token {
            TokenTree::Ident(word) => Some(word.to_string()),
            _ => None,
        };
        is_next = before.as_deref() == Some("mod") && word.as_deref() == Some(name);
        before = word;
        token
    });
    tokens.collect()
}

/// What is inside the module of this name.
fn inside(code: &TokenStream, name: &str) -> TokenStream {
    let mut found = TokenStream::new();
    within(code.clone(), name, |inside| {
        found = inside.clone();
        inside
    });
    found
}

fn retain(code: TokenStream, keep: impl Fn(&[TokenTree]) -> bool) -> TokenStream {
    let kept = items(code).into_iter().filter(|item| keep(item));
    kept.flatten().collect()
}

/// The items of a module: each ends with a group in braces or a semicolon.
fn items(code: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut items = vec![Vec::new()];
    for token in code {
        let ends = match &token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            TokenTree::Punct(punct) => punct.as_char() == ';',
            _ => false,
        };
        if let Some(item) = items.last_mut() {
            item.push(token);
        }
        if ends {
            items.push(Vec::new());
        }
    }
    items
}

fn is_impl(item: &[TokenTree]) -> bool {
    item.iter()
        .any(|token| matches!(token, TokenTree::Ident(word) if word == "impl"))
}

/// The type that the item defines or implements something for.
fn subject(item: &[TokenTree]) -> Option<&Ident> {
    let mut words = item.iter().filter_map(|token| match token {
        TokenTree::Ident(word) => Some(word),
        _ => None,
    });
    if is_impl(item) {
        return words.next_back();
    }
    words.find(|word| *word == "struct" || *word == "enum")?;
    words.next()
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
