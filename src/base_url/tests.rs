use super::*;

fn rejection(text: &str) -> String {
    let error = BaseUrl::parse(text).unwrap_err();
    assert!(error.is_configuration() && error.hint().is_some());
    error.to_string()
}

#[test]
fn default_equals_parsed_default() {
    assert_eq!(
        BaseUrl::parse(BaseUrl::DEFAULT).unwrap(),
        BaseUrl::default()
    );
}

#[test]
fn accepts_plain_http_to_loopback_addresses() {
    for text in [
        "http://localhost",
        "http://127.0.0.1:8080/",
        "http://127.9.9.9",
        "http://[::1]:1/",
    ] {
        assert_eq!(
            BaseUrl::parse(text).unwrap().as_str(),
            text.trim_end_matches('/')
        );
    }
}

#[test]
fn rejects_plain_http_to_other_hosts() {
    for text in [
        "http://cloud.mongodb.com",
        "http://10.0.0.1",
        "http://localhost.evil.example",
    ] {
        assert!(rejection(text).contains("unencrypted"), "{text}");
    }
}

#[test]
fn parse_unencrypted_accepts_plain_http_to_other_hosts() {
    let base = BaseUrl::parse_unencrypted("http://10.0.0.1").unwrap();
    assert!(!base.is_encrypted() && !base.is_loopback());

    assert!(BaseUrl::parse_unencrypted("ftp://10.0.0.1").is_err());
}

#[test]
fn error_names_the_invalid_part() {
    let cases = [
        ("", "the base URL is empty"),
        (
            "cloud.mongodb.com",
            "the base URL `cloud.mongodb.com` is not a URL",
        ),
        (
            "localhost:8080",
            "the base URL `localhost:8080` does not begin with `https://`",
        ),
        (
            "https://a.example/api",
            "the base URL `https://a.example/api` must not have a path",
        ),
        (
            "https://a.example/?q",
            "the base URL `https://a.example/?q` must not have a query",
        ),
        (
            "https://a.example#f",
            "the base URL `https://a.example#f` must not have a fragment",
        ),
        (
            "https://u:secret@a.example",
            "the base URL [REDACTED] must not contain a user or a password",
        ),
    ];

    for (text, message) in cases {
        assert_eq!(rejection(text), message);
    }
}

#[test]
fn same_host_compares_scheme_host_and_port() {
    let base = BaseUrl::parse("https://cloud.mongodb.com").unwrap();
    let same = |text: &str| base.is_same_origin(&Url::parse(text).unwrap());

    assert!(same("https://cloud.mongodb.com:443/api?q"));
    assert!(same("https://CLOUD.mongodb.com/"));
    for other in [
        "http://cloud.mongodb.com/",
        "https://cloud.mongodb.com:8443/",
        "https://cloud.mongodb.com.evil.example/",
        "https://cloud.mongodb.com@evil.example/",
        "https://user@cloud.mongodb.com/",
        "https://mongodb.com/",
    ] {
        assert!(!same(other), "{other}");
    }
}

#[test]
fn unset_or_blank_variable_is_none() {
    assert!(
        BaseUrl::from_environment(|_| None, BaseUrl::parse)
            .unwrap()
            .is_none()
    );
    assert!(
        BaseUrl::from_environment(|_| Some(" ".to_owned()), BaseUrl::parse)
            .unwrap()
            .is_none()
    );
    assert!(BaseUrl::from_environment(|_| Some("ftp://x".to_owned()), BaseUrl::parse).is_err());
}
