//! Tests of downloads to files.

use std::{fs, path::Path};

use atlas_simulator::Fault;

use super::HOST;
use crate::support::{Atlas, Run};

/// Runs a line in a directory.
fn run_in(atlas: &Atlas, directory: &Path, line: &str) -> Run {
    let line = format!("{line} --project Storefront");
    let words: Vec<_> = line.split_whitespace().collect();
    let mut command = atlas.command(&words);
    command.current_dir(directory);
    atlas.run_command(command)
}

/// Returns the names of the files of a directory.
fn files(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

#[test]
fn log_has_its_name_and_is_compressed() {
    let (atlas, directory) = (Atlas::demo(), tempfile::tempdir().unwrap());

    let run = run_in(
        &atlas,
        directory.path(),
        &format!("logs download {HOST}:27017 mongodb.gz"),
    );

    assert_eq!(run.data(), "Download of mongodb.gz completed.\n");
    assert_eq!(files(directory.path()), ["mongodb.log.gz"]);
    let bytes = fs::read(directory.path().join("mongodb.log.gz")).unwrap();
    assert!(bytes.starts_with(&[0x1f, 0x8b]));
}

#[test]
fn decompressed_log_has_the_lines_of_the_time_range() {
    let (atlas, directory) = (Atlas::demo(), tempfile::tempdir().unwrap());

    let line = format!(
        "logs download {HOST} mongodb-audit-log.gz -d --start 2026-08-01 --end 2026-08-01T00:10:00Z"
    );
    run_in(&atlas, directory.path(), &line).data();

    let text = fs::read_to_string(directory.path().join("mongodb-audit-log.log")).unwrap();
    assert_eq!(text.lines().count(), 10);
    assert!(
        text.lines()
            .all(|line| line.contains("\"$date\":\"2026-08-01T00:"))
    );
}

#[test]
fn existing_file_is_replaced_with_force_only() {
    let (atlas, directory) = (Atlas::demo(), tempfile::tempdir().unwrap());
    let file = directory.path().join("out.gz");
    fs::write(&file, "mine").unwrap();
    let line = format!("logs download {HOST} mongodb.gz --out out.gz");

    let run = run_in(&atlas, directory.path(), &line);
    assert_eq!(run.exit, Some(2));
    assert_eq!(
        run.error_and_hint(),
        (
            "`out.gz` exists",
            "add `--force` to replace it, or choose another file with `--out`"
        )
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    assert!(
        !atlas
            .requests()
            .iter()
            .any(|request| request.contains("/logs/"))
    );

    run_in(&atlas, directory.path(), &format!("{line} --force")).data();
    assert!(fs::read(&file).unwrap().starts_with(&[0x1f, 0x8b]));
}

#[test]
fn broken_download_leaves_no_file_and_keeps_the_old_one() {
    let (atlas, directory) = (Atlas::demo(), tempfile::tempdir().unwrap());
    fs::write(directory.path().join("out.gz"), "mine").unwrap();
    atlas.simulator.inject(
        Fault::cut_body(100)
            .for_path("/api/atlas/v2/groups")
            .when_authorized()
            .always(),
    );
    let project = atlas.project("Storefront");

    for flags in [
        "--out out.gz --force",
        "--out new.gz",
        "--out new.log --decompress",
    ] {
        let line = format!("logs download {HOST} mongodb.gz {flags} --project {project}");
        let words: Vec<_> = line.split_whitespace().collect();
        let mut command = atlas.command(&words);
        command.current_dir(directory.path());
        let run = atlas.run_command(command);

        assert_eq!(run.exit, Some(9), "{run}");
        assert!(
            run.stderr.contains("cannot download a log of host"),
            "{run}"
        );
    }

    assert_eq!(files(directory.path()), ["out.gz"]);
    assert_eq!(
        fs::read_to_string(directory.path().join("out.gz")).unwrap(),
        "mine"
    );
}

#[test]
fn missing_directory_is_named() {
    let (atlas, directory) = (Atlas::demo(), tempfile::tempdir().unwrap());

    let line = format!("logs download {HOST} mongodb.gz --out missing/out.gz");
    let run = run_in(&atlas, directory.path(), &line);

    assert_eq!(run.exit, Some(1));
    let (error, hint) = run.error_and_hint();
    assert!(
        error.starts_with("cannot write `missing/out.gz`"),
        "{error}"
    );
    assert_eq!(hint, "check that the directory exists and is writable");
}

#[test]
fn unknown_log_is_a_usage_error() {
    let (atlas, directory) = (Atlas::demo(), tempfile::tempdir().unwrap());

    let run = run_in(
        &atlas,
        directory.path(),
        &format!("logs download {HOST} mongo.gz"),
    );

    assert_eq!(run.exit, Some(2));
    assert!(run.stderr.contains("unknown log `mongo.gz`"), "{run}");
}

#[cfg(unix)]
#[test]
fn device_is_written_and_not_replaced() {
    use std::os::unix::fs::FileTypeExt as _;

    let (atlas, directory) = (Atlas::demo(), tempfile::tempdir().unwrap());

    let line = format!("logs download {HOST} mongodb.gz --out /dev/null");
    run_in(&atlas, directory.path(), &line).data();

    let metadata = fs::metadata("/dev/null").unwrap();
    assert!(metadata.file_type().is_char_device());
}

#[test]
fn query_logs_of_an_instance_are_downloaded() {
    let (atlas, directory) = (Atlas::demo(), tempfile::tempdir().unwrap());
    run_in(
        &atlas,
        directory.path(),
        "data-federation create lake --region DUBLIN_IRL",
    )
    .data();

    let line = "dataFederation logs lake --out lake.gz --start 1785542400 --end 1785546000";
    let run = run_in(&atlas, directory.path(), line);

    assert_eq!(run.data(), "Download of lake completed.\n");
    assert_eq!(files(directory.path()), ["lake.gz"]);
    let requests = atlas.simulator.requests();
    let sent = requests
        .iter()
        .rev()
        .find(|request| request.path().ends_with("queryLogs.gz"));
    assert!(
        sent.unwrap()
            .path_and_query
            .contains("startDate=1785542400")
    );
}

#[test]
fn invoice_is_printed_as_csv() {
    let atlas = Atlas::demo();
    let id = atlas.run(&["invoices", "list", "-o", "ids"]).data();
    let id = id.lines().nth(1).unwrap();

    let csv = atlas
        .run(&["invoices", "download", id, "--out", "-"])
        .data();

    let total = atlas
        .run(&["invoices", "describe", id, "--jq", ".lineItems|length"])
        .data();
    let items: usize = total.trim().parse().unwrap();
    assert!(items > 0);
    assert!(csv.lines().count() > items, "{csv}");
}
