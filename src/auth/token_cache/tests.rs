//! The file, whatever is wrong with it.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;

const NOW: u64 = 1_800_000_000;

fn cache(directory: &TempDir) -> TokenCache {
    TokenCache::at(directory.path().join("a").join("tokens.json"))
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
async fn tokens_are_kept_by_their_keys() {
    let directory = TempDir::new().unwrap();
    let cache = cache(&directory);
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
async fn expired_tokens_are_not_given_and_not_kept() {
    let directory = TempDir::new().unwrap();
    let cache = cache(&directory);
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
async fn a_broken_file_is_empty_and_is_replaced() {
    let directory = TempDir::new().unwrap();
    let cache = cache(&directory);
    write(&cache, "a", "one", NOW).await;
    let whole = fs::read(&cache.path).unwrap();
    let long = br#"{"format":1,"tokens":{"a":{"access_token":"x","obtained_at":0,"expires_at":9999999999}}}"#;
    let odd = br#"{"format":1,"tokens":{"a":{"access_token":"x\ny","obtained_at":1800000000,"expires_at":1800000100}}}"#;
    let newer = br#"{"format":2,"tokens":{}}"#;
    let mut broken: Vec<Vec<u8>> = (0..whole.len()).map(|end| whole[..end].to_vec()).collect();
    broken.extend([
        b"null".to_vec(),
        vec![0xff; 64],
        long.to_vec(),
        odd.to_vec(),
        newer.to_vec(),
    ]);

    for text in broken {
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
async fn a_crash_in_the_middle_leaves_what_was_there() {
    let directory = TempDir::new().unwrap();
    let cache = cache(&directory);
    write(&cache, "a", "one", NOW).await;
    // what a process leaves that dies between writing and renaming, with the lock in its hands
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
async fn a_place_that_cannot_be_written_keeps_nothing() {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("a"), "a file, not a directory").unwrap();
    let cache = cache(&directory);

    assert!(cache.lock().await.is_none());
    assert_eq!(secret(&cache, "a", NOW), None);
}

#[tokio::test(start_paused = true)]
async fn one_holds_the_lock_and_the_others_wait_their_time() {
    let directory = TempDir::new().unwrap();
    let (one, other) = (cache(&directory), cache(&directory));
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
async fn the_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let directory = TempDir::new().unwrap();
    let cache = cache(&directory);
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
async fn nothing_shows_a_token() {
    let directory = TempDir::new().unwrap();
    let cache = cache(&directory);
    write(&cache, "a", "hunter2", NOW).await;

    let token = cache.read("a", NOW);
    assert!(!format!("{cache:?} {token:?}").contains("hunter2"));
}
