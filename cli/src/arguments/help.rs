//! Generates the sections of the help after the flags.

use std::fmt::Write as _;

use crate::{env, exit::Exit};

/// The help for a command line without flags.
pub(super) const SHORT: &str = "
  atlascli --list          list the projects and their clusters
  atlascli --demo --list   the same with a demo organization: no keys, no network
  atlascli --help          show the complete help
";

const EXAMPLES: &str = "Examples:
  atlascli --demo --list
  atlascli --demo --pause shop-staging
  atlascli --list
  atlascli --listcluster --project_id 5a0a1e7e0f2912c554080adc
  atlascli --pause Cluster0 --pause Cluster1 --project_id 5a0a1e7e0f2912c554080adc
  atlascli --cluster 5a0a1e7e0f2912c554080adc:Cluster0
";

/// Returns the environment variables, exit codes and examples.
pub(super) fn after() -> String {
    let mut text = String::from("Environment:\n");
    for variable in env::ALL {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {:<18} {}", variable.name, variable.description);
    }
    text.push_str("\nExit codes:\n");
    for exit in Exit::FLAG_FORM {
        let _ = writeln!(text, "  {:<3} {}", exit.code(), exit.description());
    }
    text.push('\n');
    text.push_str(EXAMPLES.trim_end());
    text
}
