//! `Debug` output of credentials, and [`obfuscate`].

use std::fmt::Debug;

use super::bearer::Bearer;
use super::digest::Digest;
use super::token::Token;
use super::token_provider::TokenProvider;
use super::*;

const CLIENT_ID: &str = "mdb_sa_id_0123456789abcdef01234567";
const CLIENT_SECRET: &str = "hunter2-hunter2";

#[test]
fn debug_output_of_credentials_is_redacted() {
    let key = ApiKey::new("zmmrboas", CLIENT_SECRET).unwrap();
    let account = ServiceAccount::new(CLIENT_ID, CLIENT_SECRET).unwrap();
    let token = AccessToken::new(CLIENT_SECRET).unwrap();
    let provider = || TokenProvider::new(account.clone(), None);
    let obtained = Token {
        secret: CLIENT_SECRET.into(),
        obtained_at: 1,
        expires_at: 2,
    };
    let resolved = ResolvedCredentials {
        credentials: key.clone().into(),
        base_url: None,
        source: CredentialSource::explicit(),
        defaults: Defaults::default(),
    };
    let all: [&dyn Debug; 14] = [
        &key,
        &account,
        &token,
        &Credentials::from(key.clone()),
        &Credentials::from(account.clone()),
        &Credentials::from(token.clone()),
        &resolved,
        &Digest::new(key.clone()),
        &provider(),
        &obtained,
        &Bearer::Static(token.clone()),
        &Bearer::Refreshing(provider()),
        &Authorizer::new(key.clone().into(), None),
        &Authorizer::new(account.clone().into(), None),
    ];

    for value in all {
        let debug_output = format!("{value:?} {value:#?}");
        assert!(debug_output.contains("[REDACTED]"), "{debug_output}");
        assert!(!debug_output.contains("hunter2"), "{debug_output}");
    }
    assert!(format!("{key:?}").contains("zmmrboas"));
    assert!(format!("{account:?}").contains(CLIENT_ID));
}

#[test]
fn obfuscate_masks_short_text_completely() {
    let cases = [
        ("", 4, ""),
        ("abc", 2, "xxx"),
        ("abcd", 4, "xxxx"),
        ("äbcde", 4, "xäbcd"),
        ("abcdef", 9, "xxxxxx"),
    ];

    for (text, show, hidden) in cases {
        assert_eq!(obfuscate(text, show), hidden);
    }
}
