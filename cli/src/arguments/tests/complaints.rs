//! What is not understood, and what is said of it.

use super::*;

#[test]
fn complaints_have_the_old_words() {
    for (words, complaint) in [
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
        (&["foo"], "there is no command `foo`"),
        (&["list", "-d"], "there is no command `list`"),
    ] {
        assert_eq!(parse(words).unwrap_err(), complaint, "{words:?}");
    }
}

#[test]
fn a_private_key_behind_a_wrong_flag_is_not_repeated() {
    let error = rewrite(&["-privatekey=s3cret"]).unwrap_err();

    assert_eq!(error.message(), "`-privatekey` has one dash too few");
    assert_eq!(error.hint(), Some("write `--privatekey`"));
    for word in ["--privatkey=s3cret", "--privatekeys=s3cret"] {
        assert!(!parse(&[word]).unwrap_err().contains("s3cret"));
    }
}

#[test]
fn what_would_act_on_a_cluster_that_nobody_means_stops() {
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
fn what_belongs_to_a_cluster_to_create_means_nothing_without_it() {
    for flag in ["--clustername", "--clusterconfig"] {
        let error = parse(&[flag, "x", "-l"]).unwrap();
        let error = error.actions().unwrap_err();

        assert_eq!(error.exit(), Exit::Usage);
        assert!(error.message().contains(flag));
    }
}
