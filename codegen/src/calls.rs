//! Typed calls made from JSON values, for the tests of what the generated code sends.
//!
//! A test can make any call of the build without naming its types: it passes the arguments as JSON, and
//! the code here decodes each to the type that the call's builder takes.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{
    call_builders::{CallBuilder, CallField, call_builders},
    error::Result,
    names,
    operations::Row,
    tokens::module,
};

/// Returns the functions `is_known`, `call` and `default_body`, to be included where `types` and
/// `Client` are in scope.
///
/// # Errors
///
/// Fails if a builder has a field that is no parameter of its operation.
pub(crate) fn to_rust(client: &TokenStream, table: &[Row]) -> Result<TokenStream> {
    let builders = call_builders(module(client, "builder"))?;
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

        /// Returns whether the operation is in this build.
        pub(in super::super) fn is_known(operation_id: &str) -> bool {
            [#(#ids),*].contains(&operation_id)
        }

        /// Makes a call of an operation in this build.
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

        /// Returns the body that a request builder makes if no field is set.
        pub(in super::super) fn default_body(operation_id: &str) -> Option<Result<Value, String>> {
            Some(match operation_id {
                #(#defaults)*
                _ => return None,
            })
        }
    })
}

fn call(builder: &CallBuilder, row: &Row) -> Result<TokenStream> {
    let mut setters = Vec::new();
    for field in &builder.fields {
        let (name, wanted) = (&field.name, field.built());
        let argument = if field.is_body() {
            quote! { arguments.body::<#wanted>() }
        } else {
            let parameter = field.parameter(row)?;
            quote! { arguments.parameter::<#wanted>(#parameter) }
        };
        setters.push(quote! {
            let call = match #argument {
                Some(value) => call.#name(value),
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

/// Returns the arm that makes a body from its builder, if the body is a struct with one.
fn default_body(builder: &CallBuilder, row: &Row) -> Option<TokenStream> {
    let id = &row.id;
    let body = builder.fields.iter().find(|field| field.is_body())?;
    let (made, built) = (body.body_builder()?, CallField::built(body));
    Some(quote! { #id => default::<#made, #built>(), })
}
