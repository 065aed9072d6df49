//! Generates Rust code from the files of `openapi/`.

use std::{fs, path::Path};

use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle, TagStyle, TypeImpl};
use quote::{format_ident, quote};

use crate::{
    calls, client,
    corrections::Corrections,
    descriptions::{self, Descriptions},
    document::{Document, schema_reference},
    edits::EditCounts,
    enums::{self, OpenEnum},
    error::{Error, Result},
    names,
    operations::{self, ResponseBody, Row},
    passes, print, public_types,
    rate_limits::RateLimits,
    schemas,
    secrets::Secrets,
    slim,
    type_names::TypeNames,
};

/// Contents of the files in `openapi/`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Inputs {
    /// `atlas-admin-v2.json`
    pub document: String,
    /// `corrections.toml`
    pub corrections: String,
    /// `descriptions.toml`
    pub descriptions: String,
    /// `names.toml`
    pub names: String,
    /// `rate-limits.toml`
    pub rate_limits: String,
    /// `secrets.toml`
    pub secrets: String,
}

impl Inputs {
    /// Names of the files.
    pub const FILES: [&str; 6] = [
        "atlas-admin-v2.json",
        "corrections.toml",
        "descriptions.toml",
        "names.toml",
        "rate-limits.toml",
        "secrets.toml",
    ];

    /// Reads the files of a directory.
    ///
    /// # Errors
    ///
    /// Fails if a file cannot be read.
    pub fn read(directory: &Path) -> Result<Self> {
        let read = |file: &'static str| {
            fs::read_to_string(directory.join(file)).map_err(|source| Error::Read { file, source })
        };
        let [
            document,
            corrections,
            descriptions,
            names,
            rate_limits,
            secrets,
        ] = Self::FILES;
        Ok(Self {
            document: read(document)?,
            corrections: read(corrections)?,
            descriptions: read(descriptions)?,
            names: read(names)?,
            rate_limits: read(rate_limits)?,
            secrets: read(secrets)?,
        })
    }
}

/// Options of the generated code.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "callers set all fields")]
pub struct Options {
    /// `true` if the types derive `schemars::JsonSchema`.
    pub json_schema: bool,
}

/// The generated Rust code.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Generated {
    /// Typed client with its types and open enums.
    pub client: String,
    /// Operations table.
    pub operations: String,
    /// Types of bodies and parameters. The operations table refers to them by number.
    pub schemas: Vec<u8>,
    /// Functions for tests that make typed calls from JSON values.
    pub calls: String,
    /// Names of the client's structs and enums, as the content of `types.txt`.
    pub types: String,
    /// Matches of each rule that edits progenitor's output.
    pub edits: EditCounts,
}

/// Generates the client for the tags for which `has_tag` returns `true`, and the table of all operations.
///
/// Names the types before selecting tags, so that names do not depend on the selection.
///
/// # Errors
///
/// Fails if a file is malformed, an entry of a file matches nothing, a pass changes nothing, or
/// progenitor rejects the document.
pub fn generate(
    inputs: &Inputs,
    options: Options,
    has_tag: impl Fn(&str) -> bool,
) -> Result<Generated> {
    let mut document = Document::parse(&inputs.document)?;
    Corrections::parse(&inputs.corrections)?.apply(&mut document)?;
    let secrets = Secrets::parse(&inputs.secrets)?;
    secrets.apply(&mut document)?;
    let mut table = operations::table(&document)?;
    let schemas = schemas::pack(&mut table, &document)?;
    let rate_limits = RateLimits::parse(&inputs.rate_limits)?;
    operations::add_rate_limits(&mut table, &rate_limits);
    let type_names = TypeNames::parse(&inputs.names)?;
    type_names.rename_schemas(&mut document)?;
    passes::run(&mut document)?;
    type_names.name_enums(&mut document)?;
    operations::add_fields(&mut table, &document);
    descriptions::describe(
        &mut document,
        &Descriptions::parse(&inputs.descriptions)?,
        &rate_limits,
        &table,
    )?;
    select(&mut document, has_tag)?;
    let mut edits = EditCounts::default();
    let open_enums = enums::collect(&document)?;
    let client = typed_client(&document, options, &table, &open_enums, &mut edits)?;
    let types = public_types::to_text(&client, &open_enums);
    let calls = print::to_text(calls::to_rust(&client, &table)?);
    let client = mark_examples_as_text(&print::to_text(client), &mut edits);
    Ok(Generated {
        calls,
        types,
        client: slim::share_conversions(&client, &mut edits),
        operations: print::to_text(operations::to_rust(&table, &secrets)),
        schemas,
        edits,
    })
}

