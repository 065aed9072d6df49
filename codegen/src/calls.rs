//! Generates functions that make typed calls from JSON values, for tests of the generated code.
//!
//! A test passes the arguments of any operation as JSON, without naming its types. The functions decode
//! each argument to the type of the builder's setter.

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
/// Fails if a builder has a field that is not a parameter of its operation.
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
        functions.push(generate_call(builder, row)?);
        calls.push(quote! { #id => #method(client, arguments), });
        ids.push(id);
        defaults.extend(generate_default_body(builder, row));
    }
    // One function for each call, since a single function would overflow the stack.
    Ok(quote! {
        #(#functions)*

        /// Returns `true` if the operation is in this build.
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

fn generate_call(builder: &CallBuilder, row: &Row) -> Result<TokenStream> {
    let mut setters = Vec::new();
    for field in &builder.fields {
        let (name, target) = (&field.name, field.value_type());
        let argument = if field.is_body() {
            quote! { arguments.body::<#target>() }
        } else {
            let parameter = field.parameter(row)?;
            quote! { arguments.parameter::<#target>(#parameter) }
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

/// Returns the match arm that builds the default body. `None` if the body has no builder.
fn generate_default_body(builder: &CallBuilder, row: &Row) -> Option<TokenStream> {
    let id = &row.id;
    let body = builder.fields.iter().find(|field| field.is_body())?;
    let (builder, built) = (body.body_builder()?, CallField::value_type(body));
    Some(quote! { #id => default::<#builder, #built>(), })
}
