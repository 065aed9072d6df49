//! Tests the error messages of the commands for monitoring.

use super::{HOST, run_line};
use crate::support::Atlas;

/// Command lines and the beginning of their error messages.
const ERRORS: &[(&str, &str)] = &[
    (
        "metrics processes nowhere:1",
        "cannot show the measurements of process `nowhere:1`: ",
    ),
    (
        "metrics databases describe HOST:27017 nowhere",
        "cannot show the measurements of a database of process `HOST:27017`: ",
    ),
    (
        "processes describe nowhere:1",
        "cannot show process `nowhere:1`: ",
    ),
    (
        "performance-advisor slow-query-logs list --process-name nowhere:1",
        "cannot list slow query logs: ",
    ),
    (
        "data-federation logs nowhere --out -",
        "cannot download the query logs of instance `nowhere`: ",
    ),
    (
        "alerts settings disable 5f0c2a9e1b3d4e0001a2b701",
        "cannot disable setting `5f0c2a9e1b3d4e0001a2b701`: ",
    ),
];

#[test]
fn errors_name_the_action_and_the_resource() {
    let atlas = Atlas::demo();
    for (line, message) in ERRORS {
        let run = run_line(&atlas, &line.replace("HOST", HOST));

        assert_eq!(run.exit, Some(4), "{line}: {run}");
        let message = format!("error: {}", message.replace("HOST", HOST));
        assert!(run.stderr.starts_with(&message), "{line}: {run}");
    }
}
