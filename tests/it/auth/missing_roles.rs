//! A 401 that reports a missing role, and rejected IP addresses.

use mongodbatlas::{Atlas, Error, ServiceAccount};
use serde_json::{Value, json};

use crate::support::raw_server::{RawServer, Request, cluster, error_response, response};

const PROJECT_ID: &str = "32b6e34b3d91647abb20e7b8";
const CHALLENGE_HEADER: &str =
    "www-authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"\r\n";

/// The place of the error code in a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CodeIn {
    Header,
    Body,
    Both,
}

/// Returns a 401 with a challenge and an error code.
fn unauthorized(code: &'static str, code_in: CodeIn) -> String {
    let header = if code_in == CodeIn::Body {
        String::new()
    } else {
        format!("x-error-code: {code}\r\n")
    };
    let body = if code_in == CodeIn::Header {
        json!({ "error": 401, "detail": "No." })
    } else {
        json!({ "error": 401, "errorCode": code, "detail": "No." })
    };
    let headers = format!("{CHALLENGE_HEADER}{header}content-type: application/json\r\n");
    response(401, &headers, &body.to_string())
}

/// Starts a server that rejects every POST with a code, after a challenge.
async fn server_with_missing_role(code: &'static str, code_in: CodeIn) -> RawServer {
    RawServer::responding(move |request| {
        if !request.head.contains("authorization: Digest") {
            error_response(401, CHALLENGE_HEADER, "UNEXPECTED_ERROR")
        } else if request.method() == "POST" {
            unauthorized(code, code_in)
        } else {
            cluster(false)
        }
    })
    .await
}

async fn create_project(atlas: &Atlas) -> Error {
    let body = json!({ "name": "Shop", "orgId": PROJECT_ID });
    let call = atlas.call("createGroup").unwrap().with_body(body);
    call.send().await.unwrap_err()
}

fn posts(requests: &[Request]) -> usize {
    requests
        .iter()
        .filter(|request| request.method() == "POST")
        .count()
}

#[tokio::test]
async fn role_error_is_forbidden_after_one_request() {
    for code in [
        "NOT_ORG_GROUP_CREATOR",
        "NOT_ORG_OWNER",
        "USER_CANNOT_ACCESS_ORG",
        "NEVER_SEEN",
    ] {
        for code_in in [CodeIn::Header, CodeIn::Body, CodeIn::Both] {
            let server = server_with_missing_role(code, code_in).await;
            let atlas = server.atlas();
            // fetches the challenge
            atlas
                .cluster(&PROJECT_ID.parse().unwrap(), "demo")
                .get()
                .await
                .unwrap();

            let error = create_project(&atlas).await;

            assert_eq!(posts(&server.requests()), 1, "{code} {code_in:?}");
            assert!(error.is_forbidden(), "{error:?}");
            assert_eq!(error.error_code(), Some(code));
            assert!(!error.hint().unwrap().contains("private key"), "{error:?}");
        }
    }
}

#[tokio::test]
async fn role_error_of_an_unsigned_request_is_not_retried() {
    let server =
        RawServer::responding(|_| unauthorized("NOT_ORG_GROUP_CREATOR", CodeIn::Both)).await;

    let error = create_project(&server.atlas()).await;

    assert!(error.is_forbidden());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn role_error_fetches_no_new_token() {
    let server = RawServer::responding(|request| {
        if request.target() == "/api/oauth/token" {
            let body = json!({ "access_token": "geheim", "token_type": "Bearer" });
            response(200, "", &body.to_string())
        } else {
            unauthorized("NEVER_SEEN", CodeIn::Body)
        }
    })
    .await;
    let account = ServiceAccount::new("mdb_sa_id_0123456789abcdef01234567", "mdb_sa_sk_geheim");
    let builder = server.builder().with_credentials(account.unwrap());
    let atlas = builder.without_token_cache().build().unwrap();

    let error = create_project(&atlas).await;

    assert!(error.is_forbidden(), "{error:?}");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn hint_names_the_role_in_the_code() {
    for (code, role) in [
        ("NOT_ORG_GROUP_CREATOR", "ORG_GROUP_CREATOR"),
        ("NOT_ORG_OWNER", "ORG_OWNER"),
        ("NOT_GROUP_DATA_ACCESS_ADMIN", "GROUP_DATA_ACCESS_ADMIN"),
    ] {
        let server = server_with_missing_role(code, CodeIn::Both).await;

        let error = create_project(&server.atlas()).await;

        assert_eq!(error.required_roles().collect::<Vec<_>>(), [role]);
        assert!(error.hint().unwrap().contains(role), "{error:?}");
        assert!(
            error
                .to_string()
                .ends_with(&format!("(required role: {role})")),
            "{error}"
        );
    }
}

#[tokio::test]
async fn hint_names_the_roles_of_the_operation() {
    for code in ["USER_UNAUTHORIZED", "NEVER_SEEN"] {
        let server = server_with_missing_role(code, CodeIn::Both).await;
        let call = server.atlas().call("createGroupCluster").unwrap();
        let operation = call.operation();
        let call = call.with("groupId", PROJECT_ID).with_body(json!({}));

        let error = call.send().await.unwrap_err();

        assert!(!operation.roles.is_empty());
        assert_eq!(error.required_roles().collect::<Vec<_>>(), operation.roles);
        for role in operation.roles {
            assert!(error.hint().unwrap().contains(role), "{error:?}");
            assert!(error.to_string().contains(role), "{error}");
        }
    }
}

#[tokio::test]
async fn generic_401_is_about_the_key() {
    let server = server_with_missing_role("UNEXPECTED_ERROR", CodeIn::Both).await;

    let error = create_project(&server.atlas()).await;

    assert!(error.is_unauthorized());
    let hint = error.hint().unwrap();
    for part in [
        "Organization → Access Manager → API Keys",
        "https://cloud.mongodbgov.com",
        "`127.0.0.1`",
    ] {
        assert!(hint.contains(part), "{hint}");
    }
    assert_eq!(error.required_roles().count(), 0);
}

/// Returns the error for a rejected IP address.
async fn address_error(code: &'static str, parameters: Value) -> Error {
    let server = RawServer::responding(move |_| {
        let document = json!({
            "error": 403, "errorCode": code, "detail": "No.", "parameters": parameters,
        });
        response(
            403,
            "content-type: application/json\r\n",
            &document.to_string(),
        )
    })
    .await;
    server.cluster().get().await.unwrap_err()
}

#[tokio::test]
async fn hint_names_the_rejected_address() {
    for code in [
        "IP_ADDRESS_NOT_ON_ACCESS_LIST",
        "IP_ADDRESS_NOT_ON_WHITELIST",
        "ORG_REQUIRES_ACCESS_LIST",
        "ORG_REQUIRES_WHITELIST",
        "RESOURCE_REQUIRES_ACCESS_LIST",
    ] {
        for address in ["198.51.100.7", "2001:db8::7"] {
            let error = address_error(code, json!([address])).await;

            assert!(error.is_forbidden());
            assert_eq!(error.address(), address.parse().ok());
            let hint = error.hint().unwrap();
            for part in [
                &format!("`{address}`"),
                "API access list of the API key",
                "the IP access list of the project is for database connections only",
            ] {
                assert!(hint.contains(part), "{code}: {hint}");
            }
            assert!(error.to_string().contains(address), "{error}");
        }
        let error = address_error(code, json!(null)).await;
        assert_eq!(error.address(), None);
        assert!(
            error
                .hint()
                .unwrap()
                .contains("the IP address of this machine"),
            "{error:?}"
        );
        assert_eq!(error.required_roles().count(), 0);
    }
}
