//! Fetches and prints lists: one page or all pages, of one or several projects.

use futures_util::StreamExt as _;
use mongodbatlas::{Atlas, Call, operations::Operation};

use crate::engine::{
    Invocation,
    definition::{Pages, Scope},
    line::globals::PAGE_SIZE,
    names,
    request::Request,
    session::{Place, is_id},
    steps::envelope::{fetch_envelope, item},
};
use crate::{
    error::{CliError, request::exit_of},
    exit::Exit,
    output::{
        format::Format,
        render::{Data, List, json_line},
    },
};

/// The number of lists that are fetched at the same time.
const CONCURRENCY: usize = 32;
/// The number of items of a history without `--all-pages`.
const HISTORY: u16 = 100;

impl Invocation<'_> {
    /// Runs a command that lists items.
    ///
    /// # Errors
    ///
    /// Fails if a request fails.
    pub(crate) async fn run_list(&mut self) -> Result<Exit, CliError> {
        let Some(operation) = self.command.operation else {
            return Err(CliError::failure("the command has no operation"));
        };
        self.run_list_with(operation).await
    }

    /// Runs a command that lists the items of an operation.
    ///
    /// # Errors
    ///
    /// Fails if a request fails.
    pub(crate) async fn run_list_with(
        &mut self,
        operation: &'static Operation,
    ) -> Result<Exit, CliError> {
        if let Some(projects) = self.several_projects().await? {
            return self.list_projects(operation, &projects).await;
        }
        let scope = self.scope().await?;
        let scope = scope
            .as_ref()
            .map(|(name, place)| (*name, place.id.as_str()));
        let request = self.request(operation, scope)?;
        self.list_request(&request).await
    }

    /// Fetches the list of a request and prints it.
    ///
    /// # Errors
    ///
    /// Fails if a request fails.
    pub(crate) async fn list_request(&mut self, request: &Request) -> Result<Exit, CliError> {
        if self.streams() {
            return self.stream(request).await;
        }
        let atlas = self.session.atlas().await?;
        let list = match self.fetch(&atlas, request).await {
            Err(error) => match self.fallback_request(&error, request) {
                Some(request) => self.fetch(&atlas, &request).await,
                None => Err(error),
            },
            fetched => fetched,
        };
        let list = list.map_err(|error| CliError::from_request_error(&error, &self.action()))?;
        self.print(&Data::List(list))?;
        Ok(Exit::Success)
    }

    /// Returns the projects of a list that spans several, or `None` for one project.
    async fn several_projects(&self) -> Result<Option<Vec<Place>>, CliError> {
        let spans = self.command.verb == "list" && self.command.resource_scope() == Scope::Project;
        if !spans || self.session.emulates_official_cli || self.project.is_some() {
            return Ok(None);
        }
        let matcher = match self.session.project_setting(&self.values) {
            Some(setting) if is_id(&setting.value) || !names::is_glob(&setting.value) => {
                return Ok(None);
            }
            Some(setting) => Some(names::Matcher::new(&setting.value)?),
            None => None,
        };
        if self.values.has("page") {
            return Err(
                CliError::usage("`--page` needs one project").with_hint("add `--project NAME`")
            );
        }
        let mut projects = self.session.projects(&self.values).await?;
        if let Some(matcher) = matcher {
            projects.retain(|project| matcher.matches(project.label()));
        }
        if projects.is_empty() {
            return Err(CliError::failure("no project matches").with_exit(Exit::NotFound));
        }
        Ok(Some(projects))
    }

    /// Lists the items of several projects, with a column for the project.
    async fn list_projects(
        &mut self,
        operation: &'static Operation,
        projects: &[Place],
    ) -> Result<Exit, CliError> {
        let this = &*self;
        let atlas = &self.session.atlas().await?;
        let lists: Vec<_> = futures_util::stream::iter(projects)
            .map(|project| async move {
                let request = this.request(operation, Some(("groupId", &project.id)));
                (
                    project,
                    match request {
                        Ok(request) => this.fetch(atlas, &request).await.map_err(|error| {
                            (
                                exit_of(&error),
                                CliError::from_request_error(&error, &this.action()),
                            )
                        }),
                        Err(error) => Err((error.exit(), error)),
                    },
                )
            })
            .buffered(CONCURRENCY)
            .collect()
            .await;
        let mut all = List::default();
        let mut refused = Vec::new();
        for (project, list) in lists {
            match list {
                Ok(list) => all.items.extend(list.items.into_iter().map(|mut item| {
                    item.labels.push(("PROJECT", project.label().to_owned()));
                    item
                })),
                Err((Exit::Rejected | Exit::NotFound, error)) => {
                    refused.push((project.clone(), error));
                }
                Err((_, error)) => return Err(error),
            }
        }
        self.print_with_refused(all, &refused)
    }

    /// Prints a list, and warns of the projects whose items could not be read.
    ///
    /// # Errors
    ///
    /// Fails with a usage error for an invalid expression or column, or if stdout is closed.
    pub(crate) fn print_with_refused(
        &mut self,
        mut list: List,
        refused: &[(Place, CliError)],
    ) -> Result<Exit, CliError> {
        if !refused.is_empty() {
            list.extra.push(("refused", refused_json(refused)));
        }
        self.print(&Data::List(list))?;
        Ok(self.warn_of_refused(refused))
    }

    /// Warns of the projects whose items could not be read, and returns the exit code.
    pub(crate) fn warn_of_refused(&mut self, refused: &[(Place, CliError)]) -> Exit {
        for (project, error) in refused {
            self.warn(&format!(
                "project `{}`: {}",
                project.label(),
                error.message()
            ));
        }
        if refused.is_empty() {
            Exit::Success
        } else {
            Exit::Partial
        }
    }

    /// Fetches a list.
    pub(crate) async fn fetch(
        &self,
        atlas: &Atlas,
        request: &Request,
    ) -> mongodbatlas::Result<List> {
        if !request.operation.paged {
            let mut list = fetch_envelope(request.call(atlas)).await?;
            self.keep_page(&mut list);
            return Ok(list);
        }
        if self.is_one_page() {
            return self.page(request.call(atlas)).await;
        }
        let mut pager = request.call(atlas).items()?;
        let limit = if self.command.pages == Pages::History && !self.is_on("all-pages") {
            pager = pager.with_page_size(HISTORY);
            usize::from(HISTORY)
        } else {
            usize::MAX
        };
        let mut list = List::default();
        while list.items.len() < limit
            && let Some(document) = pager.try_next().await?
        {
            list.items.push(item(document));
        }
        list.total = pager.total();
        Ok(list)
    }

    /// Keeps the page that `--limit` and `--page` select of a list that Atlas returns as a whole.
    fn keep_page(&self, list: &mut List) {
        let limit = self.values.text("limit");
        let page = self.values.text("page");
        if (limit.is_some() || page.is_some())
            && let Ok(limit) = limit.unwrap_or(PAGE_SIZE).parse()
            && let Ok(page) = page.unwrap_or("1").parse()
        {
            list.keep_page(limit, page);
        }
    }

    /// Checks `--limit` and `--page` of a list before a request.
    ///
    /// # Errors
    ///
    /// Fails with a usage error if a value is not a whole number from 1.
    pub(crate) fn check_page_flags(&self) -> Result<(), CliError> {
        if self.command.pages == Pages::None {
            return Ok(());
        }
        for name in ["limit", "page"] {
            if let Some(text) = self.values.text(name)
                && !text.parse::<u64>().is_ok_and(|number| number > 0)
            {
                return Err(
                    CliError::usage(format!("invalid value `{text}` for `--{name}`"))
                        .with_hint("write a whole number from 1"),
                );
            }
        }
        Ok(())
    }

    /// Returns `true` if the command line selects one page.
    fn is_one_page(&self) -> bool {
        let is_paged = self.command.pages != Pages::None;
        is_paged
            && !self.is_on("all-pages")
            && (self.session.emulates_official_cli
                || self.values.has("limit")
                || self.values.has("page"))
    }

    async fn page(&self, call: Call) -> mongodbatlas::Result<List> {
        let counts = !self.is_on("omit-count");
        let call = call
            .with(
                "itemsPerPage",
                self.values.text("limit").unwrap_or(PAGE_SIZE),
            )
            .with("pageNum", self.values.text("page").unwrap_or("1"));
        let has_count = call
            .operation()
            .parameters
            .iter()
            .any(|parameter| parameter.name == "includeCount");
        fetch_envelope(if has_count {
            call.with("includeCount", counts)
        } else {
            call
        })
        .await
    }

    /// Returns `true` if the items of the command's list are printed as they arrive.
    fn streams(&self) -> bool {
        self.command.pages == Pages::Inventory && !self.is_one_page() && self.streams_lines()
    }

    /// Returns `true` if the output is a line for each item, which can be printed as it arrives.
    pub(crate) fn streams_lines(&self) -> bool {
        self.session.format == Format::JsonLines
            && !self.values.has("sort")
            && !self.values.has("jq")
    }

    /// Prints each item as it arrives.
    async fn stream(&mut self, request: &Request) -> Result<Exit, CliError> {
        let action = self.action();
        let failed = |error: mongodbatlas::Error| CliError::from_request_error(&error, &action);
        let atlas = self.session.atlas().await?;
        let mut pager = request.call(&atlas).items().map_err(failed)?;
        while let Some(document) = pager.try_next().await.map_err(failed)? {
            self.ui.print(&json_line(&item(document)))?;
        }
        Ok(Exit::Success)
    }
}

fn refused_json(refused: &[(Place, CliError)]) -> String {
    let items = refused.iter().map(|(project, error)| {
        serde_json::json!({
            "project": project.label(),
            "projectId": project.id,
            "error": error.message(),
        })
    });
    serde_json::Value::Array(items.collect()).to_string()
}
