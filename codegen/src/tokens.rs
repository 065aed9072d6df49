//! Functions on generated code as tokens, since parsing the whole client takes too long.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

/// Returns the content of a module.
pub(crate) fn module(code: &TokenStream, name: &str) -> TokenStream {
    let mut tokens = code.clone().into_iter();
    while let Some(token) = tokens.next() {
        let is_mod = matches!(&token, TokenTree::Ident(word) if word == "mod");
        if is_mod && matches!(tokens.next(), Some(TokenTree::Ident(word)) if word == name) {
            return match tokens.next() {
                Some(TokenTree::Group(group)) => group.stream(),
                _ => TokenStream::new(),
            };
        }
    }
    TokenStream::new()
}

/// Splits the content of a module into items, which end with braces or a semicolon.
pub(crate) fn split_items(code: TokenStream) -> Vec<Vec<TokenTree>> {
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

/// Changes the content of a module.
pub(crate) fn within(
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
        let identifier = match &token {
            TokenTree::Ident(identifier) => Some(identifier.to_string()),
            _ => None,
        };
        is_next = before.as_deref() == Some("mod") && identifier.as_deref() == Some(name);
        before = identifier;
        token
    });
    tokens.collect()
}

/// Returns `true` if the item is an `impl`.
pub(crate) fn is_impl(item: &[TokenTree]) -> bool {
    has(item, "impl")
}

/// Returns `true` if the item contains the word outside its groups.
pub(crate) fn has(item: &[TokenTree], text: &str) -> bool {
    item.iter()
        .any(|token| matches!(token, TokenTree::Ident(word) if word == text))
}

/// Returns the type that the item defines or implements.
pub(crate) fn subject(item: &[TokenTree]) -> Option<&Ident> {
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
