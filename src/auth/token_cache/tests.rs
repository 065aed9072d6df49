//! The cache file, including corrupt files.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;

const NOW: u64 = 1_800_000_000;

fn open_cache(directory: &TempDir) -> TokenCache {
    TokenCache::new(directory.path().join("a").join("tokens.json"))
}

fn token(secret: &str) -> Token {
    Token {
        secret: secret.into(),
        obtained_at: NOW,
        expires_at: NOW + 3_600,
    }
}

fn secret(cache: &TokenCache, key: &str, now: u64) -> Option<String> {
    cache
        .read(key, now)
        .map(|token| token.secret.expose_secret().to_owned())
}

async fn write(cache: &TokenCache, key: &str, secret: &str, now: u64) {
    let lock = cache.lock().await.unwrap();
    cache.write(&lock, key, &token(secret), now);
}

#[tokio::test]
async fn stores_tokens_by_key() {
    let directory = TempDir::new().unwrap();
    let cache = open_cache(&directory);
    assert_eq!(secret(&cache, "a", NOW), None);

    write(&cache, "a", "one", NOW).await;
    write(&cache, "b", "two", NOW).await;

    assert_eq!(secret(&cache, "a", NOW).as_deref(), Some("one"));
    assert_eq!(secret(&cache, "b", NOW).as_deref(), Some("two"));
    assert_eq!(secret(&cache, "c", NOW), None);
    let lock = cache.lock().await.unwrap();
    cache.remove(&lock, "a");
    assert_eq!(secret(&cache, "a", NOW), None);
    assert_eq!(secret(&cache, "b", NOW).as_deref(), Some("two"));
}

#[tokio::test]
async fn expired_tokens_are_evicted() {
    let directory = TempDir::new().unwrap();
    let cache = open_cache(&directory);
    write(&cache, "a", "old-token", NOW).await;
    assert_eq!(secret(&cache, "a", NOW + 3_600), None);

    write(&cache, "b", "new-token", NOW + 3_601).await;

    assert!(
        !fs::read_to_string(&cache.path)
            .unwrap()
            .contains("old-token")
    );
}

#[tokio::test]
async fn corrupt_file_counts_as_empty_and_is_replaced() {
    let directory = TempDir::new().unwrap();
    let cache = open_cache(&directory);
    write(&cache, "a", "one", NOW).await;
    let complete = fs::read(&cache.path).unwrap();
    let long = br#"{"format":1,"tokens":{"a":{"access_token":"x","obtained_at":0,"expires_at":9999999999}}}"#;
    let multiline = br#"{"format":1,"tokens":{"a":{"access_token":"x\ny","obtained_at":1800000000,"expires_at":1800000100}}}"#;
    let newer = br#"{"format":2,"tokens":{}}"#;
    let mut corrupt: Vec<Vec<u8>> = (0..complete.len())
        .map(|end| complete[..end].to_vec())
        .collect();
    corrupt.extend([
        b"null".to_vec(),
        vec![0xff; 64],
        long.to_vec(),
        multiline.to_vec(),
        newer.to_vec(),
    ]);

    for text in corrupt {
        fs::write(&cache.path, &text).unwrap();
        assert_eq!(
            secret(&cache, "a", NOW),
            None,
            "{}",
            String::from_utf8_lossy(&text)
        );
    }

    write(&cache, "a", "two", NOW).await;
    assert_eq!(secret(&cache, "a", NOW).as_deref(), Some("two"));
}

#[tokio::test]
async fn interrupted_write_preserves_stored_tokens() {
    let directory = TempDir::new().unwrap();
    let cache = open_cache(&directory);
    write(&cache, "a", "one", NOW).await;
    // the state after a crash between writing and renaming
    fs::write(
        cache.path.with_added_extension("new"),
        b"{\"format\":1,\"tok",
    )
    .unwrap();

    assert_eq!(secret(&cache, "a", NOW).as_deref(), Some("one"));
    write(&cache, "a", "two", NOW).await;
    assert_eq!(secret(&cache, "a", NOW).as_deref(), Some("two"));
    assert!(!cache.path.with_added_extension("new").exists());
}

#[tokio::test]
async fn unwritable_directory_stores_nothing() {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("a"), "a file, not a directory").unwrap();
    let cache = open_cache(&directory);

    assert!(cache.lock().await.is_none());
    assert_eq!(secret(&cache, "a", NOW), None);
}

#[tokio::test(start_paused = true)]
async fn second_lock_times_out() {
    let directory = TempDir::new().unwrap();
    let (one, other) = (open_cache(&directory), open_cache(&directory));
    let lock = one.lock().await.unwrap();

    assert!(other.lock().await.is_none());
    drop(lock);
    assert!(other.lock().await.is_some());
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;

    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[cfg(unix)]
#[tokio::test]
async fn file_is_private_to_its_owner() {
    use std::os::unix::fs::PermissionsExt;

    let directory = TempDir::new().unwrap();
    let cache = open_cache(&directory);
    write(&cache, "a", "one", NOW).await;
    assert_eq!(mode(&cache.path), 0o600);
    assert_eq!(mode(&cache.path.with_added_extension("lock")), 0o600);
    assert_eq!(mode(cache.path.parent().unwrap()), 0o700);

    fs::set_permissions(&cache.path, fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(secret(&cache, "a", NOW), None);
    write(&cache, "b", "two", NOW).await;
    assert_eq!(mode(&cache.path), 0o600);
}

#[tokio::test]
async fn debug_output_omits_tokens() {
    let directory = TempDir::new().unwrap();
    let cache = open_cache(&directory);
    write(&cache, "a", "hunter2", NOW).await;

    let token = cache.read("a", NOW);
    assert!(!format!("{cache:?} {token:?}").contains("hunter2"));
}
