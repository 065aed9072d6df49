//! The selection of a proxy, and malformed addresses.

use std::collections::HashMap;

use proptest::prelude::*;

use super::*;

const ATLAS_URL: &str = "https://cloud.mongodb.com";

fn find_route(base_url: &str, variables: &[(&str, &str)]) -> Result<Route> {
    let variables: HashMap<&str, &str> = variables.iter().copied().collect();
    let base_url = BaseUrl::parse_unencrypted(base_url).unwrap();
    Route::from_environment(
        |name| variables.get(name).map(|value| (*value).to_owned()),
        &base_url,
    )
}

/// Returns the address of the chosen proxy, or an empty text without a proxy.
fn proxy(base_url: &str, variables: &[(&str, &str)]) -> String {
    match find_route(base_url, variables).unwrap() {
        Route::Proxy { address, .. } => address.as_str().to_owned(),
        Route::Direct | Route::System => String::new(),
    }
}

fn rejection(address: &str) -> Error {
    let rejected = find_route(ATLAS_URL, &[("HTTPS_PROXY", address)]);
    let error = rejected.expect_err("a malformed address");
    assert!(error.is_configuration(), "{error:?}");
    error
}

#[test]
fn unencoded_delimiters_are_rejected_with_their_encoding() {
    for address in [
        "http://svc:p@ss#1@127.0.0.1:3128",
        "http://svc:p#1@127.0.0.1:3128",
        "http://svc:p@1@127.0.0.1:3128",
        "http://svc:p?1@127.0.0.1:3128",
        "http://svc:p/1@127.0.0.1:3128",
        "http://svc:80/1@127.0.0.1:3128",
        "http://svc:80\\1@127.0.0.1:3128",
        "http://127.0.0.1:9#x@127.0.0.1:3128",
        "http:/svc:p@127.0.0.1:3128",
        "svc:p#1@127.0.0.1:3128",
        "svc:p://1@127.0.0.1:3128",
        "https://u@example.com:p@127.0.0.1:3128",
    ] {
        let error = rejection(address);

        assert_eq!(
            error.to_string(),
            "the proxy address in `HTTPS_PROXY` has an unencoded `#`, `@`, `?`, `/` or `\\` before \
             its last `@`",
            "{address}"
        );
        let hint = error.hint().unwrap();
        for encoding in ["`%23`", "`%40`", "`%3F`", "`%2F`", "unset `HTTPS_PROXY`"] {
            assert!(hint.contains(encoding), "{hint}");
        }
    }
}

#[test]
fn malformed_addresses_are_rejected() {
    for (address, reason) in [
        ("::::", "has an invalid host"),
        (":::1", "has an invalid host"),
        ("http://", "has no host"),
        ("http://:3128", "has no host"),
        ("http://svc:pw@", "has no host"),
        ("http://svc:pw@:3128", "has no host"),
        ("//proxy:3128", "has no host"),
        ("http://proxy:", "has an invalid port"),
        ("http://proxy:0", "has an invalid port"),
        ("http://proxy:65536", "has an invalid port"),
        ("http://proxy:+80", "has an invalid port"),
        ("svc:pw", "has an invalid port"),
        ("http:/proxy:3128", "has an invalid port"),
        (
            "http://pro xy:3128",
            "contains a space or a control character",
        ),
        ("http://pro\u{fffd}:3128", "is not valid UTF-8"),
        ("http://svc%3Apw%40proxy:3128", "has an invalid host"),
        ("http://[::1:3128", "has an invalid host"),
        ("http://pro`xy:3128", "has an invalid host"),
        ("http://svc:12#34", "has a query or a fragment"),
        ("ftp://proxy:3128", "has an unsupported scheme"),
        (
            "SOCKS5h://proxy:1080",
            "is the address of a SOCKS proxy, which is not supported",
        ),
    ] {
        let error = rejection(address);

        assert_eq!(
            error.to_string(),
            format!("the proxy address in `HTTPS_PROXY` {reason}"),
            "{address}"
        );
        assert!(error.hint().is_some());
    }
    assert!(
        rejection("ftp://proxy")
            .hint()
            .unwrap()
            .contains("`http` or `https`")
    );
}

#[test]
fn scheme_and_port_are_optional() {
    for (address, url) in [
        ("http://proxy:3128", "http://proxy:3128/"),
        (" HTTPS://proxy:3128/ ", "https://proxy:3128/"),
        ("http://svc:p%40ss%231@proxy:3128", "http://proxy:3128/"),
        ("svc:p:w@proxy:3128", "http://proxy:3128/"),
        ("svc@proxy", "http://proxy/"),
        ("@proxy", "http://proxy/"),
        ("proxy:3128", "http://proxy:3128/"),
        ("proxy:3128/ignored", "http://proxy:3128/"),
        ("svc:100%@[::1]:3128", "http://[::1]:3128/"),
        ("http://[2001:db8::1]", "http://[2001:db8::1]/"),
    ] {
        assert_eq!(
            proxy(ATLAS_URL, &[("HTTPS_PROXY", address)]),
            url,
            "{address}"
        );
    }
}

