//! Tests unreachable servers, invalid responses and malicious names.

use atlas_simulator::Fault;

use crate::support::{Atlas, Run};

fn list_at(base_url: &str) -> Run {
    let atlas = Atlas::sized(1, 1);
    let mut command = atlas.command(&["--list"]);
    command.env("ATLAS_BASE_URL", base_url);
    atlas.run_command(command)
}

#[test]
fn unreachable_host_fails_with_hint() {
    let run = list_at("http://127.0.0.1:1");

    assert_eq!((run.exit, run.stdout.as_str()), (Some(1), ""));
    let (error, hint) = run.error_and_hint();
    assert_eq!(error, "GET /api/atlas/v2/orgs: cannot reach `127.0.0.1:1`");
    assert!(hint.contains("ATLAS_BASE_URL"));
}

#[test]
fn server_without_tls_fails_with_hint() {
    let atlas = Atlas::sized(1, 1);
    let encrypted = atlas.simulator.base_url().replace("http:", "https:");

    let run = list_at(&encrypted);

    assert_eq!(run.exit, Some(1));
    let (error, hint) = run.error_and_hint();
    assert!(
        error.contains("no encrypted connection to `127.0.0.1:"),
        "{error}"
    );
    assert!(hint.contains("certificate"), "{hint}");
}

#[test]
fn malformed_base_url_fails_with_hint() {
    let run = list_at("cloud.mongodb.com");

    assert_eq!(run.exit, Some(1));
    let (error, hint) = run.error_and_hint();
    assert_eq!(error, "the base URL `cloud.mongodb.com` is not a URL");
    assert!(hint.contains("`https://cloud.mongodb.com`"));
}

#[test]
fn invalid_response_fails_with_hint() {
    let cases = [
        (
            200,
            "text/html",
            "<html><head><title>Sign in</title></head></html>",
            "Sign in",
        ),
        (
            502,
            "text/html",
            "<html><head><title>Bad Gateway</title></head></html>",
            "Bad Gateway",
        ),
        (200, "application/json", "", ""),
        (200, "application/json", "{\"results\": [", ""),
        (200, "application/json", "{\"totalCount\": 1}", ""),
    ];

    for (status, content_type, body, expected) in cases {
        let atlas = Atlas::sized(1, 1);
        let fault = Fault::answer(status, content_type, body).for_path("/api/atlas/v2/orgs");
        atlas.simulator.inject(fault.always());

        let run = atlas.run(&["--list"]);

        assert_eq!((run.exit, run.stdout.as_str()), (Some(1), ""), "{body}");
        let (error, hint) = run.error_and_hint();
        assert!(error.starts_with("GET /api/atlas/v2/orgs: "), "{error}");
        assert!(error.contains(expected), "{error}");
        assert!(!hint.is_empty());
    }
}

#[test]
fn escapes_control_characters_in_names() {
    let atlas = Atlas::sized(1, 1);
    let project = r#"{"results": [{"id": "5a0a1e7e0f2912c554080adc", "clusterCount": 0,
        "name": "it's \"a\"\u001b[2J\r\n\u009b31m\u202e"}], "totalCount": 1, "links": []}"#;
    let fault = Fault::answer(200, "application/json", project);
    atlas
        .simulator
        .inject(fault.for_path("/api/atlas/v2/groups").always());

    let list = atlas.run(&["--list"]).data();
    let documents = atlas.run(&["-lp"]).data();

    let name = r#"'it's "a"\x1b[2J\r\n\x9b31m\u202e'"#;
    assert!(list.ends_with(&format!("Name:{name}\n")), "{list}");
    assert!(documents.starts_with(&format!("\nProject: {name}\n")));
    assert!(documents.contains(r#"'name': 'it\'s "a"\x1b[2J\r\n\x9b31m\u202e'}"#));
}
