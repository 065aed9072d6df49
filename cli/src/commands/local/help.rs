//! `help`: the help of a command, or a topic.

use std::fmt::Write as _;

use crate::{
    arguments::Arguments,
    commands::ROOT,
    config::environment,
    engine::{
        Invocation,
        definition::{Command, Example, Future, Target, argument},
        help::{self, reference},
        line,
        names::suggest::nearest,
    },
    error::CliError,
    exit::Exit,
};

/// The command `help`.
pub(crate) static HELP: Command = Command::local(
    "help",
    "Print the help of a command or topic",
    run,
)
.details("Topics: environment, exit-codes, flag-form, formats, reference, schedule-file, targets.")
.arguments(&[
    argument("topic", Target::None, "Words of a command, or a topic")
        .optional()
        .many(),
])
.examples(&[
    Example {
        line: "help clusters list",
        task: "Print the help of a command",
    },
    Example {
        line: "help environment",
        task: "List the variables of the environment",
    },
]);

/// The name and the text of a topic.
type Topic = (&'static str, fn() -> String);

/// The topics.
const TOPICS: [Topic; 7] = [
    ("environment", environment),
    ("exit-codes", exit_codes),
    ("flag-form", Arguments::full_help),
    ("formats", || FORMATS.to_owned()),
    ("reference", || reference::reference(&ROOT)),
    ("schedule-file", || SCHEDULE_FILE.to_owned()),
    ("targets", || TARGETS.to_owned()),
];

const FORMATS: &str = "\
Output formats of `--output`:

  table             columns that fit the terminal; the default
  plaintext         columns and sentences of the official CLI, for scripts
  json              the document of the server; a list has `results` and `totalCount`
  jsonl             one item a line, printed as it arrives
  yaml              the same as YAML
  csv, tsv          the columns
  ids               one id a line
  python            Python literals
  json-path=EXPR    the nodes that a JSONPath selects
  go-template=TEXT  a Go template; `go-template-file=FILE` reads it from a file

`--compact` prints a list in JSON without its envelope, `--jq EXPR` filters the JSON, `--columns` and `--sort`
choose and order columns. Data goes to stdout, everything else to stderr.
";

const TARGETS: &str = "\
Targets:

  NAME               a cluster, anywhere in the organization or in the project that is set
  PROJECT:NAME       a cluster of a project; the last colon separates
  ID                 24 hexadecimal digits are an id, never a name
  'dev-*'            a glob: `*`, `?`, `[ab]`; `PROJECT:*` matches all clusters of a project

A project comes from `--project`, the environment or the profile, in this order; `--all-projects` ignores the
last two. A list without a project spans the organization.
";

const SCHEDULE_FILE: &str = r#"The schedule file, by default `./atlas-schedule.toml`; YAML and JSON have the same keys:

  timezone   = "Europe/Berlin"            # of all times in the file. Default: UTC
  opt-in-tag = "atlascli-schedule"        # a cluster with this tag joins the schedule that its value names

  [schedules.office-hours]
  select      = ["dev-*", "Storefront:*", "tag:env=dev", { tag = "env=test", region = "EU_*" }]
  exclude     = ["Storefront:shop-production"]
  running     = ["mon-fri 07:30-19:00"]   # days: mon … sun, ranges, lists, weekdays, weekends, daily
  holidays    = ["2026-12-24..2026-12-26", "2027-01-01"]
  exceptions  = [{ date = "2026-12-05", running = ["10:00-16:00"] }]
  mode        = "edges"                   # or "enforce". Default: edges
  catch-up    = "15m"                     # how late a boundary is applied; at most 1h
  start-ahead = "15m"                     # how much earlier clusters start
  spread      = "10m"                     # the time over which starts are distributed
  min-age     = "24h"                     # younger clusters are not changed

  [[overrides]]
  cluster = "Storefront:shop-staging"     # runs until this time, whatever its schedules say
  until   = "2026-12-01 22:00"

`select` is a union; the keys of one table (name, project, tag, tier, region, provider, version) are an
intersection. A window belongs to the day on which it starts and may end after midnight; 24:00 is a valid end.
A cluster in several schedules runs whenever at least one of them requires it, and is enforced only if all enforce.
The tag `keep-awake` (`forever`, a date, or a date and a time) prevents pauses.
"#;

fn run<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let words = invocation.texts("topic").to_vec();
        let text = match &words[..] {
            [topic] => topic_text(topic).map_or_else(|| of_command(&words, invocation), Ok),
            _ => of_command(&words, invocation),
        };
        Ok(invocation.ui.print_and_exit(&text?))
    })
}

fn topic_text(name: &str) -> Option<String> {
    let topic = TOPICS.iter().find(|(topic, _)| *topic == name)?;
    Some(topic.1())
}

/// Returns the help of a command or noun.
fn of_command(words: &[String], invocation: &Invocation<'_>) -> Result<String, CliError> {
    let program = if invocation.session.emulates_official_cli {
        "atlas"
    } else {
        "atlascli"
    };
    let line = words.iter().cloned().chain(["--help".to_owned()]).collect();
    match line::read(&ROOT, line, invocation.session.emulates_official_cli) {
        Ok(line) => Ok(help::help(line.entry, &line.words, program)),
        Err(error) => {
            let topics = TOPICS.iter().map(|(topic, _)| *topic);
            let word = words.first().map_or("", String::as_str);
            Err(match nearest(word, topics) {
                Some(topic) => error.with_hint(format!("did you mean the topic `{topic}`?")),
                None => error,
            })
        }
    }
}

fn environment() -> String {
    let mut text = String::from(
        "Settings, each with its variables in order of precedence; flags win over them:\n\n",
    );
    for setting in environment::SETTINGS {
        let _ = write!(
            text,
            "  {}\n      {}\n",
            setting.variables.join(", "),
            setting.meaning
        );
    }
    text.push_str("\nCredentials and connection, in order of precedence; they win over the default profile:\n\n");
    for variable in environment::sdk_variables() {
        let _ = write!(text, "  {}\n      {}\n", variable.name, variable.meaning);
    }
    text.push_str("\nThe program:\n\n");
    for (names, meaning) in environment::PROGRAM_VARIABLES {
        let _ = write!(text, "  {names}\n      {meaning}\n");
    }
    text.push_str("\n`--verbose` and `atlascli doctor` print which credentials are used.\n");
    text
}

fn exit_codes() -> String {
    let lines = Exit::COMMAND_FORM.iter();
    let lines = lines.map(|exit| format!("  {:<4} {}\n", exit.code(), exit.command_description()));
    let bulk = "\nSeveral targets: 0 if all succeeded, 7 if some did, otherwise the code of the common reason, or 1.\n";
    format!("Exit codes:\n\n{}{bulk}", lines.collect::<String>())
}
