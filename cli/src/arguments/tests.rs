//! What a command line is understood as.

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
    let line = spelling::rewrite(line.map(OsString::from)).map_err(|e| e.message().to_owned())?;
    Arguments::try_parse_from(line).map_err(|error| error.to_string())
}

#[test]
fn the_parser_is_sound() {
    Arguments::command().debug_assert();
}

#[test]
fn flags_of_several_letters_become_long_ones() {
    let cases: [(&[&str], &[&str]); 9] = [
        (&["-lp"], &["--listproj"]),
        (&["-lc", "-l"], &["--listcluster", "-l"]),
        (&["-pid", "x"], &["--project_id", "x"]),
        (&["-pid=x=y"], &["--project_id=x=y"]),
        (&["-p", "-lp"], &["-p", "-lp"]),
        (&["--pause", "-pid5"], &["--pause", "-pid5"]),
        (&["--pa", "-lc", "-lc"], &["--pa", "-lc", "--listcluster"]),
        (&["-dp", "-lp", "-lp"], &["-dp", "-lp", "--listproj"]),
        (&["--", "-lp", "-pid5"], &["--", "-lp", "-pid5"]),
    ];

    for (written, expected) in cases {
        assert_eq!(rewrite(written).unwrap(), expected);
    }
}

#[test]
fn what_is_safe_stays_as_it_is() {
    for word in [
        "-pCluster0",
        "-p=Cluster0",
        "-rCluster1",
        "-ld",
        "-",
        "--listp",
        "foo",
        "-lcd",
        "-dp",
    ] {
        assert_eq!(rewrite(&[word]).unwrap(), [word]);
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
        "-project_id",
    ] {
        let error = rewrite(&[word]).unwrap_err();
        assert_eq!(error.exit(), Exit::Usage, "{word}");
        assert!(error.hint().is_some(), "{word}");
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
fn flags_can_be_abbreviated_and_repeated() {
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

    assert!(arguments.look.list && arguments.look.listproj && arguments.look.listcluster);
    assert!(arguments.general.debug && !arguments.access.demo);
    assert_eq!(arguments.access.publickey.as_deref(), Some("C"));
    assert_eq!(arguments.access.privatekey.as_deref(), Some("B"));
    assert_eq!(arguments.act.project_ids, ["1", "2"]);
    assert_eq!(arguments.act.pause, ["a", "b", "c"]);
    assert_eq!(arguments.act.resume, ["d"]);
}

#[test]
fn what_could_be_several_flags_is_none() {
    for words in [
        &["--l"][..],
        &["--li"],
        &["--p", "x"],
        &["--pr", "x"],
        &["--list=yes"],
        &["--pause"],
        &["--pause", "--list"],
        &["--pause", "-lp"],
        &["--pause="],
        &["foo"],
        &["--", "--list"],
    ] {
        assert!(parse(words).is_err(), "{words:?}");
    }
}

#[test]
fn a_cluster_is_split_at_the_last_colon() {
    let path = |text: &str| text.parse::<ClusterPath>();

    let good = path("5A0A1E7E0F2912C554080ADC:Cluster0").unwrap();
    assert_eq!(good.project.as_str(), "5a0a1e7e0f2912c554080adc");
    assert_eq!(good.name, "Cluster0");

    for (text, message) in [
        ("ab", "there is no colon in `ab`"),
        (":x", "there is no project's id before the colon of `:x`"),
        ("x:", "there is no cluster's name behind the colon of `x:`"),
        ("Älvsjö: sensors:c", "`Älvsjö: sensors` is not a project id"),
    ] {
        let error = path(text).unwrap_err();
        assert_eq!(error.message(), message);
        assert_eq!(error.exit(), Exit::Usage);
        assert!(error.hint().is_some());
    }
}
