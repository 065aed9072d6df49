//! Tests `--secret-to`, which writes generated secrets to a new file that only the owner can read.

use std::fs;

use serde_json::Value;

use crate::support::Atlas;

const CREATE_KEY: [&str; 7] = [
    "organizations",
    "api-keys",
    "create",
    "--desc",
    "ci",
    "--role",
    "ORG_MEMBER",
];

#[test]
fn secret_is_in_the_file_and_null_in_the_document() {
    let atlas = Atlas::demo();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("key");
    let path = file.to_str().unwrap();

    let line = [&CREATE_KEY[..], &["--secret-to", path, "-o", "json"]].concat();
    let document: Value = serde_json::from_str(&atlas.run(&line).data()).unwrap();

    assert_eq!(document["privateKey"], Value::Null);
    assert!(document["publicKey"].is_string());
    let secret = fs::read_to_string(&file).unwrap();
    assert!(
        secret.ends_with('\n') && secret.trim().len() > 8,
        "{secret}"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn sentence_names_the_file() {
    let atlas = Atlas::demo();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("key");
    let path = file.to_str().unwrap();

    let line = [&CREATE_KEY[..], &["--secret-to", path]].concat();
    let run = atlas.run(&line);

    let secret = fs::read_to_string(&file).unwrap();
    assert!(run.stdout.contains(&format!("(in {path})")), "{run}");
    assert!(!run.stdout.contains(secret.trim()), "{run}");
}

#[test]
fn existing_file_is_kept_and_nothing_is_sent() {
    let atlas = Atlas::demo();
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), "kept").unwrap();
    let path = file.path().to_str().unwrap();

    let line = [&CREATE_KEY[..], &["--secret-to", path]].concat();
    let run = atlas.run(&line);

    assert_eq!(run.exit, Some(2), "{run}");
    assert_eq!(
        run.error_and_hint().1,
        "`--secret-to` needs the path of a new file"
    );
    assert_eq!(fs::read_to_string(file.path()).unwrap(), "kept");
    assert!(
        !atlas
            .requests()
            .iter()
            .any(|request| request.starts_with("POST"))
    );
}

#[test]
fn failed_request_leaves_no_file() {
    let atlas = Atlas::demo();
    atlas.inject_error("orgs/", 403, "USER_UNAUTHORIZED");
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("key");
    let organization = atlas.simulator.organization_id();

    let line = [
        &CREATE_KEY[..],
        &[
            "--org",
            &organization,
            "--secret-to",
            file.to_str().unwrap(),
        ],
    ]
    .concat();
    let run = atlas.run(&line);

    assert_eq!(run.exit, Some(5), "{run}");
    assert!(!file.exists());
}

#[test]
fn certificate_is_written_to_the_file() {
    let atlas = Atlas::demo();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("certificate.pem");
    let path = file.to_str().unwrap();
    let user = "dbusers create readAnyDatabase --username CN=reports --x509-type MANAGED --project Storefront";
    let user: Vec<_> = user.split(' ').collect();
    assert_eq!(atlas.run(&user).exit, Some(0));
    let create = "dbusers certs create --username CN=reports --project Storefront --secret-to";
    let create: Vec<_> = create.split(' ').chain([path]).collect();

    let run = atlas.run(&create);

    assert_eq!(
        run.data(),
        format!("Certificate and private key written to {path}\n")
    );
    assert!(fs::read_to_string(&file).unwrap().contains("PRIVATE KEY"));
}

#[test]
fn secret_flags_read_files_variables_and_standard_input() {
    let atlas = Atlas::demo();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("password");
    fs::write(&file, "correct-horse-9\n").unwrap();
    let path = file.to_str().unwrap();

    for (name, source, stdin) in [
        ("a", &["--password-file", path][..], ""),
        ("b", &["--password", "env:APP_PASSWORD"], ""),
        ("c", &["--password", "-"], "correct-horse-9\n"),
    ] {
        let line = [
            &[
                "dbusers",
                "create",
                "readAnyDatabase",
                "--username",
                name,
                "--project",
                "Storefront",
            ][..],
            source,
        ]
        .concat();
        let mut command = atlas.command(&line);
        command
            .env("APP_PASSWORD", "correct-horse-9")
            .write_stdin(stdin);
        let run = atlas.run_command(command);
        assert_eq!((run.exit, run.stderr.as_str()), (Some(0), ""), "{run}");
    }
}
