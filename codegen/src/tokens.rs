//! Generated code as tokens: a syntax tree of the whole client takes too long to build.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

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
