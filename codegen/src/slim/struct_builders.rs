//! Replaces builders by ones that contain the struct that they build.
//!
//! Progenitor's builders store a `Result` for each field and check all of them at the end. If all fields
//! are optional, the builder can contain the struct instead: setters change its fields, and the builder
//! stores the first conversion error.

use std::collections::BTreeSet;

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::quote;

use super::objects::is_object;
use crate::{
    edits::EditCounts,
    tokens::{has, is_impl, module, split_items, subject, within},
};

/// Replaces the builders of structs whose fields are all optional.
pub(crate) fn use_struct_builders(client: TokenStream, edits: &mut EditCounts) -> TokenStream {
    let types = split_items(module(&client, "types")).into_iter();
    let objects: BTreeSet<String> = types
        .filter(|item| is_object(item))
        .filter_map(|item| subject(&item).map(Ident::to_string))
        .collect();
    within(client, "types", |types| {
        within(types, "builder", |builders| {
            let builders = split_items(builders).into_iter();
            let replaced = builders.map(|item| match subject(&item).cloned() {
                Some(name) if objects.contains(&name.to_string()) => {
                    replace_body(item, &name, edits)
                }
                _ => item.into_iter().collect(),
            });
            replaced.collect()
        })
    })
}

/// Replaces the body of an item of the builder, and its `impl Default` by a derive.
fn replace_body(mut item: Vec<TokenTree>, name: &Ident, edits: &mut EditCounts) -> TokenStream {
    let Some(TokenTree::Group(body)) = item.pop() else {
        return item.into_iter().collect();
    };
    let before: TokenStream = item.iter().cloned().collect();
    if !is_impl(&item) {
        edits.add("struct builder: contain the struct", 1);
        quote! {
            #[derive(Default)]
            #before { value: super::#name, error: ::std::option::Option<::std::string::String> }
        }
    } else if has(&item, "Default") {
        edits.count("struct builder: derive `Default`", TokenStream::new())
    } else if has(&item, "TryFrom") {
        edits.add("struct builder: convert to the struct", 1);
        quote! {
            #before {
                type Error = super::error::ConversionError;
                fn try_from(builder: #name) -> ::std::result::Result<Self, Self::Error> {
                    match builder.error {
                        None => Ok(builder.value),
                        Some(error) => Err(error.into()),
                    }
                }
            }
        }
    } else if has(&item, "From") {
        edits.add("struct builder: convert from the struct", 1);
        quote! {
            #before {
                fn from(value: super::#name) -> Self {
                    Self { value, error: None }
                }
            }
        }
    } else {
        let setters = rewrite_setters(body.stream(), edits);
        quote! { #before { #setters } }
    }
}

/// Replaces the body of each setter by an assignment to the struct's field.
fn rewrite_setters(impl_body: TokenStream, edits: &mut EditCounts) -> TokenStream {
    let replaced = split_items(impl_body).into_iter().flat_map(|mut setter| {
        let after_fn = setter
            .iter()
            .skip_while(|token| !matches!(token, TokenTree::Ident(word) if word == "fn"));
        if let Some(TokenTree::Ident(field)) = after_fn.clone().nth(1)
            && let Some(TokenTree::Group(body)) = setter.last()
        {
            let field_name = field.to_string();
            edits.add("struct builder: set a field of the struct", 1);
            let assignment = quote! {
                super::super::set_field(&mut self.value.#field, value, #field_name, &mut self.error);
                self
            };
            let body = Group::new(body.delimiter(), assignment);
            setter.pop();
            setter.push(body.into());
        }
        setter
    });
    replaced.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(types: &str, builders: &str) -> TokenStream {
        let code = format!("pub mod types {{ {types} pub mod builder {{ {builders} }} }}");
        code.parse().unwrap()
    }

    fn text(code: &TokenStream) -> String {
        code.to_string().replace(' ', "")
    }

    #[test]
    fn builder_contains_struct_and_first_error() {
        let types = "pub struct Disk { pub size: ::std::option::Option<i64>, \
             pub extra: ::serde_json::Map<String, ::serde_json::Value>, }";
        let replaced = use_struct_builders(
            client(
            types,
            "#[derive(Clone)] pub struct Disk { size: Result<Option<i64>, String> }
             impl Default for Disk { fn default() -> Self { Self { size: Ok(None) } } }
             impl Disk { pub fn size<T>(mut self, value: T) -> Self where T: TryInto<Option<i64>>, {
                 self.size = value.try_into().map_err(|e| e.to_string()); self
             } }
             impl TryFrom<Disk> for super::Disk { fn try_from(value: Disk) -> X { Ok(Self { size: value.size? }) } }
             impl From<super::Disk> for Disk { fn from(value: super::Disk) -> Self { Self { size: Ok(value.size) } } }",
        ), &mut EditCounts::default());

        let expected = client(
            types,
            "#[derive(Default)] #[derive(Clone)] pub struct Disk { \
                 value: super::Disk, error: ::std::option::Option<::std::string::String> }
             impl Disk { pub fn size<T>(mut self, value: T) -> Self where T: TryInto<Option<i64>>, {
                 super::super::set_field(&mut self.value.size, value, \"size\", &mut self.error); self
             } }
             impl TryFrom<Disk> for super::Disk {
                 type Error = super::error::ConversionError;
                 fn try_from(builder: Disk) -> ::std::result::Result<Self, Self::Error> {
                     match builder.error { None => Ok(builder.value), Some(error) => Err(error.into()), }
                 }
             }
             impl From<super::Disk> for Disk {
                 fn from(value: super::Disk) -> Self { Self { value, error: None } }
             }",
        );
        assert_eq!(text(&replaced), text(&expected));
    }

    #[test]
    fn builder_of_struct_with_required_field_is_unchanged() {
        let types = "pub struct Key { pub id: String, }";
        let builders = "pub struct Key { id: Result<String, String> }";

        let unchanged = use_struct_builders(client(types, builders), &mut EditCounts::default());

        assert_eq!(text(&unchanged), text(&client(types, builders)));
    }
}
