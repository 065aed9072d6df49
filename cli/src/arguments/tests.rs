//! What a command line is understood as.

mod complaints;

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
    Arguments::parse_line(line.map(OsString::from)).map_err(|refusal| match refusal {
        Refusal::Error(error) => {
            assert!(error.exit() == Exit::Usage && error.hint().is_some());
            error.message().to_owned()
        }
        Refusal::Text(text) => text,
    })
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
        (
            &["--pa", "-lc", "-lc"],
            &["--pause", "-lc", "--listcluster"],
        ),
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
    let private = arguments.access.privatekey.as_ref();
    assert_eq!(private.map(ExposeSecret::expose_secret), Some("B"));
    assert_eq!(arguments.act.project_ids, ["1", "2"]);
    assert_eq!(arguments.act.pause, ["a", "b", "c"]);
    assert_eq!(arguments.act.resume, ["d"]);
}

#[test]
fn a_value_that_begins_with_a_dash_is_glued() {
    let arguments = parse(&["--pause=-x y", "-p", "-5", "-p=-lp"]).unwrap();

    assert_eq!(arguments.act.pause, ["-x y", "-5", "-lp"]);
    assert!(parse(&["--pause", "-x y"]).is_err());
}

#[test]
fn only_old_flags_can_be_abbreviated() {
    let old = |flag: &clap::Arg| old::ALL.iter().any(|old| flag.get_long() == Some(old.long));
    let command = Arguments::command();

    for flag in command.get_arguments().filter(|flag| !old(flag)) {
        let long = flag.get_long().unwrap();
        let shorter = format!("--{}", &long[..long.len() - 1]);

        let complaint = parse(&[&shorter]).unwrap_err();

        assert_eq!(complaint, format!("unrecognized arguments: {shorter}"));
        assert!(
            old::beginning_with(long).is_empty(),
            "{long} is no longer itself"
        );
    }
}

#[test]
fn the_step_before_the_parser_knows_which_flags_take_a_value() {
    let mut takes_value = Vec::new();
    let mut takes_none = Vec::new();
    for flag in Arguments::command().get_arguments() {
        let names = flag.get_long_and_visible_aliases().unwrap();
        let into = if flag.get_action().takes_values() {
            &mut takes_value
        } else {
            &mut takes_none
        };
        into.extend(names.into_iter().map(str::to_owned));
    }
    takes_value.push("project-id".to_owned());
    takes_none.retain(|name| name != "help");
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    let known = |names: &[&str]| sorted(names.iter().map(|name| (*name).to_owned()).collect());

    assert_eq!(sorted(takes_value), known(&spelling::WITH_VALUE));
    assert_eq!(sorted(takes_none), known(&spelling::WITHOUT_VALUE));
}

#[test]
fn actions_have_a_fixed_order() {
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
            Action::Projects,
            Action::DefaultCluster,
            Action::CreateCluster,
            Action::Clusters,
            Action::Switch(Switch::Pause, "a"),
            Action::Switch(Switch::Pause, "c"),
            Action::Switch(Switch::Resume, "b"),
        ]
    );
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

#[test]
fn debug_output_omits_the_private_key() {
    let arguments = parse(&["--publickey", "zmmrboas", "--privatekey", "hunter2-hunter2"]).unwrap();
    let text = format!("{arguments:?} {:#?}", arguments.access);

    assert!(
        text.contains("zmmrboas") && text.contains("[REDACTED]"),
        "{text}"
    );
    assert!(!text.contains("hunter2"), "{text}");
}
