//! Rewrites progenitor's client to one that sends through the SDK's request path.
//!
//! Keeps progenitor's types, methods and setters. Removes its `Client` and its imports, and replaces the
//! body of each `send` by one that passes the values to the SDK's `TypedCall`.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::Type;

use crate::{
    call_builders::{CallBuilder, call_builders, type_argument},
    edits::EditCounts,
    error::{Error, Result},
    names,
    operations::Row,
    tokens::{has, is_impl, split_items},
};

/// Rewrites the client.
///
/// # Errors
///
/// Fails if the client contains an item without a rule, or a builder without an operation.
pub(crate) fn rewrite(
    client: TokenStream,
    table: &[Row],
    edits: &mut EditCounts,
) -> Result<TokenStream> {
    let mut rewritten = TokenStream::new();
    for item in split_items(client) {
        match item_kind(&item)? {
            Kind::Kept => rewritten.extend(item),
            Kind::Builders => rewritten.extend(replace_content(item, |builders| {
                rewrite_builders(builders, table, edits)
            })?),
            Kind::Dropped(rule) => edits.add(rule, 1),
            Kind::Separator => {}
        }
    }
    Ok(rewritten)
}

/// Rule for a top-level item of progenitor's output.
enum Kind {
    Kept,
    Builders,
    Dropped(&'static str),
    /// The semicolon after a dropped item.
    Separator,
}

fn item_kind(item: &[TokenTree]) -> Result<Kind> {
    let defines = |keyword: &str, name: &str| has(item, keyword) && has(item, name);
    let content = || item.last().map(ToString::to_string).unwrap_or_default();
    Ok(if defines("mod", "types") {
        Kind::Kept
    } else if defines("mod", "builder") {
        Kind::Builders
    } else if defines("mod", "prelude") {
        Kind::Dropped("client: drop module `prelude`")
    } else if defines("use", "progenitor_client") {
        Kind::Dropped("client: drop imports of progenitor_client")
    } else if defines("struct", "Client") {
        Kind::Dropped("client: drop struct `Client`")
    } else if defines("impl", "ClientInfo") {
        Kind::Dropped("client: drop `impl ClientInfo`")
    } else if defines("impl", "Client") && content().contains("fn new_with_client") {
        Kind::Dropped("client: drop constructors")
    } else if defines("impl", "Client") {
        Kind::Kept
    } else if has(item, "const") {
        Kind::Dropped("client: drop assertion about hooks")
    } else if matches!(item, [] | [TokenTree::Punct(_)]) {
        Kind::Separator
    } else {
        let code: TokenStream = item.iter().cloned().collect();
        let code: String = code.to_string().chars().take(80).collect();
        return Err(Error::Progenitor(format!("unknown item `{code}`")));
    })
}

/// Replaces the content of an item's last group.
fn replace_content(
    mut item: Vec<TokenTree>,
    change: impl FnOnce(TokenStream) -> Result<TokenStream>,
) -> Result<TokenStream> {
    if let Some(TokenTree::Group(content)) = item.pop() {
        let changed = change(content.stream())?;
        item.push(Group::new(content.delimiter(), changed).into());
    }
    Ok(item.into_iter().collect())
}

/// Rewrites the content of the module `builder`.
fn rewrite_builders(
    module: TokenStream,
    table: &[Row],
    edits: &mut EditCounts,
) -> Result<TokenStream> {
    let builders = call_builders(module.clone())?;
    let rows: BTreeMap<_, _> = table
        .iter()
        .map(|row| (names::builder_name(&row.id), row))
        .collect();
    let mut rewritten = quote! {
        #[allow(unused_imports)]
        use super::{ByteStream, types};
    };
    for item in split_items(module) {
        if has(&item, "use") {
            edits.add("builder: replace imports", 1);
        } else if is_impl(&item) {
            let name = builders.keys().find(|name| has(&item, name));
            let name =
                name.ok_or_else(|| Error::Progenitor("an `impl` without a builder".into()))?;
            let row = rows
                .get(name)
                .ok_or_else(|| Error::Missing(format!("operation of the builder `{name}`")))?;
            rewritten.extend(replace_content(item, |methods| {
                rewrite_send(methods, &builders[name], row, edits)
            })?);
        } else if !matches!(&item[..], [] | [TokenTree::Punct(_)]) {
            rewritten.extend(item);
        }
    }
    Ok(rewritten)
}

/// Replaces the signature and the body of `send` among the methods of a builder.
fn rewrite_send(
    methods: TokenStream,
    builder: &CallBuilder,
    row: &Row,
    edits: &mut EditCounts,
) -> Result<TokenStream> {
    let mut rewritten = TokenStream::new();
    for method in split_items(methods) {
        let Some(at) = find_send(&method) else {
            rewritten.extend(method);
            continue;
        };
        let response = response_type(&method[at..])?;
        // Attributes, `pub` and `async`.
        rewritten.extend(method[..at].iter().cloned());
        rewritten.extend(generate_send(builder, row, &response)?);
        edits.add("builder: replace `send`", 1);
    }
    Ok(rewritten)
}

fn find_send(method: &[TokenTree]) -> Option<usize> {
    let is_word =
        |token: &TokenTree, text: &str| matches!(token, TokenTree::Ident(word) if word == text);
    method
        .windows(2)
        .position(|pair| is_word(&pair[0], "fn") && is_word(&pair[1], "send"))
}

/// Returns `T` from `fn send(self) -> Result<ResponseValue<T>, Error<…>> { … }`.
fn response_type(send: &[TokenTree]) -> Result<Type> {
    let is_body = |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    // `fn`, `send`, `(self)`, `-`, `>`
    let returned = send.iter().skip(5).take_while(|token| !is_body(token));
    let returned: TokenStream = returned.cloned().collect();
    let return_type = returned.to_string();
    let returned: Type = syn::parse2(returned)?;
    type_argument(&returned, "Result")
        .and_then(|response| type_argument(response, "ResponseValue"))
        .cloned()
        .ok_or_else(|| Error::Progenitor(format!("`send` returns `{return_type}`")))
}

fn generate_send(builder: &CallBuilder, row: &Row, response: &Type) -> Result<TokenStream> {
    let mut setters = Vec::new();
    for field in &builder.fields {
        let name = &field.name;
        setters.push(if !field.is_body() {
            let parameter = field.parameter(row)?;
            quote! { .parameter(#parameter, self.#name) }
        } else if field.body_builder().is_some() {
            let built = field.value_type();
            quote! { .built_body::<#built, _>(self.#name) }
        } else {
            quote! { .body(self.#name) }
        });
    }
    let decoder = match response.to_token_stream().to_string().as_str() {
        "()" => quote! { empty },
        "ByteStream" => quote! { stream },
        _ => quote! { json },
    };
    let operation = format_ident!("{}", row.method_name.to_uppercase());
    Ok(quote! {
        fn send(self) -> crate::Result<super::ResponseValue<#response>> {
            super::TypedCall::new(self.client, super::operation::#operation)
                #(#setters)*
                .#decoder()
                .await
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{document::Document, operations};

    fn table() -> Vec<Row> {
        let document = Document::from_value(json!({
            "paths": {"/groups/{groupId}": {"patch": {
                "operationId": "updateGroup",
                "parameters": [{"name": "groupId", "in": "path", "required": true}],
                "responses": {"200": {}},
            }}},
            "components": {"schemas": {}},
        }));
        operations::table(&document.unwrap()).unwrap()
    }

    #[test]
    fn send_passes_parameters_and_body_to_typed_call() {
        let code = "
            pub use progenitor_client::{Error};
            pub mod types { struct Group; }
            pub struct Client { client: reqwest::Client }
            impl Client { pub fn new_with_client() -> Self {} }
            impl ClientInfo<X> for Client {}
            const _: () = { fn assert() {} };
            impl Client { pub fn update_group(&self) -> builder::UpdateGroup<'_> {} }
            pub mod builder {
                use super::{encode_path, Error};
                pub struct UpdateGroup<'a> {
                    client: &'a super::Client,
                    group_id: Result<String, String>,
                    body: Result<types::builder::Group, String>,
                }
                impl<'a> UpdateGroup<'a> {
                    pub fn group_id(self) -> Self { self }
                    #[doc = \"Sends the request\"]
                    pub async fn send(self) -> Result<ResponseValue<types::Group>, Error<types::ApiError>> {
                        let url = 1;
                    }
                }
            }
            pub mod prelude { pub use self::super::Client; }";
        let mut edits = EditCounts::default();

        let rewritten = rewrite(code.parse().unwrap(), &table(), &mut edits).unwrap();

        let expected: TokenStream = "
            pub mod types { struct Group; }
            impl Client { pub fn update_group(&self) -> builder::UpdateGroup<'_> {} }
            pub mod builder {
                #[allow(unused_imports)]
                use super::{ByteStream, types};
                pub struct UpdateGroup<'a> {
                    client: &'a super::Client,
                    group_id: Result<String, String>,
                    body: Result<types::builder::Group, String>,
                }
                impl<'a> UpdateGroup<'a> {
                    pub fn group_id(self) -> Self { self }
                    #[doc = \"Sends the request\"]
                    pub async fn send(self) -> crate::Result<super::ResponseValue<types::Group>> {
                        super::TypedCall::new(self.client, super::operation::UPDATE_GROUP)
                            .parameter(\"groupId\", self.group_id)
                            .built_body::<types::Group, _>(self.body)
                            .json()
                            .await
                    }
                }
            }"
        .parse()
        .unwrap();
        let spaceless = |code: TokenStream| code.to_string().replace(' ', "");
        assert_eq!(spaceless(rewritten), spaceless(expected));
        assert!(edits.iter().all(|(_, matches)| matches == 1), "{edits:?}");
    }

    #[test]
    fn rejects_unknown_items() {
        let code = "fn new_in_the_next_release() {}".parse().unwrap();

        let error = rewrite(code, &[], &mut EditCounts::default()).unwrap_err();

        assert!(error.to_string().contains("new_in_the_next_release"));
    }
}
