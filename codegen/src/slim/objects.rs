//! Replaces serde's derives of structs that preserve unknown fields by implementations of `Object`.
//!
//! For such a struct, serde derives an enum of its fields and three dozen functions, most of them for
//! keys that JSON does not have, and buffers unknown fields twice. An implementation of the SDK's trait
//! `Object` (`api/object.rs`) only maps names to fields.

use proc_macro2::{Group, Ident, Literal, TokenStream, TokenTree};
use quote::quote;

use crate::{
    edits::EditCounts,
    tokens::{has, is_impl, split_items, subject, within},
};

/// Implements `Object` for the structs that preserve unknown fields. `keep_attributes` keeps the `serde`
/// attributes of their fields for other derives.
pub(crate) fn implement_object(
    client: TokenStream,
    keep_attributes: bool,
    edits: &mut EditCounts,
) -> TokenStream {
    within(client, "types", |types| {
        let items = split_items(types).into_iter();
        let replaced = items.map(|item| match implement_struct(&item, keep_attributes) {
            Some(object) => edits.count("object: implement `Object`", object),
            None => item.into_iter().collect(),
        });
        replaced.collect()
    })
}

/// Returns `true` if the item is a struct that preserves unknown fields, with optional fields only.
pub(super) fn is_object(item: &[TokenTree]) -> bool {
    object_fields(item).is_some()
}

fn object_fields(item: &[TokenTree]) -> Option<Vec<Field>> {
    let Some(TokenTree::Group(body)) = item.last() else {
        return None;
    };
    let is_struct = !is_impl(item) && has(item, "struct");
    read_fields(body.stream()).filter(|_| is_struct)
}

/// Returns the struct without serde's derives, and its implementation of `Object`. `None` for other items.
fn implement_struct(item: &[TokenTree], keep_attributes: bool) -> Option<TokenStream> {
    let fields = object_fields(item)?;
    let name = subject(item)?;
    let Some(TokenTree::Group(body)) = item.last() else {
        return None;
    };
    let body = if keep_attributes {
        body.clone()
    } else {
        Group::new(body.delimiter(), remove_serde(body.stream()))
    };
    let before = item.iter().take(item.len() - 1).cloned();
    let struct_itself: TokenStream = before
        .map(remove_derives)
        .chain([TokenTree::Group(body)])
        .collect();
    let names: Vec<_> = fields.iter().map(|field| &field.name).collect();
    let arms = fields.iter().map(|Field { name, wire }| {
        quote! { #wire => super::set(&mut self.#name, entries), }
    });
    let puts = fields.iter().map(|Field { name, wire }| {
        quote! { writer.put(#wire, &self.#name); }
    });
    let name_literal = Literal::string(&name.to_string());
    Some(quote! {
        #struct_itself
        impl ::std::default::Default for #name {
            fn default() -> Self {
                Self { #(#names: None,)* extra: ::serde_json::Map::new(), }
            }
        }
        impl super::Object for #name {
            const NAME: &'static str = #name_literal;
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

/// Returns the fields except `extra`. `None` without `extra`, or if a field is required.
fn read_fields(body: TokenStream) -> Option<Vec<Field>> {
    let mut fields = Vec::new();
    let mut has_extra = false;
    let mut wire = None;
    let mut tokens = body.into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(attribute) => wire = wire.or(serde_name(attribute.stream())),
            TokenTree::Ident(word) if word == "pub" => {
                let Some(TokenTree::Ident(name)) = tokens.next() else {
                    return None;
                };
                // `: :: std :: option :: Option <`
                let field_type: TokenStream = tokens.by_ref().take(10).collect();
                if name == "extra" {
                    has_extra = true;
                } else if field_type.to_string().replace(' ', "") == ":::std::option::Option" {
                    let default = || Literal::string(name.to_string().trim_start_matches("r#"));
                    let wire = wire.take().unwrap_or_else(default);
                    fields.push(Field { name, wire });
                } else {
                    return None;
                }
            }
            _ => {}
        }
    }
    has_extra.then_some(fields)
}

/// Returns the name in `serde(rename = "name", …)`.
fn serde_name(attribute: TokenStream) -> Option<Literal> {
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

/// Removes serde's attributes.
fn remove_serde(fields: TokenStream) -> TokenStream {
    let mut tokens = Vec::new();
    for token in fields {
        if matches!(&token, TokenTree::Group(attribute) if is_serde_attribute(attribute)) {
            // Removes the `#` before the attribute.
            tokens.pop();
        } else {
            tokens.push(token);
        }
    }
    tokens.into_iter().collect()
}

fn is_serde_attribute(attribute: &Group) -> bool {
    let first = attribute.stream().into_iter().next();
    matches!(first, Some(TokenTree::Ident(word)) if word == "serde")
}

/// Removes serde's traits if the token is a list of derives.
fn remove_derives(token: TokenTree) -> TokenTree {
    let TokenTree::Group(attribute) = &token else {
        return token;
    };
    let mut tokens: Vec<TokenTree> = attribute.stream().into_iter().collect();
    if let [TokenTree::Ident(derive), TokenTree::Group(derived)] = tokens.as_mut_slice()
        && derive == "derive"
    {
        let paths = split_entries(derived.stream()).into_iter().filter(|path| {
            let path = path.to_string();
            !path.ends_with("Serialize") && !path.ends_with("Deserialize")
        });
        *derived = Group::new(derived.delimiter(), quote! { #(#paths),* });
        return Group::new(attribute.delimiter(), tokens.into_iter().collect()).into();
    }
    token
}

/// Splits a list at its commas.
fn split_entries(list: TokenStream) -> Vec<TokenStream> {
    let tokens: Vec<TokenTree> = list.into_iter().collect();
    tokens
        .split(|token| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ','))
        .map(|entry| entry.iter().cloned().collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewrite(code: &str) -> String {
        let code = format!("pub mod types {{ {code} }}");
        implement_object(code.parse().unwrap(), false, &mut EditCounts::default()).to_string()
    }

    #[test]
    fn implements_object_for_struct_with_unknown_fields() {
        let code = rewrite(
            r#"#[derive(::serde::Deserialize, ::serde::Serialize, Clone)] pub struct Disk {
                #[serde(rename = "sizeGB", skip_serializing_if = "x")]
                pub size: ::std::option::Option<::std::vec::Vec<i64>>,
                #[doc = "Type."] pub type_: ::std::option::Option<String>,
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
            assert!(code.contains(&part.to_string()), "no `{part}` in {code}");
        }
        assert!(!code.contains("skip_serializing_if"), "{code}");
    }

    #[test]
    fn struct_with_required_field_is_unchanged() {
        for code in [
            "#[derive(::serde::Deserialize)] pub struct Key { pub id: String, \
             pub extra: ::serde_json::Map<String, ::serde_json::Value>, }",
            "#[derive(::serde::Deserialize)] pub struct Key { pub id: ::std::option::Option<i64>, }",
        ] {
            let unchanged: TokenStream = format!("pub mod types {{ {code} }}").parse().unwrap();

            assert_eq!(rewrite(code), unchanged.to_string());
        }
    }
}
