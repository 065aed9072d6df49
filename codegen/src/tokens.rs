//! Generated code as tokens: a syntax tree of the whole client takes too long to build.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

/// The tokens inside the module of this name.
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

/// The items of a module: each ends with a group in braces or a semicolon.
pub(crate) fn items(code: TokenStream) -> Vec<Vec<TokenTree>> {
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

/// Changes what is inside the module of this name.
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

/// Whether the item implements something.
pub(crate) fn is_impl(item: &[TokenTree]) -> bool {
    has(item, "impl")
}

/// Whether the word is in the item, outside its groups.
pub(crate) fn has(item: &[TokenTree], wanted: &str) -> bool {
    item.iter()
        .any(|token| matches!(token, TokenTree::Ident(word) if word == wanted))
}

/// The type that the item defines or implements something for.
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
