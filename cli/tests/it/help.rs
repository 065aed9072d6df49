//! Tests `--help`, `--version` and runs without flags.

use insta::assert_snapshot;

use crate::support::{Atlas, atlascli, run};

#[test]
fn prints_complete_help() {
    assert_snapshot!(run(atlascli(&["help", "flag-form"])).data(), @r"
    List, pause and resume the clusters of a MongoDB Atlas organization

    Usage: atlascli [--demo] [OPTIONS]

    List:
      -l, --list
              List the organization with its projects and their clusters
          --listproj
              Print the documents of the projects; short form: `-lp`
          --listcluster
              Print the documents of the clusters; short form: `-lc`
          --cluster <PROJECT_ID:CLUSTER_NAME>
              Print the document of this cluster

    Pause and resume:
      -p, --pause <CLUSTER_NAME>   Pause this cluster; the project can be omitted if the name is unique.
                                   Can be repeated
      -r, --resume <CLUSTER_NAME>  Resume this cluster, after all pauses. Can be repeated
          --project_id <ID>        Select a project; short form: `-pid`. Can be repeated: lists print
                                   all of them, `--pause` and `--resume` search them in this order

    Create:
          --defaultcluster              Print a default document for `--createcluster`
          --createcluster <FILE>        Create a cluster in the project from the JSON document in this
                                        file
          --clusterconfig <FILE>        Override the file of `--createcluster`
          --clustername <CLUSTER_NAME>  Name of the new cluster; default: the document's name, or else a
                                        random one

    Access:
          --publickey <KEY>   Use this public API key instead of `ATLAS_PUBLIC_KEY`
          --privatekey <KEY>  Use this private API key instead of `ATLAS_PRIVATE_KEY`; prefer the
                              variable, since other users of this machine can see command lines
          --demo              Use a demo organization inside this program: no keys, no network

    General:
      -o, --output <FILE>  Write to this file instead of stdout; replaces the file
      -d, --debug          Log each step to stderr
      -h, --help           Print this help
      -V, --version        Print the version

    Environment:
      ATLAS_PUBLIC_KEY   public API key; `--publickey` overrides it
      ATLAS_PRIVATE_KEY  private API key; `--privatekey` overrides it
      MONGODB_ATLAS_*    variables of the official CLI; fallback, before its default profile
      ATLAS_BASE_URL     base URL of Atlas; default: https://cloud.mongodb.com
      NO_COLOR           any value turns colours off

    Exit codes:
      0   success, or nothing to do
      1   an action failed, or the private key is missing
      2   invalid command line; no request was sent
      10  the public key is missing

    Examples:
      atlascli --demo --list
      atlascli --demo --pause shop-staging
      atlascli --list
      atlascli --listcluster --project_id 5a0a1e7e0f2912c554080adc
      atlascli --pause Cluster0 --pause Cluster1 --project_id 5a0a1e7e0f2912c554080adc
      atlascli --cluster 5a0a1e7e0f2912c554080adc:Cluster0
    ");
}

#[test]
fn short_help_flag_prints_same_help() {
    assert_eq!(
        run(atlascli(&["-h"])).data(),
        run(atlascli(&["--help"])).data()
    );
}

#[test]
fn version_is_package_version() {
    let version = concat!("atlascli ", env!("CARGO_PKG_VERSION"), "\n");

    assert_eq!(run(atlascli(&["--version"])).data(), version);
}

#[test]
fn no_arguments_prints_short_help_on_stderr() {
    let atlas = Atlas::sized(1, 1);

    let run = atlas.run(&[]);

    assert_eq!((run.exit, run.stdout.as_str()), (Some(0), ""));
    assert!(run.stderr.starts_with("Usage: atlascli "), "{run}");
    assert!(run.stderr.contains("atlascli --demo --list"), "{run}");
    assert!(atlas.requests().is_empty());
}

#[test]
fn no_arguments_without_keys_exits_10() {
    let run = run(atlascli(&[]));

    assert_eq!(run.exit, Some(10));
    assert_eq!(
        run.stdout,
        "you must specify an ATLAS public key via --publickey arg or the environment variable \
         ATLAS_PUBLIC_KEY\n"
    );
    assert!(run.stderr.starts_with("Usage: atlascli "), "{run}");
}

#[test]
fn unknown_command_exits_2() {
    for (word, expected) in [("clustrs", "`clusters`"), ("frobnicate", "--help")] {
        let run = run(atlascli(&[word, "list"]));

        assert_eq!((run.exit, run.stdout.as_str()), (Some(2), ""));
        let (error, hint) = run.error_and_hint();
        assert_eq!(error, format!("unknown command `{word}`"));
        assert!(hint.contains(expected), "{hint}");
    }
}
