//! The cache with a paused clock.

use super::*;
use crate::transport::ByteStream;

const SECOND: Duration = Duration::from_secs(1);

fn request(method: Method, path: &str) -> (Request, RequestInfo) {
    let url = format!("http://127.0.0.1:1{path}").parse().unwrap();
    let request = Request::new(method, url);
    let info = RequestInfo::new(&request, list_operation());
    (request, info)
}

fn list_operation() -> &'static Operation {
    crate::operation::LIST_GROUPS
}

fn received(body: Body) -> Received {
    Received {
        method: "GET".to_owned(),
        path: "/".to_owned(),
        status: StatusCode::OK,
        headers: HeaderMap::new(),
        body,
        fallback: None,
    }
}

fn text(body: &str) -> Received {
    received(Body::Bytes(body.to_owned().into()))
}

/// Looks up a request. On a miss, a response with this body is stored and returned.
fn get_or_store(cache: &Cache, path: &str, arriving_body: &str, bypass: bool) -> String {
    let (request, info) = request(Method::GET, path);
    let response = match cache.lookup(&request, list_operation(), &info, bypass) {
        Lookup::Hit(cached) => cached,
        Lookup::Miss(vacancy) => {
            let response = text(arriving_body);
            vacancy.store(&response);
            response
        }
        _ => panic!("a list is cacheable"),
    };
    String::from_utf8(response.bytes().to_vec()).unwrap()
}

fn get(cache: &Cache, path: &str, arriving_body: &str) -> String {
    get_or_store(cache, path, arriving_body, false)
}

#[tokio::test(start_paused = true)]
async fn entries_expire_after_the_ttl() {
    let cache = Cache::new(SECOND * 30);

    assert_eq!(get(&cache, "/a?pageNum=1", "1"), "1");
    tokio::time::advance(SECOND * 29).await;
    assert_eq!(get(&cache, "/a?pageNum=1", "2"), "1");
    assert_eq!(get(&cache, "/a?pageNum=2", "other page"), "other page");
    tokio::time::advance(SECOND).await;
    assert_eq!(get(&cache, "/a?pageNum=1", "3"), "3");
}

#[tokio::test]
async fn write_clears_the_cache_before_and_after() {
    let cache = Cache::new(SECOND);
    get(&cache, "/a", "old");
    let (patch, info) = request(Method::PATCH, "/a");

    let invalidation = cache.lookup(&patch, list_operation(), &info, false);
    assert_eq!(get(&cache, "/a", "meanwhile"), "meanwhile");
    drop(invalidation);

    assert_eq!(get(&cache, "/a", "new"), "new");
}

#[tokio::test]
async fn cache_discards_reads_started_before_a_write() {
    let cache = Cache::new(SECOND);
    let (request, info) = request(Method::GET, "/a");
    let Lookup::Miss(vacancy) = cache.lookup(&request, list_operation(), &info, false) else {
        panic!("the cache is empty");
    };

    cache.clear();
    vacancy.store(&text("old"));

    assert_eq!(get(&cache, "/a", "new"), "new");
}

#[tokio::test]
async fn bypassing_lookup_replaces_the_entry() {
    let cache = Cache::new(SECOND);
    get(&cache, "/a", "old");

    assert_eq!(get_or_store(&cache, "/a", "new", true), "new");
    assert_eq!(get(&cache, "/a", "newer"), "new");
}

#[tokio::test]
async fn files_are_not_cached() {
    let cache = Cache::new(SECOND);
    let (request, info) = request(Method::GET, "/a");
    let Lookup::Miss(vacancy) = cache.lookup(&request, list_operation(), &info, false) else {
        panic!("the cache is empty");
    };

    let file = ByteStream::new(futures_util::stream::empty());
    vacancy.store(&received(Body::Stream(file)));

    assert_eq!(get(&cache, "/a", "there"), "there");
    let download = crate::operation::GET_ORG_INVOICE_CSV;
    assert!(matches!(
        cache.lookup(&request, download, &info, false),
        Lookup::Bypass
    ));
}

#[tokio::test(start_paused = true)]
async fn entries_and_bytes_are_bounded() {
    let cache = Cache::new(SECOND * 60);
    for number in 0..=MAX_ENTRIES {
        get(&cache, &format!("/{number}"), "old");
        tokio::time::advance(Duration::from_millis(1)).await;
    }

    assert_eq!(get(&cache, "/0", "new"), "new", "the oldest was evicted");
    assert_eq!(get(&cache, &format!("/{MAX_ENTRIES}"), "new"), "old");
    let large = "x".repeat(MAX_BYTES / 2 + 1);
    get(&cache, "/large", &large);
    get(&cache, "/larger", &large);
    let entries = cache.lock();
    assert!(entries.bytes <= MAX_BYTES && entries.by_key.len() <= MAX_ENTRIES);
}
