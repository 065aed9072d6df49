//! The parts of the help that no flag has.

use std::fmt::Write as _;

use crate::{env, exit::Exit};

/// What someone is told who asked for nothing.
pub(super) const SHORT: &str = "
  atlascli --list          show the projects and their clusters
  atlascli --demo --list   the same with a made-up organization: no keys, no network
  atlascli --help          show everything else
";

const EXAMPLES: &str = "Examples:
  atlascli --demo --list
  atlascli --demo --pause shop-staging
  atlascli --list
  atlascli --listcluster --project_id 5a0a1e7e0f2912c554080adc
  atlascli --pause Cluster0 --pause Cluster1 --project_id 5a0a1e7e0f2912c554080adc
  atlascli --cluster 5a0a1e7e0f2912c554080adc:Cluster0
";

/// What stands below the flags.
pub(super) fn after() -> String {
    let mut text = String::from("Environment:\n");
    for variable in env::ALL {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {:<18} {}", variable.name, variable.meaning);
    }
    text.push_str("\nExit codes:\n");
    for exit in Exit::ALL {
        let _ = writeln!(text, "  {:<3} {}", exit.code(), exit.meaning());
    }
    text.push('\n');
    text.push_str(EXAMPLES.trim_end());
    text
}
