//! Structs that take any field, read and written in less code.
//!
//! Where a struct keeps unknown fields, serde's derive gives it an enum of its fields and three
//! dozen functions, most of them for keys that JSON does not have, and keeps what it does not know
//! twice over; writing asks for the error of every field. Here a struct only says where each field
//! goes and comes from; the SDK's `api/object.rs` does the rest.

use proc_macro2::{Group, Ident, Literal, TokenStream, TokenTree};
use quote::quote;

use crate::{
    edits::EditCounts,
    tokens::{has, is_impl, items, subject, within},
};

/// Reads and writes the structs that keep unknown fields through the SDK's `Object`. The `serde`
/// attributes of their fields stay only where a derive still reads them.
pub(crate) fn as_objects(
    client: TokenStream,
    keep_attributes: bool,
    edits: &mut EditCounts,
) -> TokenStream {
    within(client, "types", |types| {
        let items = items(types).into_iter();
        let read = items.map(|item| match object(&item, keep_attributes) {
            Some(object) => edits.count("object: read and write through `Object`", object),
            None => item.into_iter().collect(),
        });
        read.collect()
    })
}

/// Whether the item is a struct that keeps unknown fields, of which every field may be absent.
pub(super) fn is_object(item: &[TokenTree]) -> bool {
    object_fields(item).is_some()
}

fn object_fields(item: &[TokenTree]) -> Option<Vec<Field>> {
    let Some(TokenTree::Group(body)) = item.last() else {
        return None;
    };
    let is_struct = !is_impl(item) && has(item, "struct");
    fields(body.stream()).filter(|_| is_struct)
}

/// The struct without what serde derives, and what takes its place; nothing for an item that is no
/// struct with `extra`, or has a field that must be given.
fn object(item: &[TokenTree], keep_attributes: bool) -> Option<TokenStream> {
    let fields = object_fields(item)?;
    let name = subject(item)?;
    let Some(TokenTree::Group(body)) = item.last() else {
        return None;
    };
    let body = if keep_attributes {
        body.clone()
    } else {
        Group::new(body.delimiter(), without_serde(body.stream()))
    };
    let before = item.iter().take(item.len() - 1).cloned();
    let struct_itself: TokenStream = before
        .map(without_derives)
        .chain([TokenTree::Group(body)])
        .collect();
    let known: Vec<_> = fields.iter().map(|field| &field.name).collect();
    let arms = fields.iter().map(|Field { name, wire }| {
        quote! { #wire => super::set(&mut self.#name, entries), }
    });
    let puts = fields.iter().map(|Field { name, wire }| {
        quote! { writer.put(#wire, &self.#name); }
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
            fn put<M: ::serde::ser::SerializeMap>(&self, writer: &mut super::Writer<M>) {
                #(#puts)*
            }
            fn extra(&self) -> &::serde_json::Map<String, ::serde_json::Value> {
                &self.extra
            }
            fn extra_mut(&mut self) -> &mut ::serde_json::Map<String, ::serde_json::Value> {
                &mut self.extra
            }
        }
        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                super::write_object(self, serializer)
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

/// The fields without the attributes of serde.
fn without_serde(fields: TokenStream) -> TokenStream {
    let mut kept = Vec::new();
    for token in fields {
        if matches!(&token, TokenTree::Group(attribute) if is_of_serde(attribute)) {
            // The `#` before it.
            kept.pop();
        } else {
            kept.push(token);
        }
    }
    kept.into_iter().collect()
}

fn is_of_serde(attribute: &Group) -> bool {
    let first = attribute.stream().into_iter().next();
    matches!(first, Some(TokenTree::Ident(word)) if word == "serde")
}

/// The token, without what serde derives if it is a list of derives.
fn without_derives(token: TokenTree) -> TokenTree {
    let TokenTree::Group(attribute) = &token else {
        return token;
    };
    let mut tokens: Vec<TokenTree> = attribute.stream().into_iter().collect();
    if let [TokenTree::Ident(derive), TokenTree::Group(derived)] = tokens.as_mut_slice()
        && derive == "derive"
    {
        let kept = entries(derived.stream()).into_iter().filter(|path| {
            let path = path.to_string();
            !path.ends_with("Serialize") && !path.ends_with("Deserialize")
        });
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
        as_objects(code.parse().unwrap(), false, &mut EditCounts::default()).to_string()
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
            quote! { #[derive(Clone)] pub struct Disk },
            quote! { Self { size: None, type_: None, extra: ::serde_json::Map::new(), } },
            quote! { "sizeGB" => super::set(&mut self.size, entries), },
            quote! { "type_" => super::set(&mut self.type_, entries), _ => Ok(false), },
            quote! { writer.put("sizeGB", &self.size); writer.put("type_", &self.type_); },
        ] {
            assert!(made.contains(&part.to_string()), "no `{part}` in {made}");
        }
        assert!(!made.contains("skip_serializing_if"), "{made}");
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
