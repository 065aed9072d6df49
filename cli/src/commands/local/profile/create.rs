//! `profile create`: stores credentials after a check.

use std::io::IsTerminal as _;

use mongodbatlas::{ApiKey, Atlas, BaseUrl, Credentials, ErrorKind, ServiceAccount, operation};

use crate::{
    config::{file::ConfigFile, secrets},
    engine::{
        Invocation,
        definition::{Command, Example, Future, Input, Target, argument, flag},
        line::secret,
    },
    error::CliError,
    exit::Exit,
};

/// The base URL of Atlas for Government.
const GOVERNMENT: &str = "https://cloud.mongodbgov.com";

/// The arguments of `profile create`.
pub(crate) const CREATE_ARGUMENTS: &[Input] =
    &[argument("name", Target::None, "Name of the profile")
        .value_name("PROFILE")
        .optional()];

/// The flags of `profile create`.
pub(crate) const CREATE_FLAGS: &[Input] = &[
    flag("public-key", Target::None, "Public key of an API key"),
    flag("private-key", Target::None, "Private key of an API key").secret(),
    flag("client-id", Target::None, "Client id of a service account"),
    flag(
        "client-secret",
        Target::None,
        "Client secret of a service account",
    )
    .secret(),
    flag(
        "service",
        Target::None,
        "Service: Atlas, or Atlas for Government",
    )
    .choices(&["cloud", "cloudgov"]),
    GOV.excludes("service"),
    flag(
        "base-url",
        Target::None,
        "Base URL of another server, such as a simulator",
    ),
    flag("no-check", Target::None, "Do not check the credentials").switch(),
];

/// The official CLI's flag that selects Atlas for Government.
pub(crate) const GOV: Input = flag("gov", Target::None, "Use Atlas for Government").switch();

/// The command `profile create`.
pub(super) static CREATE: Command = Command::local("create", "Store credentials in a profile, after a check", create)
    .details(
        "Asks for what is missing on a terminal. Secrets are stored in the system keyring if there is one, otherwise in the \
         file, which only its owner can read.",
    )
    .arguments(CREATE_ARGUMENTS)
    .flags(CREATE_FLAGS)
    .examples(&[Example {
        line: "profile create nightly --public-key zmmrboas --private-key-file key.txt --no-check",
        task: "Store an API key in a profile",
    }]);

/// Stores credentials in the profile of the argument `name`, or in the current one.
pub(crate) fn create<'a>(invocation: &'a mut Invocation<'_>) -> Future<'a> {
    Box::pin(async move {
        let (name, visibility) = store(invocation).await?;
        if visibility == Visibility::NoProject {
            invocation.ui.warn("these credentials see no project");
            invocation.ui.hint(
                "grant a role such as `Organization Read Only` or `Project Read Only` in Atlas: \
                 Organization → Access Manager; `atlascli doctor` lists the roles",
            );
        }
        invocation
            .ui
            .print(&format!("Profile '{name}' created.\n"))?;
        Ok(Exit::Success)
    })
}

/// The projects that the checked credentials see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Visibility {
    /// At least one project, or the credentials were not checked.
    Projects,
    NoProject,
}

/// Checks the credentials and stores them; returns the name of the profile.
///
/// # Errors
///
/// Fails if credentials are missing or rejected, or if the file cannot be written.
pub(crate) async fn store(invocation: &Invocation<'_>) -> Result<(String, Visibility), CliError> {
    let name = invocation.text("name").map(str::to_owned);
    let name = name.unwrap_or_else(|| invocation.session.config.profile.value.clone());
    let keys = keys(invocation)?;
    let base_url = base_url(invocation)?;
    let service = if invocation.is_on("gov") {
        Some("cloudgov".to_owned())
    } else {
        invocation.choice("service")?
    };
    let mut visibility = Visibility::Projects;
    if !invocation.is_on("no-check") {
        let is_government = service.as_deref() == Some("cloudgov");
        let government = is_government.then_some(GOVERNMENT);
        visibility = check(&keys, base_url.as_deref().or(government)).await?;
    }
    let mut file = ConfigFile::read()?;
    for (key, value) in &keys {
        let is_stored = secrets::is_secret(key) && secrets::store(&name, key, value);
        if is_stored {
            file.unset(&name, key);
        } else {
            file.set(&name, key, value);
        }
    }
    if let Some(base_url) = &base_url {
        file.set(&name, "ops_manager_url", base_url);
    }
    if let Some(service) = service {
        file.set(&name, "service", &service);
    }
    for (flag, key) in [
        ("project", "project_id"),
        ("org", "org_id"),
        ("output", "output"),
    ] {
        if let Some(text) = invocation.values.text(flag) {
            file.set(&name, key, text);
        }
    }
    file.save()?;
    Ok((name, visibility))
}

