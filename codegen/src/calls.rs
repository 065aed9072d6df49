//! Typed calls made from JSON values, for the tests of what the generated code sends.
//!
//! A test can make any call of the build without naming its types: it gives the arguments as JSON,
//! and the code here decodes each to the type that the call's builder wants. It reads those types off
//! the generated builders, so it asks of them what a caller would.

use std::collections::BTreeMap;

use heck::ToSnakeCase;
use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::{GenericArgument, Ident, ItemStruct, PathArguments, Type};

use crate::{
    error::{Error, Result},
    names,
    operations::Row,
    tokens::{items, module},
};

/// The name of the builders' field that is the body.
const BODY: &str = "body";

/// The functions `is_known`, `call` and `default_body`, to be included where `types` and `Client` are in scope.
///
/// # Errors
///
/// Fails if a builder has a field that is no parameter of its operation.
pub(crate) fn to_rust(client: &TokenStream, table: &[Row]) -> Result<TokenStream> {
    let builders = builders(client)?;
    let mut functions = Vec::new();
    let mut calls = Vec::new();
    let mut ids = Vec::new();
    let mut defaults = Vec::new();
    for row in table {
        let Some(builder) = builders.get(&names::builder_name(&row.id)) else {
            continue;
        };
        let (id, method) = (&row.id, format_ident!("{}", row.method_name));
        functions.push(call(builder, row)?);
        calls.push(quote! { #id => #method(client, arguments), });
        ids.push(id);
        defaults.extend(default_body(builder, row));
    }
    // One function a call: all of them in one would overflow the stack.
    Ok(quote! {
        #(#functions)*

        /// Whether the operation is one of this build.
        pub(in super::super) fn is_known(operation_id: &str) -> bool {
            [#(#ids),*].contains(&operation_id)
        }

        /// Makes the call of an operation of this build.
        pub(in super::super) fn call<'a>(
            client: &'a Client,
            operation_id: &str,
            arguments: &Arguments<'_>,
        ) -> Option<Sending<'a>> {
            Some(match operation_id {
                #(#calls)*
                _ => return None,
            })
        }

        /// The body that the builder of an operation's request makes when nothing is set.
        pub(in super::super) fn default_body(operation_id: &str) -> Option<Result<Value, String>> {
            Some(match operation_id {
                #(#defaults)*
                _ => return None,
            })
        }
    })
}

/// The structs of the module `builder` by name. Only they are parsed: the whole client takes long.
fn builders(client: &TokenStream) -> Result<BTreeMap<String, ItemStruct>> {
    let mut structs = BTreeMap::new();
    for item in items(module(client, "builder")) {
        let is_struct =
            |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "struct");
        let item: TokenStream = item.into_iter().skip_while(|it| !is_struct(it)).collect();
        if !item.is_empty() {
            let item: ItemStruct = syn::parse2(item)?;
            structs.insert(item.ident.to_string(), item);
        }
    }
    Ok(structs)
}

fn call(builder: &ItemStruct, row: &Row) -> Result<TokenStream> {
    let mut setters = Vec::new();
    for (field, wanted) in fields(builder) {
        let argument = if field == BODY {
            quote! { arguments.body::<#wanted>() }
        } else {
            let name = parameter(row, &field)?;
            quote! { arguments.parameter::<#wanted>(#name) }
        };
        setters.push(quote! {
            let call = match #argument {
                Some(value) => call.#field(value),
                None => call,
            };
        });
    }
    let method = format_ident!("{}", row.method_name);
    Ok(quote! {
        fn #method<'a>(client: &'a Client, arguments: &Arguments<'_>) -> Sending<'a> {
            let call = client.#method();
            #(#setters)*
            sending(call.send())
        }
    })
}

/// How a body that is a struct is made from its builder.
fn default_body(builder: &ItemStruct, row: &Row) -> Option<TokenStream> {
    let id = &row.id;
    let body = builder
        .fields
        .iter()
        .find(|field| field.ident.as_ref().is_some_and(|it| it == BODY))?;
    let made = set_type(&body.ty)?;
    let built = without_builder(made);
    if built == made.to_token_stream().to_string() {
        return None;
    }
    let built: Type = syn::parse_str(&built).ok()?;
    Some(quote! { #id => default::<#made, #built>(), })
}

/// The fields that a caller sets, with the types that they take.
fn fields(builder: &ItemStruct) -> impl Iterator<Item = (Ident, TokenStream)> {
    builder.fields.iter().filter_map(|field| {
        let wanted = without_builder(set_type(&field.ty)?);
        Some((field.ident.clone()?, wanted.parse().ok()?))
    })
}

/// What a field of the type `Result<T, String>` or `Result<Option<T>, String>` is set to.
fn set_type(field: &Type) -> Option<&Type> {
    let wanted = argument(field, "Result")?;
    Some(argument(wanted, "Option").unwrap_or(wanted))
}

/// The type in the place of a struct's own builder, as text: the struct.
fn without_builder(wanted: &Type) -> String {
    wanted
        .to_token_stream()
        .to_string()
        .replace("types :: builder ::", "types ::")
}

/// The first argument of a generic type of this name.
fn argument<'a>(generic: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = generic else {
        return None;
    };
    let last = path.path.segments.last().filter(|it| it.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    })
}

/// The parameter's name on the wire.
fn parameter<'a>(row: &'a Row, field: &Ident) -> Result<&'a str> {
    let wanted = field.to_string();
    let mut names = row.parameters.iter().map(|(name, _, _)| name.as_str());
    names
        .find(|name| name.to_snake_case() == wanted.trim_end_matches('_'))
        .ok_or_else(|| Error::Missing(format!("parameter `{wanted}` of {}", row.id)))
}
