//! Tests the messages for command lines that cannot be parsed.

use super::*;

#[test]
fn usage_errors_match_argparse() {
    for (words, message) in [
        (
            &["--li"][..],
            "ambiguous option: --li could match --list, --listproj, --listcluster",
        ),
        (
            &["--p", "x"],
            "ambiguous option: --p could match --publickey, --privatekey, --pause, --project_id",
        ),
        (
            &["--pr=s3cret"],
            "ambiguous option: --pr could match --privatekey, --project_id",
        ),
        (&["-pi", "x"], "ambiguous option: -pi could match -p, -pid"),
        (&["--pause"], "argument -p/--pause: expected one argument"),
        (
            &["-p", "--list"],
            "argument -p/--pause: expected one argument",
        ),
        (
            &["--res", "-lp"],
            "argument -r/--resume: expected one argument",
        ),
        (
            &["-pid"],
            "argument -pid/--project_id: expected one argument",
        ),
        (&["--pub"], "argument --publickey: expected one argument"),
        (&["-l", "-o"], "argument --output: expected one argument"),
        (&["--pause="], "argument -p/--pause: expected one argument"),
        (
            &["--list=yes"],
            "argument -l/--list: ignored explicit argument 'yes'",
        ),
        (
            &["-lp=yes"],
            "argument -lp/--listproj: ignored explicit argument 'yes'",
        ),
        (&["--nope"], "unrecognized arguments: --nope"),
        (
            &["--privatkey=s3cret"],
            "unrecognized arguments: --privatkey",
        ),
        (&["-l", "foo"], "unrecognized arguments: foo"),
        (&["--", "--list"], "unrecognized arguments: --list"),
        (&["-l", "--"], "unrecognized arguments: --"),
        (&["foo"], "unknown command `foo`"),
        (&["list", "-d"], "unknown command `list`"),
    ] {
        assert_eq!(parse(words).unwrap_err(), message, "{words:?}");
    }
}

#[test]
fn usage_error_omits_value_of_mistyped_key_flag() {
    let error = rewrite(&["-privatekey=s3cret"]).unwrap_err();

    assert_eq!(error.message(), "`-privatekey` lacks a dash");
    assert_eq!(error.hint(), Some("write `--privatekey`"));
    for word in ["--privatkey=s3cret", "--privatekeys=s3cret"] {
        assert!(!parse(&[word]).unwrap_err().contains("s3cret"));
    }
}

#[test]
fn rejects_glued_short_options_that_name_a_cluster() {
    for word in [
        "-pid5a0a1e7e0f2912c554000000",
        "-pi",
        "-pidx=5",
        "-lpd",
        "-lpid",
        "-dpx",
        "-ldrCluster0",
        "-lpid=5",
        "-pause",
        "-resume=Cluster0",
        "-proj",
        "-res",
        "-project_id",
    ] {
        let error = rewrite(&[word]).unwrap_err();
        assert_eq!(error.exit(), Exit::Usage, "{word}");
        assert!(error.hint().is_some(), "{word}");
    }
}

#[test]
fn creation_flags_require_createcluster() {
    for flag in ["--clustername", "--clusterconfig"] {
        let error = parse(&[flag, "x", "-l"]).unwrap();
        let error = error.actions().unwrap_err();

        assert_eq!(error.exit(), Exit::Usage);
        assert!(error.message().contains(flag));
    }
}