/// Keeps the operations of the selected tags and the schemas that they reach.
fn select(document: &mut Document, has_tag: impl Fn(&str) -> bool) -> Result<()> {
    document.retain_operations(|operation| {
        let tags = operation["tags"].as_array().into_iter().flatten();
        tags.filter_map(|tag| tag.as_str()).any(&has_tag)
    });
    // Callers decode error documents with this type.
    let error = schema_reference("ApiError");
    let reached = document.reachable_from([&document.0["paths"], &error])?;
    document
        .schemas_mut()?
        .retain(|name, _| reached.contains(name));
    Ok(())
}

/// Returns the code of the client with its types.
fn typed_client(
    document: &Document,
    options: Options,
    table: &[Row],
    open_enums: &[OpenEnum],
    edits: &mut EditCounts,
) -> Result<TokenStream> {
    let api: OpenAPI = serde_json::from_value(document.as_value().clone())?;
    let mut settings = GenerationSettings::default();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged)
        .with_hooks(HooksMode::Expected);
    for open in open_enums {
        let path = format!("crate::api::enums::{}", open.name);
        let impls = [TypeImpl::Display, TypeImpl::FromStr].into_iter();
        settings.with_replacement(&open.name, &path, impls);
    }
    settings.with_replacement(
        passes::SECRET_SCHEMA,
        "crate::api::SecretText",
        std::iter::empty(),
    );
    if options.json_schema {
        settings.with_derive("::schemars::JsonSchema");
    }
    let generated = Generator::new(&settings)
        .generate_tokens(&api)
        .map_err(|error| Error::Progenitor(error.to_string()))?;
    let client = client::rewrite(generated, table, edits)?;
    let enums = enums::to_rust(open_enums);
    let decode = generate_decoder(document, table);
    let client = slim::drop_unused_builders(client, edits);
    let client = slim::use_struct_builders(client, edits);
    let client = slim::implement_object(client, options.json_schema, edits);
    let client = public_types::mark_non_exhaustive(client, edits);
    Ok(quote! { #client #enums #decode })
}

/// Marks progenitor's examples as text, since they do not compile.
fn mark_examples_as_text(code: &str, edits: &mut EditCounts) -> String {
    let original = "```ignore";
    edits.add(
        "docs: mark examples as text",
        code.matches(original).count(),
    );
    code.replace(original, "```text")
}

/// Generates a function that decodes a response body to the type that the builder's `send` returns.
fn generate_decoder(document: &Document, table: &[Row]) -> TokenStream {
    let selected = document.operations().filter_map(|(_, _, operation)| {
        let id = operation["operationId"].as_str()?;
        table
            .iter()
            .find(|row| row.id == id && row.response_body == ResponseBody::Json)
    });
    let arms = selected.map(|row| {
        let id = &row.id;
        let builder = format_ident!("{}", names::builder_name(id));
        quote! { #id => Some(reencode(builder::#builder::send, body)) }
    });
    quote! {
        pub(super) fn decode_response(
            operation_id: &str,
            body: &[u8],
        ) -> Option<serde_json::Result<serde_json::Value>> {
            match operation_id {
                #(#arms,)*
                _ => None,
            }
        }
    }
}
