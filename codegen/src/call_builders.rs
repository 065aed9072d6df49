//! The call builders that progenitor generates: one struct for each operation.

use std::collections::BTreeMap;

use heck::ToSnakeCase;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{GenericArgument, Ident, ItemStruct, PathArguments, Type};

use crate::{
    error::{Error, Result},
    operations::Row,
    tokens::split_items,
};

/// Name of the builder field that contains the request body.
const BODY: &str = "body";

/// The builder of the calls of one operation.
pub(crate) struct CallBuilder {
    pub(crate) fields: Vec<CallField>,
}

/// A parameter or body of a call.
pub(crate) struct CallField {
    pub(crate) name: Ident,
    /// Type of the value, without `Result` and `Option`.
    value: Type,
}

/// Reads the builders in the content of the module `builder`.
///
/// Only the structs are parsed, because a syntax tree of the whole client takes too long.
pub(crate) fn call_builders(module: TokenStream) -> Result<BTreeMap<String, CallBuilder>> {
    let mut builders = BTreeMap::new();
    for item in split_items(module) {
        let is_struct =
            |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "struct");
        let item: TokenStream = item
            .into_iter()
            .skip_while(|token| !is_struct(token))
            .collect();
        if !item.is_empty() {
            let item: ItemStruct = syn::parse2(item)?;
            let fields = item
                .fields
                .iter()
                .filter_map(CallField::from_field)
                .collect();
            builders.insert(item.ident.to_string(), CallBuilder { fields });
        }
    }
    Ok(builders)
}

impl CallField {
    /// Reads a field of the type `Result<T, String>` or `Result<Option<T>, String>`.
    fn from_field(field: &syn::Field) -> Option<Self> {
        let value = type_argument(&field.ty, "Result")?;
        let value = type_argument(value, "Option").unwrap_or(value);
        Some(Self {
            name: field.ident.clone()?,
            value: value.clone(),
        })
    }

    pub(crate) fn is_body(&self) -> bool {
        self.name == BODY
    }

    /// Returns the name of the parameter on the wire.
    pub(crate) fn parameter<'a>(&self, row: &'a Row) -> Result<&'a str> {
        let field = self.name.to_string();
        let mut names = row.parameters.iter().map(|(name, _, _)| name.as_str());
        names
            .find(|name| name.to_snake_case() == field.trim_end_matches('_'))
            .ok_or_else(|| Error::Missing(format!("parameter `{field}` of {}", row.id)))
    }

    /// Returns the builder of a struct, for a body that has one, as code.
    pub(crate) fn body_builder(&self) -> Option<&Type> {
        (self.value_type().to_string() != self.value.to_token_stream().to_string())
            .then_some(&self.value)
    }

    /// Returns the type of the value, or of the struct that the value builds, as code.
    pub(crate) fn value_type(&self) -> TokenStream {
        let value = self.value.to_token_stream().to_string();
        let built = value.replace("types :: builder ::", "types ::");
        built.parse().unwrap_or_default()
    }
}

/// Returns the first argument of a generic type with this name.
pub(crate) fn type_argument<'a>(generic: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = generic else {
        return None;
    };
    let last = path.path.segments.last();
    let last = last.filter(|segment| segment.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    })
}
