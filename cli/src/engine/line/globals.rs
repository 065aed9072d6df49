//! Defines the options of every command, and the flags that the engine adds to a definition.

use crate::engine::{
    definition::{Command, Danger, Input, Kind, Pages, Scope, Target, flag},
    secrets,
};

const NONE: Target = Target::None;

/// The options of every command, in the order of the help.
pub(crate) static GLOBALS: &[Input] = &[
    flag("project", NONE, "Project, by name, id or glob")
        .aliases(&["project-id"])
        .value_name("PROJECT"),
    flag("org", NONE, "Organization, by name or id")
        .aliases(&["org-id"])
        .value_name("ORG"),
    flag(
        "output",
        NONE,
        "Format: table, plaintext, json, jsonl, yaml, csv, tsv, ids, python, json-path=EXPR, \
         go-template=TEMPLATE, go-template-file=FILE",
    )
    .short('o')
    .value_name("FORMAT"),
    flag(
        "columns",
        NONE,
        "Columns of the table: headings or fields, separated by commas",
    )
    .list()
    .value_name("NAMES"),
    flag(
        "sort",
        NONE,
        "Column to sort by; `-NAME` sorts in descending order",
    )
    .value_name("NAME"),
    flag("jq", NONE, "Filter the JSON output with a jq expression").value_name("EXPR"),
    flag("compact", NONE, "Print a list in JSON without its envelope")
        .short('c')
        .switch(),
    flag(
        "wide",
        NONE,
        "Do not shorten columns to the width of the terminal",
    )
    .switch(),
    flag(
        "time-zone",
        NONE,
        "Time zone of the times in tables. Default: the system's",
    )
    .value_name("ZONE"),
    flag(
        "dry-run",
        NONE,
        "Print the plan, and send no request that changes anything",
    )
    .switch(),
    flag("yes", NONE, "Answer every confirmation with yes")
        .short('y')
        .switch(),
    flag("profile", NONE, "Profile of the configuration")
        .short('P')
        .value_name("NAME"),
    flag(
        "demo",
        NONE,
        "Talk to a simulated organization; no keys, no network",
    )
    .switch(),
    flag(
        "debug",
        NONE,
        "Log requests and responses to stderr, without secrets",
    )
    .short('D')
    .switch(),
    flag("verbose", NONE, "Print more about what happens to stderr")
        .short('v')
        .switch(),
    flag("help", NONE, "Print help").short('h').switch(),
    flag("version", NONE, "Print the version")
        .short('V')
        .switch(),
];

/// The default number of items of one page.
pub(crate) const PAGE_SIZE: &str = "100";

static LIMIT: Input = flag("limit", NONE, "Number of items on a page; prints one page")
    .integer()
    .value_name("ITEMS");
static PAGE: Input = flag("page", NONE, "Page to print. Default: 1").integer();
static OMIT_COUNT: Input = flag("omit-count", NONE, "Do not count the items").switch();
static ALL_PAGES: Input = flag("all-pages", NONE, "Print all items of the history").switch();
static FORCE: Input = flag("force", NONE, "Skip the confirmation").switch();
static WAIT: Input = flag(
    "wait",
    NONE,
    "Wait until the state is reached, such as `--wait=30m`",
)
.kind(Kind::Optional)
.value_name("TIME");
static WATCH: Input = flag("watch", NONE, "Wait until the state is reached")
    .short('w')
    .switch();
static WATCH_TIMEOUT: Input = flag("watch-timeout", NONE, "Maximum time to wait, in seconds")
    .integer()
    .value_name("SECONDS");
static ALL_PROJECTS: Input = flag(
    "all-projects",
    NONE,
    "Ignore the project of the environment and of the profile",
)
.short('A')
.switch();

/// The flag that writes generated secrets to a file.
pub(crate) const SECRET_TO: Input = flag(
    "secret-to",
    NONE,
    "New file for the generated secret; the output does not contain it",
)
.value_name("FILE");

impl Command {
    /// Returns the flags that follow from the definition: pages, confirmation, secrets, wait, scope.
    pub(crate) fn derived_flags(&self) -> Vec<&'static Input> {
        let mut flags = Vec::new();
        if self.pages != Pages::None {
            flags.extend([&LIMIT, &PAGE, &OMIT_COUNT]);
        }
        if self.pages == Pages::History {
            flags.push(&ALL_PAGES);
        }
        if self.danger != Danger::None {
            flags.push(&FORCE);
        }
        if self.operation.is_some_and(secrets::has_generated_secret) {
            flags.push(&SECRET_TO);
        }
        if let Some(wait) = &self.wait {
            flags.push(&WAIT);
            if !wait.always {
                flags.push(&WATCH);
            }
            flags.push(&WATCH_TIMEOUT);
        }
        let spans_projects = self.resource_scope() == Scope::Project && self.is_list();
        if spans_projects || self.resource_scope() == Scope::Fleet {
            flags.push(&ALL_PROJECTS);
        }
        flags
    }

    /// Returns all flags of the command itself.
    pub(crate) fn all_flags(&self) -> impl Iterator<Item = &'static Input> {
        self.flags.iter().chain(self.derived_flags())
    }
}
