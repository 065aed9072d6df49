//! Credentials of each kind through the public API.

use std::fs;

use mongodbatlas::{AccessToken, Atlas, Error, ServiceAccount};
use tempfile::TempDir;

use crate::support::builder_with;
use crate::support::raw_server::{
    RawServer, Request, Script, cluster, error_response, respond_with, response,
};

const CLIENT_ID: &str = "mdb_sa_id_0123456789abcdef01234567";
const CLIENT_SECRET: &str = "mdb_sa_sk_geheim";
const PROJECT_ID: &str = "32b6e34b3d91647abb20e7b8";

/// Texts that no output may contain: the secret, the token, and their headers.
const SECRETS: [&str; 3] = ["geheim", "bWRiX3NhX2lk", "Bearer "];

fn token(text: &str) -> String {
    let body = format!(r#"{{"access_token":"{text}","expires_in":3600,"token_type":"Bearer"}}"#);
    response(200, "content-type: application/json\r\n", &body)
}

fn account() -> ServiceAccount {
    ServiceAccount::new(CLIENT_ID, CLIENT_SECRET).unwrap()
}

async fn get(atlas: &Atlas) -> Result<(), Error> {
    atlas
        .cluster(&PROJECT_ID.parse().unwrap(), "demo")
        .get()
        .await
        .map(drop)
}

fn authorization(request: &Request) -> &str {
    let lines = request.head.lines();
    lines
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| *name == "authorization")
        .unwrap()
        .1
}

async fn start_server(script: Script) -> RawServer {
    RawServer::start(script).await
}

fn assert_no_secret(texts: &[String]) {
    for text in texts {
        assert!(
            SECRETS.iter().all(|secret| !text.contains(secret)),
            "{text}"
        );
    }
}

#[tokio::test]
async fn service_account_fetches_one_token() {
    let server = start_server(vec![
        respond_with(token("geheim-1")),
        respond_with(cluster(false)),
    ])
    .await;
    let atlas = server
        .builder()
        .with_credentials(account())
        .without_token_cache()
        .build()
        .unwrap();

    get(&atlas).await.unwrap();
    get(&atlas).await.unwrap();

    let requests = server.requests();
    let targets: Vec<_> = requests.iter().map(Request::target).collect();
    let path = format!("/api/atlas/v2/groups/{PROJECT_ID}/clusters/demo");
    assert_eq!(targets, ["/api/oauth/token", &path, &path]);
    assert!(
        requests[0].head.contains("user-agent: mongodbatlas/"),
        "{}",
        requests[0].head
    );
    assert_eq!(authorization(&requests[1]), "Bearer geheim-1");
    assert_no_secret(&[
        format!("{atlas:?}"),
        format!("{:?}", server.builder().with_credentials(account())),
    ]);
}

#[tokio::test]
async fn clients_share_a_token_through_the_cache_file() {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("tokens.json");
    let server = start_server(vec![
        respond_with(token("geheim-1")),
        respond_with(cluster(false)),
    ])
    .await;
    let client = || {
        server
            .builder()
            .with_credentials(account())
            .with_token_cache(&file)
            .build()
            .unwrap()
    };

    get(&client()).await.unwrap();
    get(&client()).await.unwrap();

    assert_eq!(server.requests().len(), 3);
    assert!(!fs::read_to_string(file).unwrap().contains(CLIENT_SECRET));
}

#[tokio::test]
async fn default_token_cache_is_in_the_user_cache_directory() {
    let home = TempDir::new().unwrap();
    let server = start_server(vec![
        respond_with(token("geheim-1")),
        respond_with(cluster(false)),
    ])
    .await;
    let home_text = home.path().display().to_string();
    let atlas = builder_with(&[
        ("MONGODB_ATLAS_CLIENT_ID", CLIENT_ID),
        ("MONGODB_ATLAS_CLIENT_SECRET", CLIENT_SECRET),
        ("ATLAS_BASE_URL", &server.url()),
        ("HOME", &home_text),
        ("LOCALAPPDATA", &home_text),
    ])
    .build()
    .unwrap();

    get(&atlas).await.unwrap();

    let directories = [".cache", "Library/Caches", "."];
    let file = |directory: &&str| {
        home.path()
            .join(directory)
            .join("mongodbatlas")
            .join("tokens.json")
    };
    assert!(
        directories
            .iter()
            .any(|directory| file(directory).is_file())
    );
}

