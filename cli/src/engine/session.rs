//! The session of one command: configuration, client and scope.

use std::cell::RefCell;

use mongodbatlas::{Atlas, operation};
use tokio::sync::OnceCell;

use crate::engine::{interrupt::Interrupts, values::Values};
use crate::{
    config::{Config, Sourced, environment, state::running_simulator},
    context::Client,
    error::CliError,
    exit::Exit,
    output::format::Format,
};

mod place;

pub(crate) use place::{Place, is_id, pick};
use place::{listed, places};

/// The session of one command.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) config: Config,
    /// The output format.
    pub(crate) format: Format,
    /// `true` in official mode.
    pub(crate) emulates_official_cli: bool,
    pub(crate) interrupts: Interrupts,
    /// Warnings that are printed after the command.
    pub(crate) warnings: RefCell<Vec<String>>,
    is_demo: bool,
    client: OnceCell<Client>,
}

impl Session {
    /// Reads the configuration. Does not send a request.
    ///
    /// # Errors
    ///
    /// Fails if the configuration file is malformed or the output format is unknown.
    pub(crate) fn new(values: &Values, emulates_official_cli: bool) -> Result<Self, CliError> {
        let config = Config::read(values.text("profile"))?;
        let chosen = values
            .text("output")
            .map(|text| Sourced::flag(text, "output"));
        let format = match chosen.or_else(|| config.setting(&environment::OUTPUT)) {
            Some(format) => {
                Format::parse(&format.value).map_err(|error| error.with_context(&format.source))?
            }
            None if emulates_official_cli => Format::Plaintext,
            None => Format::Table,
        };
        Ok(Self {
            config,
            interrupts: Interrupts::new(format == Format::Json),
            format,
            emulates_official_cli,
            warnings: RefCell::default(),
            is_demo: values.is_on("demo"),
            client: OnceCell::new(),
        })
    }

    /// Reads the configuration again, with a profile that was just stored.
    ///
    /// # Errors
    ///
    /// Fails if the configuration file is malformed.
    pub(crate) fn reload(&mut self, profile: &str) -> Result<(), CliError> {
        self.config = Config::read(Some(profile))?;
        self.client = OnceCell::new();
        Ok(())
    }

    /// Returns the client; the first call creates it.
    ///
    /// # Errors
    ///
    /// Fails if credentials are missing or malformed.
    pub(crate) async fn atlas(&self) -> Result<Atlas, CliError> {
        let profile = &self.config.profile;
        let profile = self
            .config
            .is_profile_chosen
            .then_some(profile.value.as_str());
        let client = self
            .client
            .get_or_try_init(|| async {
                let simulator = if self.is_demo {
                    running_simulator()
                } else {
                    None
                };
                match simulator {
                    Some(state) => {
                        let text = |name: &str| state[name].as_str().unwrap_or_default();
                        Client::connect_to_simulator(
                            text("baseUrl"),
                            text("publicKey"),
                            text("privateKey"),
                        )
                    }
                    None => Client::connect(self.is_demo, profile).await,
                }
            })
            .await?;
        Ok(client.atlas().clone())
    }

    /// Returns the project of the flag, the environment or the profile.
    pub(crate) fn project_setting(&self, values: &Values) -> Option<Sourced> {
        if let Some(text) = values.text("project") {
            return Some(Sourced::flag(text, "project"));
        }
        if values.is_on("all-projects") {
            return None;
        }
        self.setting(&environment::PROJECT)
    }

    /// Returns a setting of the environment or the profile. They name resources of Atlas, so the demo ignores them.
    fn setting(&self, setting: &environment::Setting) -> Option<Sourced> {
        if self.is_demo {
            return None;
        }
        self.config.setting(setting)
    }

    /// Returns the organization of the flag, the environment or the profile.
    pub(crate) fn organization_setting(&self, values: &Values) -> Option<Sourced> {
        let flag = values.text("org").map(|text| Sourced::flag(text, "org"));
        flag.or_else(|| self.setting(&environment::ORGANIZATION))
    }

