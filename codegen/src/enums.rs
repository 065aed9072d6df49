//! Open enums: the known values as variants, every other value kept as it came.
//!
//! typify's own enums are closed, and Atlas sends values that its document does not know: a closed
//! enum in a cluster fails every real cluster. So each named enum is replaced by a type of ours.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{document::Document, error::Result, names, passes::enum_values};

/// An enum of the document: its type's name and its values.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OpenEnum {
    /// The name of the type.
    pub name: String,
    /// The known values with the names of their variants, in the document's order.
    pub variants: Vec<(String, String)>,
}

/// The named enums of a document that has been through the passes.
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

/// The module of open enums, each made by the SDK's `open_enum!`.
pub fn to_rust(enums: &[OpenEnum]) -> TokenStream {
    let enums = enums.iter().map(|open| {
        let name = format_ident!("{}", open.name);
        let doc = format!("Values of `{}`; others are kept as they came.", open.name);
        let variants = open.variants.iter().map(|(value, variant)| {
            let variant = format_ident!("{variant}");
            quote! { #variant = #value }
        });
        quote! {
            open_enum! { #[doc = #doc] pub enum #name { #(#variants),* } }
        }
    });
    quote! {
        /// Open enums: known values as variants, every other value kept as it came.
        pub mod enums {
            use crate::api::open_enum;
            #(#enums)*
        }
    }
}

/// Names for the values' variants; where two values would share one, the later gets a number.
fn with_variant_names(values: Vec<String>) -> Vec<(String, String)> {
    let mut taken = BTreeSet::new();
    values
        .into_iter()
        .map(|value| {
            let base = names::variant_name(&value);
            let numbered = (2..).map(|number| format!("{base}{number}"));
            let free = std::iter::once(base.clone())
                .chain(numbered)
                .find(|name| !taken.contains(name));
            let name = free.unwrap_or(base);
            taken.insert(name.clone());
            (value, name)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_differ_in_case_have_variants_of_their_own() {
        let values = ["HOURS", "hours", "<"].map(str::to_owned).to_vec();

        let names: Vec<_> = with_variant_names(values)
            .into_iter()
            .map(|(_, name)| name)
            .collect();

        assert_eq!(names, ["Hours", "Hours2", "LessThan"]);
    }
}
