//! Generates the document from the tests, and checks that it is complete.

use std::{collections::BTreeSet, env, fmt::Write, fs, path::Path};

const INTRODUCTION: &str = "# From Python

The public names of the Python package `mongodbatlas` 0.2.6 and their replacements. Some Python functions never worked;
the remarks name them, and the Rust code does what they were documented to do. Every snippet is the body of a test in
[tests/it/docs/from_python](../tests/it/docs/from_python), which runs against the [simulator](simulator.md). This file is
generated from the tests.

The snippets use the blocking client, which is closest to Python. Their `atlas` is

```rust
let atlas = mongodbatlas::blocking::Atlas::from_env()?; // ATLAS_PUBLIC_KEY, ATLAS_PRIVATE_KEY
```

and `simulator` provides the ids of the demo organization. The async client, `mongodbatlas::Atlas`, has the same methods;
add `.await`.
";

const TEST_SOURCES: [&str; 7] = [
    include_str!("keys.rs"),
    include_str!("requests.rs"),
    include_str!("errors.rs"),
    include_str!("api.rs"),
    include_str!("clusters.rs"),
    include_str!("objects.rs"),
    include_str!("tools.rs"),
];

/// The public names of 0.2.6, as users type them, and those that 0.2.8 added.
const PYTHON_NAMES: &str = "
    AtlasKey AtlasKey.public_key AtlasKey.private_key AtlasKey.getenv AtlasKey.get_from_env
    AtlasKey.obfuscate AtlasEnv.ATLAS_PUBLIC_KEY AtlasEnv.ATLAS_PRIVATE_KEY HTTPDigestAuth
    AtlasRequests AtlasRequests.page_size AtlasRequests.api_key SITE_URL API_URL ATLAS_BASE_URL
    ATLAS_HEADERS AtlasRequests.get post patch delete AtlasRequests.atlas_get AtlasRequests.atlas_post
    AtlasRequests.atlas_patch AtlasRequests.atlas_delete AtlasRequests.get_resource_by_item
    AtlasRequests.get_resource_by_page AtlasRequests.get_ids AtlasRequests.get_names
    AtlasRequests.set_logging_level
    AtlasError AtlasError.text AtlasAuthenticationError AtlasGetError AtlasPostError AtlasPatchError
    AtlasDeleteError AtlasEnvironmentError AtlasInitialisationError
    AtlasAPI AtlasAPI.get_organizations AtlasAPI.get_this_organization AtlasAPI.get_one_organization
    AtlasAPI.get_one_cached_organization AtlasAPI.create_organization AtlasAPI.delete_organization
    AtlasAPI.create_project AtlasAPI.delete_project AtlasAPI.get_projects AtlasAPI.get_one_project
    AtlasAPI.get_one_cached_project AtlasAPI.get_project_ids AtlasAPI.cluster_url
    AtlasAPI.create_cluster AtlasAPI.get_clusters AtlasAPI.get_one_cluster
    AtlasAPI.get_one_cached_cluster AtlasAPI.delete_cluster AtlasAPI.modify_cluster AtlasAPI.pause
    AtlasAPI.resume lru_cache
    OPCAPI OPCAPI.get_this_organization OPCAPI.get_organization_and_projects
    OPCAPI.get_organization_and_clusters OPCAPI.get_one_project OPCAPI.get_projects
    OPCAPI.get_one_cluster OPCAPI.get_clusters OPCAPI.pause_cluster OPCAPI.resume_cluster
    AtlasResource AtlasResource.id AtlasResource.name AtlasResource.resource AtlasResource.timestamp
    AtlasResource.random_name AtlasResource.iter_print AtlasResource.pprint
    OutputFormat.SUMMARY OutputFormat.PYTHON OutputFormat.JSON
    AtlasOrganization.add_projects AtlasOrganization.add_clusters AtlasOrganization.summary
    AtlasOrganization.pprint AtlasProject.summary AtlasCluster.summary
    AtlasCluster.default_single_region_cluster
    parse_id ParseError ClusterState HTTPOperationName AtlasOperationName AtlasResourceName APIFormatter
    repr str --createcluster --defaultcluster
";

/// The prefixes of public names.
const PUBLIC_PREFIXES: [&str; 9] = [
    "get_", "create_", "delete_", "modify_", "add_", "atlas_", "Atlas", "ATLAS_", "random_",
];