    /// Returns the configured project or, if no project is configured, the only visible project.
    ///
    /// # Errors
    ///
    /// Fails if no project has the configured name, or if no project is configured and the credentials do not see
    /// exactly one.
    pub(crate) async fn project(&self, values: &Values) -> Result<Place, CliError> {
        match self.project_setting(values) {
            Some(setting) if is_id(&setting.value) => {
                Ok(Place::of_id(&setting.value, &setting.source))
            }
            Some(setting) => {
                let projects = self.projects(values).await?;
                pick(&projects, &setting, "project")
            }
            None if self.emulates_official_cli => Err(CliError::usage("no project is set").with_hint(
                "add `--projectId ID`, or set `project_id` with `atlas config set project_id ID`",
            )),
            None => {
                match &self.projects(values).await?[..] {
                    [only] => Ok(only.clone()),
                    [] => Err(CliError::failure("these credentials can see no project")
                        .with_exit(Exit::NotFound)
                        .with_hint("`atlascli projects create NAME` creates one")),
                    several => Err(CliError::usage("there are several projects").with_hint(
                        format!("add `--project NAME`; projects: {}", listed(several)),
                    )),
                }
            }
        }
    }

    /// Returns the project that an argument names. An id is used unchanged; a name is looked up in the list of
    /// projects.
    ///
    /// # Errors
    ///
    /// Fails if no project or more than one has this name.
    pub(crate) async fn project_named(
        &self,
        name: &str,
        values: &Values,
    ) -> Result<Place, CliError> {
        let setting = Sourced {
            value: name.to_owned(),
            source: "the argument".to_owned(),
        };
        if is_id(name) {
            return Ok(Place::of_id(name, &setting.source));
        }
        pick(&self.projects(values).await?, &setting, "project")
    }

    /// Returns the projects that the credentials can see, within the organization that is set.
    pub(crate) async fn projects(&self, values: &Values) -> Result<Vec<Place>, CliError> {
        let atlas = self.atlas().await?;
        let call = match self.organization_setting(values) {
            Some(_) => {
                let organization = Box::pin(self.organization(values)).await?;
                atlas
                    .operation(operation::GET_ORG_GROUPS)
                    .with("orgId", organization.id)
            }
            None => atlas.operation(operation::LIST_GROUPS),
        };
        places(call, "cannot list projects").await
    }

    /// Returns the configured organization or, if none is configured, the only visible organization.
    ///
    /// # Errors
    ///
    /// Fails if no organization has the configured name, or if none is configured and the credentials do not see
    /// exactly one.
    pub(crate) async fn organization(&self, values: &Values) -> Result<Place, CliError> {
        match self.organization_setting(values) {
            Some(setting) if is_id(&setting.value) => {
                Ok(Place::of_id(&setting.value, &setting.source))
            }
            Some(setting) => {
                let organizations = self.organizations().await?;
                pick(&organizations, &setting, "organization")
            }
            None if self.emulates_official_cli => Err(CliError::usage("no organization is set")
                .with_hint("add `--orgId ID`, or set `org_id` with `atlas config set org_id ID`")),
            None => match &self.organizations().await?[..] {
                [only] => Ok(only.clone()),
                [] => Err(
                    CliError::failure("these credentials can see no organization")
                        .with_exit(Exit::NotFound),
                ),
                several => Err(
                    CliError::usage("there are several organizations").with_hint(format!(
                        "add `--org NAME`; organizations: {}",
                        listed(several)
                    )),
                ),
            },
        }
    }

    /// Returns the organization that an argument names. An id is used unchanged; a name is looked up in the list of
    /// organizations.
    ///
    /// # Errors
    ///
    /// Fails if no organization or more than one has this name.
    pub(crate) async fn organization_named(&self, name: &str) -> Result<Place, CliError> {
        let source = "the argument".to_owned();
        if is_id(name) {
            return Ok(Place::of_id(name, &source));
        }
        let value = name.to_owned();
        pick(
            &self.organizations().await?,
            &Sourced { value, source },
            "organization",
        )
    }

    /// Returns the organizations that the credentials can see.
    pub(crate) async fn organizations(&self) -> Result<Vec<Place>, CliError> {
        let call = self.atlas().await?.operation(operation::LIST_ORGS);
        places(call, "cannot list organizations").await
    }
}
