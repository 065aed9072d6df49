//! Names of fields that hold secrets, from `openapi/secrets.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Value, json};

#[expect(clippy::expect_used, reason = "a default would mask nothing")]
static SECRETS: LazyLock<Secrets> = LazyLock::new(|| {
    toml::from_str(SECRETS_TOML).expect("openapi/secrets.toml is part of the crate")
});

const SECRETS_TOML: &str = include_str!("../../openapi/secrets.toml");

#[derive(Deserialize)]
struct Secrets {
    words: Vec<String>,
    received: Received,
    responses: Responses,
}

#[derive(Deserialize)]
struct Received {
    words: Vec<String>,
    suffixes: Vec<String>,
    names: Vec<String>,
    not_secret: Vec<String>,
}

#[derive(Deserialize)]
struct Responses {
    omitted: Vec<String>,
    masked: HashMap<String, Vec<String>>,
}

/// Returns `true` if a field or query parameter of a request contains a secret.
pub(crate) fn is_secret(name: &str) -> bool {
    let rules = &SECRETS.received;
    let has = |names: &[String]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    let lower = name.to_lowercase();
    let letters: String = lower.chars().filter(char::is_ascii_alphanumeric).collect();
    let mut secret_words = SECRETS.words.iter().chain(&rules.words);
    let has_suffix = rules.suffixes.iter().any(|suffix| lower.ends_with(suffix));
    (has_suffix && !has(&rules.not_secret))
        || has(&rules.names)
        || secret_words.any(|word| letters.contains(word))
}

/// Returns `true` if responses contain a field only after a request has set it.
pub(crate) fn is_omitted(name: &str) -> bool {
    SECRETS
        .responses
        .omitted
        .iter()
        .any(|omitted| omitted == name)
}

/// Masks the secrets of a resource, such as `integrations`, in a document.
pub(crate) fn mask(resource: &str, document: &mut Value) {
    for field in SECRETS.responses.masked.get(resource).into_iter().flatten() {
        if let Some(secret) = document[field.as_str()].as_str() {
            document[field.as_str()] = json!(mask_value(secret));
        }
    }
}

/// Returns a secret with all but its last characters replaced by stars.
pub(crate) fn mask_value(secret: &str) -> String {
    const VISIBLE_CHARACTERS: usize = 4;
    let hidden = secret
        .chars()
        .count()
        .saturating_sub(VISIBLE_CHARACTERS)
        .max(VISIBLE_CHARACTERS);
    let visible: String = secret.chars().skip(hidden).collect();
    format!("{}{visible}", "*".repeat(hidden))
}

/// Returns the scheme and the host of a URL, and stars for its path.
pub(crate) fn mask_url(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    format!("{scheme}://{host}/****")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_field_is_secret() {
        #[derive(Deserialize)]
        struct List {
            fields: Vec<String>,
        }
        let list: List = toml::from_str(SECRETS_TOML).unwrap();

        assert!(list.fields.len() > 20);
        for field in list.fields {
            assert!(is_secret(&field), "{field}");
        }
    }

    #[test]
    fn fields_listed_as_not_secret_are_not_secret() {
        for name in ["publicKey", "customShardKey", "key", "pageNum"] {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn mask_uses_the_fields_of_the_resource() {
        let mut document = json!({"readToken": "abcdefgh", "webhookSecret": "abcdefgh"});

        mask("integrations", &mut document);

        assert_eq!(
            document,
            json!({"readToken": "****efgh", "webhookSecret": "abcdefgh"})
        );
        assert_eq!(mask_value("abc"), "****");
    }

    #[test]
    fn generated_secrets_are_omitted_from_responses() {
        assert!(is_omitted("privateKey") && !is_omitted("publicKey"));
    }
}