#[test]
fn base_url_scheme_selects_the_variable() {
    let plain = "http://atlas.test";
    let variables = [
        ("HTTPS_PROXY", "a"),
        ("https_proxy", "b"),
        ("HTTP_PROXY", "c"),
        ("http_proxy", "d"),
        ("ALL_PROXY", "e"),
        ("all_proxy", "f"),
    ];

    assert_eq!(proxy(ATLAS_URL, &variables), "http://a/");
    assert_eq!(proxy(ATLAS_URL, &variables[1..]), "http://b/");
    assert_eq!(proxy(ATLAS_URL, &variables[2..]), "http://e/");
    assert_eq!(proxy(ATLAS_URL, &variables[5..]), "http://f/");
    assert_eq!(proxy(plain, &variables), "http://c/");
    assert_eq!(proxy(plain, &variables[3..]), "http://d/");
    assert_eq!(proxy(plain, &variables[4..]), "http://e/");
    // as for reqwest, an empty variable hides its other spelling, and `ALL_PROXY` applies
    let empty = [
        ("HTTPS_PROXY", " "),
        ("https_proxy", "b"),
        ("ALL_PROXY", "e"),
    ];
    assert_eq!(proxy(ATLAS_URL, &empty), "http://e/");
}

#[test]
fn unused_variables_are_not_checked() {
    let malformed = ("HTTPS_PROXY", "::::");

    assert_eq!(
        proxy("http://127.0.0.1:8080", &[("HTTP_PROXY", "::::")]),
        ""
    );
    assert_eq!(proxy("https://localhost", &[malformed]), "");
    assert_eq!(proxy("http://atlas.test", &[malformed]), "");
    assert_eq!(proxy(ATLAS_URL, &[("HTTP_PROXY", "::::")]), "");
    assert_eq!(
        proxy(ATLAS_URL, &[("HTTPS_PROXY", "a"), ("ALL_PROXY", "::::")]),
        "http://a/"
    );
    assert_eq!(
        proxy(ATLAS_URL, &[malformed, ("NO_PROXY", "x, mongodb.com")]),
        ""
    );
    assert_eq!(proxy(ATLAS_URL, &[malformed, ("no_proxy", "*")]), "");
    assert_eq!(
        proxy(ATLAS_URL, &[malformed, ("REQUEST_METHOD", "GET")]),
        ""
    );
    assert!(find_route(ATLAS_URL, &[malformed, ("NO_PROXY", "example.com")]).is_err());
}

#[test]
fn debug_output_omits_user_and_password() {
    let route = find_route(ATLAS_URL, &[("ALL_PROXY", "svc-user:hunter2@proxy:3128")]).unwrap();
    let debug_output = format!("{route:?}");

    assert!(
        debug_output.contains("http://proxy:3128/") && debug_output.contains("[REDACTED]"),
        "{debug_output}"
    );
    assert!(
        !debug_output.contains("svc-user") && !debug_output.contains("hunter2"),
        "{debug_output}"
    );
    let client = route
        .apply(reqwest::Client::builder())
        .unwrap()
        .build()
        .unwrap();
    let debug_output = format!("{client:?}");
    assert!(
        !debug_output.contains("svc-user") && !debug_output.contains("hunter2"),
        "{debug_output}"
    );
}

/// Returns all text that may contain the address.
fn collect_output(address: &str) -> String {
    match find_route(ATLAS_URL, &[("HTTPS_PROXY", address)]) {
        Ok(route) => format!("{route:?}"),
        Err(error) => format!("{error} {error:?} {:?}", error.hint()),
    }
}

proptest! {
    #[test]
    fn parsing_never_panics(address in "\\PC{0,40}", raw in any::<String>()) {
        drop(collect_output(&address));
        drop(collect_output(&raw));
    }

    #[test]
    fn no_message_contains_the_password(
        scheme in "(https?://|socks5://|ftp://|//|http:|)",
        user in "[a-z]{0,6}[:/#]?",
        secret in "Q[#@?/\\\\%: \\[\\]a-z0-9]{0,6}Z",
        tail in "(@|@proxy|@proxy:3128|@proxy:x|@:80|@\\[::1\\]|@proxy\\?)",
    ) {
        let printed = collect_output(&format!("{scheme}{user}:{secret}{tail}"));

        prop_assert!(!printed.contains(&secret), "{}", printed);
        prop_assert!(!printed.contains('Q') && !printed.contains('Z'), "{}", printed);
    }

    #[test]
    fn host_follows_last_at_sign(login in "[ -~]{0,20}") {
        if let Ok(Route::Proxy { address, .. }) =
            find_route(ATLAS_URL, &[("HTTPS_PROXY", &format!("http://{login}@proxy:3128"))])
        {
            prop_assert_eq!(address.as_str(), "http://proxy:3128/");
        }
    }
}
