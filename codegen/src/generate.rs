//! From the vendored facts to Rust code.

use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle, TagStyle, TypeImpl};
use quote::{format_ident, quote};

use crate::{
    calls,
    corrections::Corrections,
    descriptions::{self, Descriptions},
    document::{Document, schema_reference},
    enums,
    error::{Error, Result},
    names,
    operations::{self, Answer, Row},
    passes, print,
    rate_limits::RateLimits,
    schemas,
    secrets::Secrets,
    slim,
};

/// The texts of the files in `openapi/`.
#[derive(Clone, Copy, Debug)]
#[expect(
    clippy::exhaustive_structs,
    reason = "the caller has exactly these five files"
)]
pub struct Inputs<'a> {
    /// `atlas-admin-v2.json`
    pub document: &'a str,
    /// `corrections.toml`
    pub corrections: &'a str,
    /// `descriptions.toml`
    pub descriptions: &'a str,
    /// `rate-limits.toml`
    pub rate_limits: &'a str,
    /// `secrets.toml`
    pub secrets: &'a str,
}

/// What the generated code is to offer.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "the caller chooses everything")]
pub struct Options {
    /// Whether the types derive `schemars::JsonSchema`.
    pub json_schema: bool,
}

/// The generated Rust code.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Generated {
    /// The typed client with its types and open enums.
    pub client: String,
    /// The operations table.
    pub operations: String,
    /// The types of bodies and parameters, which the operations table refers to by number.
    pub schemas: Vec<u8>,
    /// What makes typed calls from JSON values, for tests.
    pub calls: String,
}

/// Generates the client for the tags that the closure wants, and the table of all operations.
///
/// Types are named before tags are chosen, so that no name depends on the choice.
///
/// # Errors
///
/// Fails if a file is not what it should be, an entry of one fits nothing, a pass is
/// idle, or progenitor refuses the result.
pub fn generate(
    inputs: Inputs<'_>,
    options: Options,
    wants_tag: impl Fn(&str) -> bool,
) -> Result<Generated> {
    let mut document = Document::parse(inputs.document)?;
    Corrections::parse(inputs.corrections)?.apply(&mut document)?;
    let secrets = Secrets::parse(inputs.secrets)?;
    secrets.apply(&mut document)?;
    let mut table = operations::table(&document)?;
    let schemas = schemas::pack(&mut table, &document)?;
    let rate_limits = RateLimits::parse(inputs.rate_limits)?;
    operations::add_rate_limits(&mut table, &rate_limits);
    passes::run(&mut document)?;
    operations::add_fields(&mut table, &document);
    descriptions::describe(
        &mut document,
        &Descriptions::parse(inputs.descriptions)?,
        &rate_limits,
        &table,
    )?;
    select(&mut document, wants_tag)?;
    let client = client(&document, options, &table)?;
    Ok(Generated {
        schemas,
        calls: print::to_text(calls::to_rust(&client, &table)?),
        client: slim::share(&slim::without_those_of_transport(&mend(&print::to_text(
            client,
        ))?)),
        operations: print::to_text(operations::to_rust(&table, &secrets)),
    })
}

/// Keeps the operations of the wanted tags and what they reach.
fn select(document: &mut Document, wants_tag: impl Fn(&str) -> bool) -> Result<()> {
    document.retain_operations(|operation| {
        let tags = operation["tags"].as_array().into_iter().flatten();
        tags.filter_map(|tag| tag.as_str()).any(&wants_tag)
    });
    // The error document stands for every operation, even while there is none.
    let error = schema_reference("ApiError");
    let reached = document.reachable_from([&document.0["paths"], &error])?;
    document
        .schemas_mut()?
        .retain(|name, _| reached.contains(name));
    Ok(())
}

/// The code of the client with its types.
fn client(document: &Document, options: Options, table: &[Row]) -> Result<TokenStream> {
    let api: OpenAPI = serde_json::from_value(document.as_value().clone())?;
    let open_enums = enums::collect(document)?;
    let mut settings = GenerationSettings::default();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged)
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote! { crate::api::Transport });
    for open in &open_enums {
        let path = format!("crate::api::enums::{}", open.name);
        let impls = [TypeImpl::Display, TypeImpl::FromStr].into_iter();
        settings.with_replacement(&open.name, &path, impls);
    }
    settings.with_replacement(passes::SECRET, "crate::api::SecretText", std::iter::empty());
    if options.json_schema {
        settings.with_derive("::schemars::JsonSchema");
    }
    let client = Generator::new(&settings)
        .generate_tokens(&api)
        .map_err(|error| Error::Progenitor(error.to_string()))?;
    let enums = enums::to_rust(&open_enums);
    let decode = decode(document, table);
    let client = slim::with_drafts(slim::without_idle_builders(client));
    let client = slim::as_objects(client, options.json_schema);
    Ok(quote! { #client #enums #decode })
}

/// Mends what progenitor cannot be told.
fn mend(code: &str) -> Result<String> {
    // Its encoding of paths lets backslashes pass, which URL parsers take for slashes, so the one
    // around the included code is used.
    let encoding = "use progenitor_client::{\n    encode_path,";
    if !code.contains(encoding) {
        return Err(Error::Progenitor(format!("no `{encoding}` to mend")));
    }
    // Its reading of an answer forgets which request it was when the answer does not decode.
    let reading = "ResponseValue::from_response(response)";
    // Unknown fields need not be given to a builder.
    let unknown_fields = r#"extra: Err("no value supplied for extra".to_string())"#;
    // Examples that cannot be run are text.
    Ok(code
        .replacen(encoding, "use progenitor_client::{", 1)
        .replace(reading, "super::read_answer(response, &info)")
        .replace(unknown_fields, "extra: Ok(Default::default())")
        .replace("```ignore", "```text"))
}

/// A function that decodes an operation's answer to its type, which it learns from the call.
fn decode(document: &Document, table: &[Row]) -> TokenStream {
    let selected = document.operations().filter_map(|(_, _, operation)| {
        let id = operation["operationId"].as_str()?;
        table
            .iter()
            .find(|row| row.id == id && row.answer == Answer::Json)
    });
    let arms = selected.map(|row| {
        let id = &row.id;
        let builder = format_ident!("{}", names::builder_name(id));
        quote! { #id => Some(reencode(builder::#builder::send, body)) }
    });
    quote! {
        pub(super) fn decode_answer(
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
