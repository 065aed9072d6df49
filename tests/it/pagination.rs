//! Pagination.

use atlas_simulator::Fault;
use mongodbatlas::ErrorKind;

use crate::support::Local;

#[tokio::test]
async fn list_sends_no_request_before_the_first_item() {
    let local = Local::demo();

    let projects = local.atlas.projects();
    let pages = local.atlas.organizations().pages();

    assert!(local.simulator.requests().is_empty());
    drop((projects, pages));
}

#[tokio::test]
async fn pager_fetches_all_pages_of_500_items() {
    let local = Local::sized(1100, 0);

    let projects = local.atlas.projects().collect().await.unwrap();

    let names: Vec<_> = projects
        .iter()
        .map(|project| project.name().to_owned())
        .collect();
    let expected: Vec<_> = local
        .simulator
        .projects()
        .into_iter()
        .map(|(_, name)| name)
        .collect();
    assert_eq!(names, expected);
    let requests = local.successes();
    assert_eq!(requests.len(), 3, "{requests:#?}");
    assert!(
        requests
            .iter()
            .all(|line| line.contains("itemsPerPage=500")),
        "{requests:#?}"
    );
}

#[tokio::test]
async fn next_page_is_fetched_after_the_last_item() {
    let local = Local::sized(5, 0);
    let mut projects = local.atlas.projects().with_page_size(2);

    projects.try_next().await.unwrap();
    projects.try_next().await.unwrap();
    assert_eq!(local.successes().len(), 1);

    projects.try_next().await.unwrap();
    assert_eq!(local.successes().len(), 2);
    assert_eq!(projects.total(), Some(5));
}

#[tokio::test]
async fn empty_page_with_next_link_does_not_end_the_list() {
    let local = Local::sized(6, 0);
    local.simulator.inject(
        Fault::empty_page(2)
            .for_path("/api/atlas/v2/groups")
            .always(),
    );

    let projects = local
        .atlas
        .projects()
        .with_page_size(2)
        .collect()
        .await
        .unwrap();

    // the fault inserts an empty page before the second one
    assert_eq!(projects.len(), 6);
    assert_eq!(local.successes().len(), 4);
}

#[tokio::test]
async fn link_to_another_host_is_not_followed() {
    let local = Local::sized(3, 0);
    local
        .simulator
        .inject(Fault::next_link_host("http://evil.example").always());

    let projects = local
        .atlas
        .projects()
        .with_page_size(2)
        .collect()
        .await
        .unwrap();

    assert_eq!(projects.len(), 3);
    assert_eq!(local.successes().len(), 2);
}

#[tokio::test]
async fn repeated_page_is_an_error() {
    let local = Local::demo();
    let page = r#"{"results": [{"id": "5a0a1e7e0f2912c554080adc", "name": "Again"}],
        "links": [{"rel": "next", "href": "http://127.0.0.1/"}]}"#;
    local.simulator.inject(
        Fault::answer(200, "application/json", page)
            .for_path("/api/atlas/v2/groups")
            .always(),
    );
    let mut projects = local.atlas.projects();

    assert_eq!(projects.try_next().await.unwrap().unwrap().name(), "Again");
    let error = projects.try_next().await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Pagination);
    assert!(
        projects.try_next().await.unwrap().is_none(),
        "an error is returned once"
    );
}

#[tokio::test]
async fn endless_empty_pages_are_an_error() {
    let local = Local::demo();
    let page = r#"{"results": [], "links": [{"rel": "next", "href": "http://127.0.0.1/"}]}"#;
    local.simulator.inject(
        Fault::answer(200, "application/json", page)
            .for_path("/api/atlas/v2/groups")
            .always(),
    );

    let error = local.atlas.projects().try_next().await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Pagination);
}

#[tokio::test]
async fn list_resumes_at_the_page_that_failed() {
    let local = Local::sized(6, 0);
    let mut projects = local.atlas.projects().with_page_size(2);
    let mut names = Vec::new();
    for _ in 0..2 {
        names.push(
            projects
                .try_next()
                .await
                .unwrap()
                .unwrap()
                .name()
                .to_owned(),
        );
    }
    local.simulator.inject(
        Fault::answer(
            400,
            "application/json",
            r#"{"error": 400, "errorCode": "X"}"#,
        )
        .for_path("/api/atlas/v2/groups")
        .times(1),
    );

    assert!(projects.try_next().await.is_err());
    let continuation = projects.continuation().unwrap();
    assert_eq!(continuation.page_number(), 2);
    let remaining = local
        .atlas
        .projects()
        .with_page_size(2)
        .starting_at(continuation);
    for project in remaining.collect().await.unwrap() {
        names.push(project.name().to_owned());
    }

    let expected: Vec<_> = local
        .simulator
        .projects()
        .into_iter()
        .map(|(_, name)| name)
        .collect();
    assert_eq!(names, expected);
}

#[tokio::test]
async fn page_has_number_total_and_next() {
    let local = Local::sized(5, 0);
    let mut pages = local.atlas.projects().with_page_size(2).pages();

    let first = pages.try_next().await.unwrap().unwrap();
    assert_eq!(
        (first.number(), first.items().len(), first.total()),
        (1, 2, Some(5))
    );
    assert!(first.has_next());
    pages.try_next().await.unwrap();
    let last = pages.try_next().await.unwrap().unwrap();
    assert_eq!(
        (last.number(), last.items().len(), last.has_next()),
        (3, 1, false)
    );
    assert_eq!(pages.continuation(), None);
    assert!(pages.try_next().await.unwrap().is_none());
}