/// A table row with its snippet.
struct Row<'a> {
    python: &'a str,
    rust: &'a str,
    remark: String,
    snippet: String,
}

/// Returns the rows of a source: one for each test.
fn parse_rows(source: &str) -> Vec<Row<'_>> {
    source.split("\n\n/// ").skip(1).map(parse_row).collect()
}

fn parse_row(text: &str) -> Row<'_> {
    let (head, body) = text.split_once("\n#[test]\n").expect("a row is a test");
    let mut lines = head.lines();
    let title = lines.next().unwrap_or_default();
    let (python, rust) = title.split_once(" → ").expect("a row has both sides");
    let remark: Vec<_> = lines
        .map(|line| line.trim_start_matches("///").trim())
        .filter(|line| !line.is_empty())
        .collect();
    let (_, body) = body.split_once("{\n").expect("a body");
    let (body, _) = body.split_once("\n}").expect("the end of a body");
    let body = match body.split_once("\n\n") {
        Some((setup, body)) if setup.contains("= demo();") => body,
        _ => body,
    };
    let lines = body
        .lines()
        .map(|line| line.strip_prefix("    ").unwrap_or(line));
    let snippet: Vec<_> = lines.filter(|line| *line != "Ok(())").collect();
    Row {
        python,
        rust,
        remark: remark.join(" "),
        snippet: snippet.join("\n"),
    }
}

fn build_document() -> String {
    let mut text = INTRODUCTION.to_owned();
    for source in TEST_SOURCES {
        let title = source.lines().next().unwrap_or_default();
        let title = title.trim_start_matches("//! ");
        write!(text, "\n## {title}\n\n| Python | Rust | |\n|---|---|---|\n").expect("a string");
        let rows = parse_rows(source);
        for Row {
            python,
            rust,
            remark,
            ..
        } in &rows
        {
            writeln!(text, "| {python} | {rust} | {remark} |").expect("a string");
        }
        for Row {
            python, snippet, ..
        } in &rows
        {
            write!(text, "\n{python}:\n\n```rust\n{snippet}\n```\n").expect("a string");
        }
    }
    text
}

/// Returns the Python names of a row.
fn python_names(python: &str) -> impl Iterator<Item = &str> {
    let quoted = python.split('`').skip(1).step_by(2);
    quoted.map(|name| name.split('(').next().unwrap_or(name))
}

#[test]
fn document_is_up_to_date() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/from-python.md");
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&file, build_document()).expect("a file of the project");
    }

    let current = fs::read_to_string(&file)
        .expect("a file of the project")
        .replace("\r\n", "\n");

    assert!(
        current == build_document(),
        "run `UPDATE_DOCS=1 cargo test -p mongodbatlas --test it from_python` and commit docs/from-python.md"
    );
}

#[test]
fn every_python_name_has_a_row() {
    let rows: Vec<_> = TEST_SOURCES
        .iter()
        .flat_map(|source| parse_rows(source))
        .collect();

    let names: BTreeSet<&str> = rows
        .iter()
        .flat_map(|row| python_names(row.python))
        .collect();
    let expected: BTreeSet<&str> = PYTHON_NAMES.split_whitespace().collect();

    let missing: Vec<_> = expected.difference(&names).collect();
    assert!(missing.is_empty(), "no row for {missing:?}");
    let tests: usize = TEST_SOURCES
        .iter()
        .map(|source| source.matches("#[test]").count())
        .sum();
    assert_eq!(tests, rows.len(), "one row for each test");
    assert!(rows.iter().all(|row| !row.snippet.is_empty()));
}

#[test]
fn document_has_every_name_of_the_contract() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seed/CONTRACT.md");
    let Ok(contract) = fs::read_to_string(&file) else {
        println!("skipped: no file {}", file.display());
        return;
    };
    let library = contract
        .split("### A.1")
        .nth(1)
        .and_then(|text| text.split("### A.2").next());
    let library = library.expect("the section of the library");
    let document = build_document();

    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_public = |word: &&str| {
        PUBLIC_PREFIXES
            .iter()
            .any(|prefix| word.starts_with(prefix))
    };
    let public_names = library.split(|c| !is_word(c)).filter(is_public);
    let public_names: BTreeSet<&str> = public_names.collect();
    let unknown: Vec<_> = public_names
        .iter()
        .filter(|word| !document.contains(**word))
        .collect();

    assert!(public_names.len() > 50, "{public_names:?}");
    assert!(unknown.is_empty(), "no row for {unknown:?}");
}
