//! Generates the operations table as Rust code.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Location, ResponseBody, Row};
use crate::{rate_limits::Scope, secrets::Secrets};

/// Returns the rows, the module `operation` with one constant for each row, and the words that mark
/// secrets. The including module must import the types.
pub fn to_rust(rows: &[Row], secrets: &Secrets) -> TokenStream {
    let constants = rows.iter().enumerate().map(|(index, row)| {
        let name = format_ident!("{}", row.method_name.to_uppercase());
        let doc = format!("`{} {}`", row.method, row.path);
        quote! {
            #[doc = #doc]
            pub const #name: &Operation = &OPERATIONS[#index];
        }
    });
    let module_doc = "One constant for each stable operation, named after its id.";
    let rows = rows.iter().map(row_to_rust);
    let secrets = secrets.to_rust();
    quote! {
        #secrets

        static OPERATIONS: &[Operation] = &[#(#rows),*];

        #[doc = #module_doc]
        pub mod operation {
            use super::{OPERATIONS, Operation};

            #(#constants)*
        }
    }
}

fn row_to_rust(row: &Row) -> TokenStream {
    let Row {
        id,
        method_name,
        method,
        path,
        tag,
        accept,
        success,
        paged,
        roles,
        server_owned,
        request_fields,
        response_fields,
        secrets,
        ..
    } = row;
    let versions = row.versions.iter().map(|(date, sunset)| {
        let sunset = option_to_rust(sunset.as_ref());
        quote! { Version { date: #date, sunset: #sunset } }
    });
    let content_type = option_to_rust(row.content_type.as_ref());
    let response_kind = match row.response_body {
        ResponseBody::Json => quote! { ResponseKind::Json },
        ResponseBody::Bytes => quote! { ResponseKind::Bytes },
        ResponseBody::Nothing => quote! { ResponseKind::Empty },
    };
    let types = row.parameter_types.iter();
    let parameters = row.parameters.iter().zip(types);
    let parameters = parameters.map(|((name, location, required), number)| {
        let location = match location {
            Location::Path => quote! { Location::Path },
            Location::Query => quote! { Location::Query },
            Location::Header => quote! { Location::Header },
        };
        quote! { Parameter { name: #name, location: #location, required: #required, schema: Schema(#number) } }
    });
    let request = schema_to_rust(row.request);
    let response = schema_to_rust(row.response);
    let rate_limit = rate_limit_to_rust(row.rate_limit);
    quote! {
        Operation {
            id: #id, method_name: #method_name, method: #method, path: #path, tag: #tag,
            versions: &[#(#versions),*], accept: #accept, content_type: #content_type,
            success: #success, response_kind: #response_kind, paged: #paged, roles: &[#(#roles),*],
            parameters: &[#(#parameters),*], server_owned: &[#(#server_owned),*],
            request_fields: &[#(#request_fields),*], response_fields: &[#(#response_fields),*],
            secrets: &[#(#secrets),*], request: #request, response: #response,
            rate_limit: #rate_limit,
        }
    }
}

fn option_to_rust(text: Option<&String>) -> TokenStream {
    text.map_or_else(|| quote! { None }, |text| quote! { Some(#text) })
}

fn schema_to_rust(number: Option<u32>) -> TokenStream {
    number.map_or_else(
        || quote! { None },
        |number| quote! { Some(Schema(#number)) },
    )
}

fn rate_limit_to_rust(limit: Option<(u32, Option<Scope>)>) -> TokenStream {
    let Some((capacity, scope)) = limit else {
        return quote! { None };
    };
    let scope = match scope {
        None => quote! { None },
        Some(Scope::Group) => quote! { Some(RateLimitScope::Project) },
        Some(Scope::Organization) => quote! { Some(RateLimitScope::Organization) },
        Some(Scope::User) => quote! { Some(RateLimitScope::User) },
        Some(Scope::Ip) => quote! { Some(RateLimitScope::Ip) },
    };
    quote! { Some(OperationRateLimit { capacity: #capacity, scope: #scope }) }
}
