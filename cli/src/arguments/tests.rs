//! Tests the parsing of command lines.

mod usage_errors;

use secrecy::ExposeSecret;

use super::*;

fn rewrite(words: &[&str]) -> Result<Vec<String>, CliError> {
    let line = std::iter::once("atlascli").chain(words.iter().copied());
    let rewritten = spelling::rewrite(line.map(OsString::from))?;
    Ok(rewritten
        .into_iter()
        .skip(1)
        .map(|word| word.into_string().unwrap())
        .collect())
}

fn parse(words: &[&str]) -> Result<Arguments, String> {
    let line = std::iter::once("atlascli").chain(words.iter().copied());
    Arguments::parse_line(line.map(OsString::from)).map_err(|early_exit| match early_exit {
        EarlyExit::Error(error) => {
            assert!(error.exit() == Exit::Usage && error.hint().is_some());
            error.message().to_owned()
        }
        EarlyExit::Text(text) => text,
    })
}

#[test]
fn clap_definition_is_valid() {
    Arguments::command().debug_assert();
}

#[test]
fn expands_multi_letter_short_flags() {
    let cases: [(&[&str], &[&str]); 9] = [
        (&["-lp"], &["--listproj"]),
        (&["-lc", "-l"], &["--listcluster", "-l"]),
        (&["-pid", "x"], &["--project_id", "x"]),
        (&["-pid=x=y"], &["--project_id=x=y"]),
        (&["-p", "-lp"], &["-p", "-lp"]),
        (&["--pause", "-pid5"], &["--pause", "-pid5"]),
        (
            &["--pa", "-lc", "-lc"],
            &["--pause", "-lc", "--listcluster"],
        ),
        (&["-dp", "-lp", "-lp"], &["-dp", "-lp", "--listproj"]),
        (&["--", "-lp", "-pid5"], &["--", "-lp", "-pid5"]),
    ];

    for (words, expected) in cases {
        assert_eq!(rewrite(words).unwrap(), expected);
    }
}

#[test]
fn leaves_other_words_unchanged() {
    for word in [
        "-pCluster0",
        "-p=Cluster0",
        "-rCluster1",
        "-ld",
        "-",
        "--listproj",
        "--cl",
        "--v",
        "foo",
        "-lcd",
        "-dp",
    ] {
        assert_eq!(rewrite(&[word]).unwrap(), [word]);
    }
}

#[test]
fn accepts_abbreviated_and_repeated_flags() {
    let arguments = parse(&[
        "--listp",
        "--listc",
        "--list",
        "-l",
        "--d",
        "--pu",
        "A",
        "--priv",
        "B",
        "--publickey",
        "C",
        "--proj",
        "1",
        "-pid",
        "2",
        "--pa",
        "a",
        "-pb",
        "-p=c",
        "--res",
        "d",
    ])
    .unwrap();

    assert!(arguments.listing.list && arguments.listing.listproj && arguments.listing.listcluster);
    assert!(arguments.general.debug && !arguments.access.demo);
    assert_eq!(arguments.access.publickey.as_deref(), Some("C"));
    let private = arguments.access.privatekey.as_ref();
    assert_eq!(private.map(ExposeSecret::expose_secret), Some("B"));
    assert_eq!(arguments.pausing.project_ids, ["1", "2"]);
    assert_eq!(arguments.pausing.pause, ["a", "b", "c"]);
    assert_eq!(arguments.pausing.resume, ["d"]);
}

#[test]
fn value_with_leading_dash_requires_equals_sign() {
    let arguments = parse(&["--pause=-x y", "-p", "-5", "-p=-lp"]).unwrap();

    assert_eq!(arguments.pausing.pause, ["-x y", "-5", "-lp"]);
    assert!(parse(&["--pause", "-x y"]).is_err());
}

#[test]
fn abbreviates_only_python_flags() {
    let is_python = |flag: &clap::Arg| {
        let mut flags = python_flags::ALL.iter();
        flags.any(|python| flag.get_long() == Some(python.long))
    };
    let command = Arguments::command();

    for flag in command.get_arguments().filter(|flag| !is_python(flag)) {
        let long = flag.get_long().unwrap();
        let shorter = format!("--{}", &long[..long.len() - 1]);

        let error = parse(&[&shorter]).unwrap_err();

        assert_eq!(error, format!("unrecognized arguments: {shorter}"));
        assert!(
            python_flags::with_prefix(long).is_empty(),
            "`--{long}` would be parsed as an abbreviation"
        );
    }
}

#[test]
fn spelling_tables_match_parser() {
    let mut with_value = Vec::new();
    let mut without_value = Vec::new();
    for flag in Arguments::command().get_arguments() {
        let names = flag.get_long_and_visible_aliases().unwrap();
        let list = if flag.get_action().takes_values() {
            &mut with_value
        } else {
            &mut without_value
        };
        list.extend(names.into_iter().map(str::to_owned));
    }
    with_value.push("project-id".to_owned());
    without_value.retain(|name| name != "help");
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    let table = |names: &[&str]| sorted(names.iter().map(|name| (*name).to_owned()).collect());

    assert_eq!(sorted(with_value), table(&spelling::WITH_VALUE));
    assert_eq!(sorted(without_value), table(&spelling::WITHOUT_VALUE));
}

#[test]
fn actions_run_in_fixed_order() {
    let arguments = parse(&[
        "-r",
        "b",
        "-p",
        "a",
        "-lc",
        "--createcluster",
        "f",
        "-p",
        "c",
        "-lp",
        "--defaultcluster",
        "-l",
    ])
    .unwrap();

    assert_eq!(
        arguments.actions().unwrap(),
        [
            Action::List,
            Action::PrintProjects,
            Action::PrintDefaultCluster,
            Action::CreateCluster,
            Action::PrintClusters,
            Action::Change(ClusterChange::Pause, "a"),
            Action::Change(ClusterChange::Pause, "c"),
            Action::Change(ClusterChange::Resume, "b"),
        ]
    );
}

#[test]
fn splits_cluster_path_at_last_colon() {
    let path = |text: &str| text.parse::<ClusterPath>();

    let valid = path("5A0A1E7E0F2912C554080ADC:Cluster0").unwrap();
    assert_eq!(valid.project.as_str(), "5a0a1e7e0f2912c554080adc");
    assert_eq!(valid.name, "Cluster0");

    for (text, message) in [
        ("ab", "`ab` has no project id"),
        (":x", "`:x` has no project id"),
        ("x:", "`x:` has no cluster name"),
        ("Älvsjö: sensors:c", "`Älvsjö: sensors` is not a project id"),
    ] {
        let error = path(text).unwrap_err();
        assert_eq!(error.message(), message);
        assert_eq!(error.exit(), Exit::Usage);
        assert!(error.hint().is_some());
    }
}

#[test]
fn debug_output_omits_private_key() {
    let arguments = parse(&["--publickey", "zmmrboas", "--privatekey", "hunter2-hunter2"]).unwrap();
    let text = format!("{arguments:?} {:#?}", arguments.access);

    assert!(
        text.contains("zmmrboas") && text.contains("[REDACTED]"),
        "{text}"
    );
    assert!(!text.contains("hunter2"), "{text}");
}