/// Returns the keys of the profile from flags, otherwise from a prompt on the terminal.
fn keys(invocation: &Invocation<'_>) -> Result<Vec<(&'static str, String)>, CliError> {
    let public = invocation.text("public-key").map(str::to_owned);
    let client = invocation.text("client-id").map(str::to_owned);
    let pair = |id_key, id: String, secret_key, flag: &str, kind: &str| {
        let secret = match invocation.secret(flag)? {
            Some(secret) => secret,
            None => secret::ask(flag)?,
        };
        Ok(vec![
            (id_key, id),
            (secret_key, secret),
            ("auth_type", kind.to_owned()),
        ])
    };
    match (public, client) {
        (Some(_), Some(_)) => Err(CliError::usage("`--public-key` and `--client-id` exclude each other")
            .with_hint("leave one of them out")),
        (None, Some(id)) => pair("client_id", id, "client_secret", "client-secret", "service_account"),
        (Some(id), None) => pair("public_api_key", id, "private_api_key", "private-key", "api_keys"),
        (None, None) if std::io::stdin().is_terminal() => {
            let id = secret::ask("public-key")?;
            pair("public_api_key", id, "private_api_key", "private-key", "api_keys")
        }
        (None, None) => Err(CliError::usage("`profile create` needs credentials").with_hint(
            "add `--public-key KEY --private-key-file FILE`, or `--client-id ID --client-secret-file FILE`",
        )),
    }
}

/// Parses a base URL.
///
/// # Errors
///
/// Fails if the text is not the URL of a server.
pub(crate) fn parse_base_url(text: &str) -> Result<BaseUrl, CliError> {
    BaseUrl::parse(text).map_err(|error| {
        CliError::usage(error.to_string()).with_hint(
            "write a URL such as https://cloud.mongodb.com, or http://127.0.0.1:8080 for a simulator",
        )
    })
}

/// Returns the base URL of the flags or the environment.
fn base_url(invocation: &Invocation<'_>) -> Result<Option<String>, CliError> {
    if let Some(text) = invocation.text("base-url") {
        return Ok(Some(parse_base_url(text)?.to_string()));
    }
    let variable = std::env::var("ATLAS_BASE_URL").ok();
    Ok(variable.filter(|text| !text.trim().is_empty()))
}

/// Requests the first project with the credentials.
async fn check(keys: &[(&str, String)], base_url: Option<&str>) -> Result<Visibility, CliError> {
    let failed = |error: &mongodbatlas::Error| {
        let error = match error.kind() {
            ErrorKind::Configuration => CliError::usage(error.to_string()),
            _ => CliError::from_request_error(error, "cannot check the credentials"),
        };
        error.or_hint("`--no-check` stores them without a check")
    };
    let text = |name: &str| {
        keys.iter()
            .find(|(key, _)| *key == name)
            .map_or("", |(_, text)| text.as_str())
    };
    let credentials: Credentials = if text("auth_type") == "api_keys" {
        ApiKey::new(text("public_api_key"), text("private_api_key"))
            .map_err(|error| failed(&error))?
            .into()
    } else {
        let account = ServiceAccount::new(text("client_id"), text("client_secret"));
        account.map_err(|error| failed(&error))?.into()
    };
    let mut builder = Atlas::builder()
        .with_credentials(credentials)
        .without_token_cache();
    if let Some(base_url) = base_url {
        builder = builder.with_base_url(base_url);
    }
    let atlas = builder.build().map_err(|error| failed(&error))?;
    let response = atlas
        .operation(operation::LIST_GROUPS)
        .with("itemsPerPage", 1)
        .send()
        .await
        .map_err(|error| failed(&error))?;
    let document = response.document().map(mongodbatlas::Document::to_value);
    let projects = document
        .as_ref()
        .and_then(|list| list["results"].as_array());
    Ok(match projects {
        Some(projects) if projects.is_empty() => Visibility::NoProject,
        _ => Visibility::Projects,
    })
}
