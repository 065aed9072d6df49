//! Structs that take any field, read in less code.
//!
//! Where a struct keeps unknown fields, serde's derive gives it an enum of its fields and three
//! dozen functions, most of them for keys that JSON does not have, and keeps what it does not know
//! twice over. Here a struct only says where each field goes; the SDK's `api/object.rs` does the rest.

use proc_macro2::{Group, Ident, Literal, TokenStream, TokenTree};
use quote::quote;

use crate::tokens::{has, is_impl, items, subject, within};

/// Reads the structs that keep unknown fields through the SDK's `Object`.
pub(crate) fn read_as_objects(client: TokenStream) -> TokenStream {
    within(client, "types", |types| {
        let items = items(types).into_iter();
        let read = items.map(|item| match object(&item) {
            Some(object) => object,
            None => item.into_iter().collect(),
        });
        read.collect()
    })
}

/// The struct without its derived reading, and the one that takes its place; nothing for an item that
/// is no struct with `extra`, or has a field that must be given.
fn object(item: &[TokenTree]) -> Option<TokenStream> {
    if is_impl(item) || !has(item, "struct") {
        return None;
    }
    let name = subject(item)?;
    let Some(TokenTree::Group(body)) = item.last() else {
        return None;
    };
    let fields = fields(body.stream())?;
    let struct_itself: TokenStream = item.iter().cloned().map(without_deserialize).collect();
    let known: Vec<_> = fields.iter().map(|field| &field.name).collect();
    let arms = fields.iter().map(|Field { name, wire }| {
        quote! { #wire => super::set(&mut self.#name, entries), }
    });
    let text = Literal::string(&name.to_string());
    Some(quote! {
        #struct_itself
        impl ::std::default::Default for #name {
            fn default() -> Self {
                Self { #(#known: None,)* extra: ::serde_json::Map::new(), }
            }
        }
        impl super::Object for #name {
            const NAME: &'static str = #text;
            fn set<'de, A: ::serde::de::MapAccess<'de>>(
                &mut self,
                field: &str,
                entries: &mut A,
            ) -> Result<bool, A::Error> {
                match field { #(#arms)* _ => Ok(false), }
            }
            fn extra(&mut self) -> &mut ::serde_json::Map<String, ::serde_json::Value> {
                &mut self.extra
            }
        }
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                super::read_object(deserializer)
            }
        }
    })
}

struct Field {
    name: Ident,
    wire: Literal,
}

/// The fields beside `extra`, if there is one and all others may be absent.
fn fields(body: TokenStream) -> Option<Vec<Field>> {
    let mut fields = Vec::new();
    let mut keeps_unknown = false;
    let mut wire = None;
    let mut tokens = body.into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(attribute) => wire = wire.or(renamed(attribute.stream())),
            TokenTree::Ident(word) if word == "pub" => {
                let Some(TokenTree::Ident(name)) = tokens.next() else {
                    return None;
                };
                // `: :: std :: option :: Option <`
                let of_type: TokenStream = tokens.by_ref().take(10).collect();
                if name == "extra" {
                    keeps_unknown = true;
                } else if of_type.to_string().replace(' ', "") == ":::std::option::Option" {
                    let own = || Literal::string(name.to_string().trim_start_matches("r#"));
                    let wire = wire.take().unwrap_or_else(own);
                    fields.push(Field { name, wire });
                } else {
                    return None;
                }
            }
            _ => {}
        }
    }
    keeps_unknown.then_some(fields)
}

/// The name in `serde(rename = "name", …)`.
fn renamed(attribute: TokenStream) -> Option<Literal> {
    let mut tokens = attribute.into_iter();
    let is_serde = matches!(tokens.next(), Some(TokenTree::Ident(word)) if word == "serde");
    let Some(TokenTree::Group(arguments)) = tokens.next().filter(|_| is_serde) else {
        return None;
    };
    let mut arguments = arguments.stream().into_iter();
    arguments.find(|token| matches!(token, TokenTree::Ident(word) if word == "rename"))?;
    match arguments.nth(1)? {
        TokenTree::Literal(name) => Some(name),
        _ => None,
    }
}

/// The token, without `::serde::Deserialize` if it is a list of derives.
fn without_deserialize(token: TokenTree) -> TokenTree {
    let TokenTree::Group(attribute) = &token else {
        return token;
    };
    let mut tokens: Vec<TokenTree> = attribute.stream().into_iter().collect();
    if let [TokenTree::Ident(derive), TokenTree::Group(derived)] = tokens.as_mut_slice()
        && derive == "derive"
    {
        let kept = entries(derived.stream())
            .into_iter()
            .filter(|path| !path.to_string().ends_with("Deserialize"));
        *derived = Group::new(derived.delimiter(), quote! { #(#kept),* });
        return Group::new(attribute.delimiter(), tokens.into_iter().collect()).into();
    }
    token
}

/// What stands between the commas.
fn entries(list: TokenStream) -> Vec<TokenStream> {
    let tokens: Vec<TokenTree> = list.into_iter().collect();
    tokens
        .split(|token| matches!(token, TokenTree::Punct(it) if it.as_char() == ','))
        .map(|entry| entry.iter().cloned().collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(code: &str) -> String {
        let code = format!("pub mod types {{ {code} }}");
        read_as_objects(code.parse().unwrap()).to_string()
    }

    #[test]
    fn a_struct_that_keeps_unknown_fields_says_where_each_goes() {
        let made = read(
            r#"#[derive(::serde::Deserialize, ::serde::Serialize, Clone)] pub struct Disk {
                #[serde(rename = "sizeGB", skip_serializing_if = "x")]
                pub size: ::std::option::Option<::std::vec::Vec<i64>>,
                #[doc = "Its type."] pub type_: ::std::option::Option<String>,
                #[serde(flatten)] pub extra: ::serde_json::Map<String, ::serde_json::Value>,
            }"#,
        );

        for part in [
            quote! { #[derive(::serde::Serialize, Clone)] pub struct Disk },
            quote! { Self { size: None, type_: None, extra: ::serde_json::Map::new(), } },
            quote! { "sizeGB" => super::set(&mut self.size, entries), },
            quote! { "type_" => super::set(&mut self.type_, entries), _ => Ok(false), },
        ] {
            assert!(made.contains(&part.to_string()), "no `{part}` in {made}");
        }
    }

    #[test]
    fn a_struct_with_a_field_that_must_be_given_stays_as_it_is() {
        for code in [
            "#[derive(::serde::Deserialize)] pub struct Key { pub id: String, \
             pub extra: ::serde_json::Map<String, ::serde_json::Value>, }",
            "#[derive(::serde::Deserialize)] pub struct Key { pub id: ::std::option::Option<i64>, }",
        ] {
            let whole: TokenStream = format!("pub mod types {{ {code} }}").parse().unwrap();

            assert_eq!(read(code), whole.to_string());
        }
    }
}
