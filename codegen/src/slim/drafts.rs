//! Builders that hold the struct they make.
//!
//! Progenitor's hold every field beside the error it may have, and ask for each at the end. Where all
//! fields may be absent there is a struct from the start: setters change it, and the first value that
//! does not fit is kept beside it.

use std::collections::BTreeSet;

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::quote;

use super::objects::is_object;
use crate::{
    edits::EditCounts,
    tokens::{has, is_impl, items, module, subject, within},
};

/// Makes the builders of structs that keep unknown fields hold the struct.
pub(crate) fn with_drafts(client: TokenStream, edits: &mut EditCounts) -> TokenStream {
    let types = items(module(&client, "types")).into_iter();
    let objects: BTreeSet<String> = types
        .filter(|item| is_object(item))
        .filter_map(|item| subject(&item).map(Ident::to_string))
        .collect();
    within(client, "types", |types| {
        within(types, "builder", |builders| {
            let builders = items(builders).into_iter();
            let held = builders.map(|item| match subject(&item).cloned() {
                Some(name) if objects.contains(&name.to_string()) => holding(item, &name, edits),
                _ => item.into_iter().collect(),
            });
            held.collect()
        })
    })
}

/// The item with another body, and a derived default in the place of a written one.
fn holding(mut item: Vec<TokenTree>, name: &Ident, edits: &mut EditCounts) -> TokenStream {
    let Some(TokenTree::Group(body)) = item.pop() else {
        return item.into_iter().collect();
    };
    let before: TokenStream = item.iter().cloned().collect();
    if !is_impl(&item) {
        edits.add("draft: hold the struct", 1);
        quote! {
            #[derive(Default)]
            #before { made: super::#name, wrong: ::std::option::Option<::std::string::String> }
        }
    } else if has(&item, "Default") {
        edits.count("draft: derive `Default`", TokenStream::new())
    } else if has(&item, "TryFrom") {
        edits.add("draft: build from the struct", 1);
        quote! {
            #before {
                type Error = super::error::ConversionError;
                fn try_from(value: #name) -> ::std::result::Result<Self, Self::Error> {
                    match value.wrong {
                        None => Ok(value.made),
                        Some(wrong) => Err(wrong.into()),
                    }
                }
            }
        }
    } else if has(&item, "From") {
        edits.add("draft: make from the struct", 1);
        quote! {
            #before {
                fn from(made: super::#name) -> Self {
                    Self { made, wrong: None }
                }
            }
        }
    } else {
        let setters = setters(body.stream(), edits);
        quote! { #before { #setters } }
    }
}

/// The setters, each with the change of its field for a body.
fn setters(impl_body: TokenStream, edits: &mut EditCounts) -> TokenStream {
    let with_bodies = items(impl_body).into_iter().flat_map(|mut setter| {
        let after_fn = setter
            .iter()
            .skip_while(|token| !matches!(token, TokenTree::Ident(word) if word == "fn"));
        if let Some(TokenTree::Ident(field)) = after_fn.clone().nth(1)
            && let Some(TokenTree::Group(body)) = setter.last()
        {
            let text = field.to_string();
            edits.add("draft: set a field of the struct", 1);
            let change = quote! {
                super::super::set_field(&mut self.made.#field, value, #text, &mut self.wrong);
                self
            };
            let body = Group::new(body.delimiter(), change);
            setter.pop();
            setter.push(body.into());
        }
        setter
    });
    with_bodies.collect()
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
    fn a_builder_holds_the_struct_and_the_first_error() {
        let types = "pub struct Disk { pub size: ::std::option::Option<i64>, \
             pub extra: ::serde_json::Map<String, ::serde_json::Value>, }";
        let made = with_drafts(
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

        let wanted = client(
            types,
            "#[derive(Default)] #[derive(Clone)] pub struct Disk { \
                 made: super::Disk, wrong: ::std::option::Option<::std::string::String> }
             impl Disk { pub fn size<T>(mut self, value: T) -> Self where T: TryInto<Option<i64>>, {
                 super::super::set_field(&mut self.made.size, value, \"size\", &mut self.wrong); self
             } }
             impl TryFrom<Disk> for super::Disk {
                 type Error = super::error::ConversionError;
                 fn try_from(value: Disk) -> ::std::result::Result<Self, Self::Error> {
                     match value.wrong { None => Ok(value.made), Some(wrong) => Err(wrong.into()), }
                 }
             }
             impl From<super::Disk> for Disk {
                 fn from(made: super::Disk) -> Self { Self { made, wrong: None } }
             }",
        );
        assert_eq!(text(&made), text(&wanted));
    }

    #[test]
    fn a_builder_of_a_struct_with_a_field_that_must_be_given_stays_as_it_is() {
        let types = "pub struct Key { pub id: String, }";
        let builders = "pub struct Key { id: Result<String, String> }";

        let made = with_drafts(client(types, builders), &mut EditCounts::default());

        assert_eq!(text(&made), text(&client(types, builders)));
    }
}
