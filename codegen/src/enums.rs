//! Open enums: known values are variants, other values are preserved.
//!
//! typify's enums are closed, but Atlas sends values that the document does not list, and one unknown
//! value would make a whole response undecodable. Each named enum is therefore replaced by an open one.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{document::Document, error::Result, names, passes::enum_values};

/// An enum of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OpenEnum {
    /// Name of the type.
    pub name: String,
    /// Known values with the names of their variants, in the document's order.
    pub variants: Vec<(String, String)>,
}

/// Returns the named enums of a document that the [`passes`](crate::passes) have transformed.
///
/// # Errors
///
/// Fails if the document has no schemas.
pub fn collect(document: &Document) -> Result<Vec<OpenEnum>> {
    let schemas = document.schemas()?.iter();
    let enums = schemas.filter_map(|(name, schema)| {
        let variants = with_variant_names(enum_values(schema)?);
        Some(OpenEnum {
            name: name.clone(),
            variants,
        })
    });
    Ok(enums.collect())
}

/// Generates the module of open enums, which the SDK's macro `open_enum!` defines.
pub fn to_rust(enums: &[OpenEnum]) -> TokenStream {
    let enums = enums.iter().map(|open| {
        let name = format_ident!("{}", open.name);
        let doc = format!("Values of `{}`; unknown values are preserved.", open.name);
        let variants = open.variants.iter().map(|(value, variant)| {
            let variant = format_ident!("{variant}");
            quote! { #variant = #value }
        });
        quote! {
            open_enum! { #[doc = #doc] pub enum #name { #(#variants),* } }
        }
    });
    quote! {
        /// Open enums: known values are variants, other values are preserved.
        pub mod enums {
            use crate::api::open_enum;
            #(#enums)*
        }
    }
}

/// Returns the values with the names of their variants. Equal names get a number.
fn with_variant_names(values: Vec<String>) -> Vec<(String, String)> {
    let mut used_names = BTreeSet::new();
    values
        .into_iter()
        .map(|value| {
            let base = names::variant_name(&value);
            let numbered = (2..).map(|number| format!("{base}{number}"));
            let unused = std::iter::once(base.clone())
                .chain(numbered)
                .find(|name| !used_names.contains(name));
            let name = unused.unwrap_or(base);
            used_names.insert(name.clone());
            (value, name)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_differ_in_case_get_different_variants() {
        let values = ["HOURS", "hours", "<"].map(str::to_owned).to_vec();

        let names: Vec<_> = with_variant_names(values)
            .into_iter()
            .map(|(_, name)| name)
            .collect();

        assert_eq!(names, ["Hours", "Hours2", "LessThan"]);
    }
}
