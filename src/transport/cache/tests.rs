//! Answers on a clock that stands still.

use http::StatusCode;

use super::*;

const SECOND: Duration = Duration::from_secs(1);

fn request(method: Method, path: &str) -> (Request, RequestLine) {
    let url = format!("http://127.0.0.1:1{path}").parse().unwrap();
    let request = Request::new(method, url);
    let line = RequestLine::of(&request, listing());
    (request, line)
}

fn listing() -> &'static Operation {
    Operation::by_id("listGroups").unwrap()
}

fn answer(body: &str) -> Response {
    http::Response::new(body.to_owned()).into()
}

/// What the cache knows; if it knows nothing, this answer comes.
async fn asked(cache: &Cache, path: &str, otherwise: &str) -> String {
    let (request, line) = request(Method::GET, path);
    let answer = match cache.look(&request, listing(), &line) {
        Look::Kept(answer) => answer,
        Look::Missing(room) => room.keep(answer(otherwise)).await.unwrap(),
        _ => panic!("a list can be kept"),
    };
    answer.text().await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn an_answer_is_kept_for_its_time() {
    let cache = Cache::new(SECOND * 30);

    assert_eq!(asked(&cache, "/a?pageNum=1", "1").await, "1");
    tokio::time::advance(SECOND * 29).await;
    assert_eq!(asked(&cache, "/a?pageNum=1", "2").await, "1");
    assert_eq!(
        asked(&cache, "/a?pageNum=2", "other page").await,
        "other page"
    );
    tokio::time::advance(SECOND).await;
    assert_eq!(asked(&cache, "/a?pageNum=1", "3").await, "3");
}

#[tokio::test]
async fn a_change_drops_everything_before_it_begins_and_once_it_has_ended() {
    let cache = Cache::new(SECOND);
    asked(&cache, "/a", "old").await;
    let (patch, line) = request(Method::PATCH, "/a");

    let change = cache.look(&patch, listing(), &line);
    assert_eq!(asked(&cache, "/a", "meanwhile").await, "meanwhile");
    drop(change);

    assert_eq!(asked(&cache, "/a", "new").await, "new");
}

#[tokio::test]
async fn what_was_asked_for_before_a_change_is_not_kept_after_it() {
    let cache = Cache::new(SECOND);
    let (get, line) = request(Method::GET, "/a");
    let Look::Missing(room) = cache.look(&get, listing(), &line) else {
        panic!("nothing is kept yet");
    };

    cache.clear();
    let late = room.keep(answer("old")).await.unwrap();

    assert_eq!(late.text().await.unwrap(), "old");
    assert_eq!(asked(&cache, "/a", "new").await, "new");
}

#[tokio::test]
async fn whoever_wants_it_fresh_gets_it_fresh_and_others_gain() {
    let cache = Cache::new(SECOND);
    asked(&cache, "/a", "old").await;

    assert_eq!(fresh(asked(&cache, "/a", "new")).await, "new");
    assert_eq!(asked(&cache, "/a", "newer").await, "new");
}

#[tokio::test]
async fn failures_and_downloads_are_not_kept() {
    let cache = Cache::new(SECOND);
    let (get, line) = request(Method::GET, "/a");
    let Look::Missing(room) = cache.look(&get, listing(), &line) else {
        panic!("nothing is kept yet");
    };
    let mut refused = http::Response::new(String::new());
    *refused.status_mut() = StatusCode::NOT_FOUND;

    room.keep(refused.into()).await.unwrap();

    assert_eq!(asked(&cache, "/a", "there").await, "there");
    let mut operations = Operation::all().iter();
    let download = operations.find(|it| it.answer == Answer::Bytes && it.method == "GET");
    assert!(matches!(
        cache.look(&get, download.unwrap(), &line),
        Look::Other
    ));
}

#[tokio::test(start_paused = true)]
async fn what_is_kept_is_bounded() {
    let cache = Cache::new(SECOND * 60);
    for number in 0..=ANSWERS {
        asked(&cache, &format!("/{number}"), "old").await;
        tokio::time::advance(Duration::from_millis(1)).await;
    }

    assert_eq!(
        asked(&cache, "/0", "new").await,
        "new",
        "the oldest is gone"
    );
    assert_eq!(asked(&cache, &format!("/{ANSWERS}"), "new").await, "old");
    let large = "x".repeat(BYTES / 2 + 1);
    asked(&cache, "/large", &large).await;
    asked(&cache, "/larger", &large).await;
    assert!(cache.held().bytes <= BYTES && cache.held().answers.len() <= ANSWERS);
}
