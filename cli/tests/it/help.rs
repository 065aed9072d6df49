//! What the program says about itself.

use insta::assert_snapshot;

use crate::support::{Atlas, atlascli, run};

#[test]
fn the_help_is_complete() {
    assert_snapshot!(run(atlascli(&["--help"])).data(), @r"
    List, pause and resume the clusters of a MongoDB Atlas organization

    Usage: atlascli [--demo] [OPTIONS]

    Look:
      -l, --list
              List the organization with its projects and their clusters
          --listproj
              Print the documents of the projects; `-lp` is short for it
          --listcluster
              Print the documents of the clusters; `-lc` is short for it
          --cluster <PROJECT_ID:CLUSTER_NAME>
              Print the document of this cluster

    Act:
      -p, --pause <CLUSTER_NAME>   Pause this cluster; needs no project if no other cluster has the
                                   name. Can be repeated
      -r, --resume <CLUSTER_NAME>  Resume this cluster in the same way; comes after all pauses. Can be
                                   repeated
          --project_id <ID>        Choose the project; `-pid` is short for it. Can be repeated, to list
                                   several or to look in one after the other for a cluster to pause or
                                   resume

    Create:
          --defaultcluster              Print the document of a cluster to start from
          --createcluster <FILE>        Create a cluster in the project from the JSON document in this
                                        file
          --clusterconfig <FILE>        Read the document from this file instead
          --clustername <CLUSTER_NAME>  Give the cluster this name instead of the document's, or of a
                                        random one

    Access:
          --publickey <KEY>   Use this public API key instead of `ATLAS_PUBLIC_KEY`
          --privatekey <KEY>  Use this private API key instead of `ATLAS_PRIVATE_KEY`; others on this
                              machine can see it in the list of processes, so prefer the variable
          --demo              Talk to a made-up organization inside this program; no keys, no network

    General:
      -o, --output <FILE>  Write what would go to stdout to this file, which is replaced
      -d, --debug          Show on stderr what is done, step by step
      -h, --help           Print this help
      -V, --version        Print the version

    Environment:
      ATLAS_PUBLIC_KEY   the public API key, unless `--publickey` gives it
      ATLAS_PRIVATE_KEY  the private API key, unless `--privatekey` gives it
      MONGODB_ATLAS_*    where there is no key, those of the official CLI, then its default profile
      ATLAS_BASE_URL     the place to talk to instead of https://cloud.mongodb.com
      NO_COLOR           set to anything, turns colours off

    Exit codes:
      0   everything was done, or there was nothing to do
      1   something failed, or there is no private key
      2   the command line makes no sense; nothing was sent
      10  there is no public key

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
fn the_short_flag_prints_the_same_help() {
    assert_eq!(
        run(atlascli(&["-h"])).data(),
        run(atlascli(&["--help"])).data()
    );
}

#[test]
fn the_version_is_that_of_the_package() {
    let version = concat!("atlascli ", env!("CARGO_PKG_VERSION"), "\n");

    assert_eq!(run(atlascli(&["--version"])).data(), version);
}

#[test]
fn asking_for_nothing_gets_a_few_lines_of_help_on_stderr() {
    let atlas = Atlas::sized(1, 1);

    let run = atlas.run(&[]);

    assert_eq!((run.exit, run.stdout.as_str()), (Some(0), ""));
    assert!(run.stderr.starts_with("Usage: atlascli "), "{run}");
    assert!(run.stderr.contains("atlascli --demo --list"), "{run}");
    assert!(atlas.asked().is_empty());
}

#[test]
fn asking_for_nothing_without_keys_has_the_old_answer_and_the_help() {
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
fn a_word_in_first_place_is_a_command_that_does_not_exist() {
    for (word, cure) in [
        ("clusters", "`--list`"),
        ("list", "write `--list`"),
        ("", "--help"),
    ] {
        let run = run(atlascli(&[word, "--list"]));

        assert_eq!((run.exit, run.stdout.as_str()), (Some(2), ""));
        let (error, hint) = run.complaint();
        assert_eq!(error, format!("there is no command `{word}`"));
        assert!(hint.contains(cure), "{hint}");
    }
}