#[tokio::test]
async fn rejected_token_is_replaced_once() {
    let rejection = || respond_with(error_response(401, "", "UNEXPECTED_ERROR"));
    let script = vec![
        respond_with(token("geheim-1")),
        rejection(),
        respond_with(token("geheim-2")),
        rejection(),
    ];
    let server = start_server(script).await;
    let atlas = server
        .builder()
        .with_credentials(account())
        .without_token_cache()
        .build()
        .unwrap();

    let error = get(&atlas).await.unwrap_err();

    assert!(error.is_unauthorized());
    assert!(
        error.hint().unwrap().contains("Service Accounts"),
        "{error:?}"
    );
    let requests = server.requests();
    assert_eq!(requests.len(), 4);
    assert_eq!(authorization(&requests[3]), "Bearer geheim-2");
    assert_no_secret(&[format!("{error} {error:?}"), format!("{atlas:?}")]);
}

#[tokio::test]
async fn rejected_account_error_names_the_token_request() {
    let body = r#"{"error":"invalid_client","error_description":"Invalid client."}"#;
    let server = start_server(vec![respond_with(response(401, "", body))]).await;
    let atlas = server
        .builder()
        .with_credentials(account())
        .without_token_cache()
        .build()
        .unwrap();

    let error = get(&atlas).await.unwrap_err();

    assert!(error.is_unauthorized());
    assert_eq!(
        error.to_string(),
        "POST /api/oauth/token: 401 invalid_client: Invalid client."
    );
    assert_eq!(server.requests().len(), 1);
    assert_no_secret(&[format!("{error:?}")]);
}

#[tokio::test]
async fn token_request_does_not_follow_redirects() {
    let other = start_server(vec![respond_with(token("geheim-9"))]).await;
    let location = format!("location: {}/api/oauth/token\r\n", other.url());
    let server = start_server(vec![respond_with(response(307, &location, ""))]).await;
    let atlas = server
        .builder()
        .with_credentials(account())
        .without_token_cache()
        .build()
        .unwrap();

    get(&atlas).await.unwrap_err();

    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn static_token_is_sent_unchanged() {
    let server = start_server(vec![respond_with(cluster(false))]).await;
    let token = AccessToken::new("geheim-static").unwrap();
    let atlas = server.builder().with_credentials(token).build().unwrap();

    get(&atlas).await.unwrap();
    atlas.revoke_token().await.unwrap();

    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(authorization(&requests[0]), "Bearer geheim-static");
    assert_no_secret(&[format!("{atlas:?}")]);
}

#[tokio::test]
async fn revoke_token_revokes_once() {
    let script = vec![
        respond_with(token("geheim-1")),
        respond_with(cluster(false)),
        respond_with(response(200, "", "")),
    ];
    let server = start_server(script).await;
    let atlas = server
        .builder()
        .with_credentials(account())
        .without_token_cache()
        .build()
        .unwrap();
    get(&atlas).await.unwrap();

    atlas.revoke_token().await.unwrap();
    atlas.revoke_token().await.unwrap();

    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert_eq!(requests[2].target(), "/api/oauth/revoke");
}

/// Creates a home directory with a config file in the directories of all platforms.
fn home_with(profiles: &str) -> TempDir {
    let home = TempDir::new().unwrap();
    for parent in [".config", "Library/Application Support", "."] {
        let directory = home.path().join(parent).join("atlascli");
        fs::create_dir_all(&directory).unwrap();
        fs::write(directory.join("config.toml"), profiles).unwrap();
    }
    home
}

#[tokio::test]
async fn named_profile_overrides_environment() {
    let server = start_server(vec![respond_with(cluster(false))]).await;
    let home = home_with(&format!(
        "version = 2\n[work]\nauth_type = \"user_account\"\naccess_token = \"geheim-work\"\n\
         base_url = \"{}/\"\n",
        server.url()
    ));
    let home = home.path().display().to_string();
    let builder = builder_with(&[
        ("HOME", &home),
        ("APPDATA", &home),
        ("ATLAS_PUBLIC_KEY", "zmmrboas"),
        ("ATLAS_PRIVATE_KEY", "geheim"),
    ]);

    get(&builder.clone().with_profile("work").build().unwrap())
        .await
        .unwrap();

    assert_eq!(authorization(&server.requests()[0]), "Bearer geheim-work");
    let error = builder.with_profile("missing").build().unwrap_err();
    assert!(error.is_configuration());
    assert_no_secret(&[format!("{error} {error:?}")]);
}

#[test]
fn missing_credentials_error_names_the_sources() {
    let error = builder_with(&[]).build().unwrap_err();

    assert!(error.is_configuration());
    for source in [
        "`ATLAS_PUBLIC_KEY`",
        "`MONGODB_ATLAS_CLIENT_ID`",
        "profile `default`",
    ] {
        assert!(error.to_string().contains(source), "{error}");
    }
}
