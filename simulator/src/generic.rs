//! The handler of all operations without a route: stores JSON documents and fills responses by the
//! schemas of the OpenAPI document.
//!
//! [`shape`] classifies operations, [`naming`] maps path parameters to fields, and [`responses`]
//! fills responses. A collection without a create operation has one generated resource.

pub(crate) mod errors;
pub(crate) mod expiry;
mod field_overrides;
pub(crate) mod filters;
pub(crate) mod naming;
pub(crate) mod parents;
pub(crate) mod progress;
pub(crate) mod requests;
pub(crate) mod responses;
pub(crate) mod shape;
pub(crate) mod time_ranges;
pub(crate) mod writes;

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{ApiResponse, Call};
use crate::schema::document::{Document, Operation};
use crate::state::{Record, State};

use responses::{build, render};
use shape::{Plan, Shape};

/// A request with its operation and the stored collection that it uses.
#[derive(Clone, Debug)]
pub(crate) struct Context<'a> {
    pub(crate) document: &'static Document,
    pub(crate) operation: &'static Operation,
    pub(crate) plan: Plan,
    pub(crate) call: &'a Call,
    /// The path of the collection, with the values of the path parameters.
    pub(crate) collection: String,
    /// The cluster in the path, if there is one.
    pub(crate) cluster: Option<ClusterInfo>,
}

/// Cloud, region and MongoDB version of a cluster.
#[derive(Clone, Debug)]
pub(crate) struct ClusterInfo {
    pub(crate) provider: String,
    pub(crate) region: String,
    pub(crate) version: String,
}

impl<'a> Context<'a> {
    pub(crate) fn new(call: &'a Call) -> Result<Self, ApiError> {
        let missing = || ApiError::resource_not_found(&call.request_path);
        let operation = call.operation.ok_or_else(missing)?;
        let document = Document::vendored().map_err(|_| missing())?;
        let plan = Plan::of(document, operation);
        let collection = naming::fill_path(call, &plan.collection);
        Ok(Self {
            document,
            operation,
            plan,
            call,
            collection,
            cluster: None,
        })
    }

    /// Creates the context after checking that the resources in the path exist and that the
    /// parameters are valid.
    pub(crate) fn prepare(state: &mut State, call: &'a Call) -> Result<Self, ApiError> {
        let mut context = Self::new(call)?;
        parents::check(state, &context)?;
        requests::check_parameters(&context)?;
        context.cluster = cluster_info(state, &context);
        Ok(context)
    }

    /// Returns the names and values of the path parameters that identify the item.
    pub(crate) fn keys(&self) -> Vec<(&'static str, &'a str)> {
        let parameters = &self.call.parameters;
        let start = parameters.len().saturating_sub(self.plan.keys);
        let keys = parameters.get(start..).unwrap_or_default().iter();
        keys.map(|(name, value)| (*name, value.as_str())).collect()
    }

    /// Returns the path parameter that identifies an item of the collection, if it is an id.
    pub(crate) fn item_id(&self) -> Option<&'static str> {
        let operations = self.document.operations().iter();
        let names = operations.filter_map(|operation| {
            let suffix = shape::strip_root(&operation.path).strip_prefix(&self.plan.collection)?;
            suffix.strip_prefix("/{")?.strip_suffix('}')
        });
        let mut names = names.filter(|name| !name.contains('/'));
        names.next().filter(|name| name.ends_with("Id"))
    }

    /// Returns the schema of a successful response, or null.
    pub(crate) fn response_schema(&self) -> &'static Value {
        let schema = self.operation.success.schema.as_ref();
        schema.unwrap_or(&Value::Null)
    }

    /// Returns `true` if a successful response is a list, paginated or not.
    fn is_list_returned(&self) -> bool {
        let schemas = self.document.schemas();
        schemas.items(self.response_schema()).is_some()
    }

    /// Returns the error for an item that does not exist.
    pub(crate) fn not_found(&self) -> ApiError {
        let keys = self.keys();
        // The error names a single resource by its parent.
        let parent = self.call.parameters.last().map_or("", |(_, value)| value);
        let (name, value) = keys.last().copied().unwrap_or(("", parent));
        errors::not_found(self.call, &self.plan.collection, name, value)
    }

    /// Returns the error for a missing item. `noun` is the resource name in error codes.
    pub(crate) fn item_not_found(&self, noun: &str, value: &str) -> ApiError {
        errors::noun_not_found(self.call, noun, value)
    }
}

/// Handles any operation.
pub(crate) fn respond(state: &mut State, call: &Call) -> Result<ApiResponse, ApiError> {
    let context = Context::prepare(state, call)?;
    match (context.plan.shape, context.operation.method) {
        (Shape::List, _) => list(state, &context),
        (Shape::Create, _) => writes::create(state, &context),
        (Shape::Item, "GET") => get(state, &context),
        (Shape::Item, "DELETE") => writes::delete(state, &context),
        (Shape::Item, _) => writes::update(state, &context),
        (Shape::Single, "DELETE") => writes::reset(state, &context),
        (Shape::Single, "GET") => single(state, &context),
        (Shape::Single, _) => writes::update_single(state, &context),
        (Shape::Action, _) => action(&context),
    }
}

fn cluster_info(state: &State, context: &Context<'_>) -> Option<ClusterInfo> {
    let name = context.call.find_path("clusterName")?;
    let project = state.project(context.call.find_path("groupId")?).ok()?;
    let cluster = project.cluster(name).ok()?;
    let region = cluster.first_region()?;
    let provider = region.backing_provider.as_ref().unwrap_or(&region.provider);
    Some(ClusterInfo {
        provider: provider.clone(),
        region: region.name.clone(),
        version: cluster.settings.full_version(),
    })
}

/// Returns the records of the collection that match the path parameters below it.
pub(crate) fn find_records(state: &mut State, context: &Context<'_>) -> Vec<Record> {
    parents::populate(state, context);
    let keys = context.keys();
    let records = state.store.list(&context.collection);
    let matching = records.iter().filter(|record| {
        keys.iter()
            .all(|(name, value)| record.is_named(&naming::fields(name), value))
    });
    matching.cloned().collect()
}

fn list(state: &mut State, context: &Context<'_>) -> Result<ApiResponse, ApiError> {
    let records = find_records(state, context);
    list_response(context, &records)
}

/// Returns a list response with the records that match the query.
pub(crate) fn list_response(
    context: &Context<'_>,
    records: &[Record],
) -> Result<ApiResponse, ApiError> {
    let schemas = context.document.schemas();
    let schema = context.response_schema();
    let items = schemas.items(schema).unwrap_or(&Value::Null);
    let render = |record: &Record| render(context, items, record);
    let filters = filters::from_query(context);
    let matches =
        |record: &&Record| filters.is_empty() || filters::match_all(&filters, &render(record));
    let records: Vec<&Record> = records.iter().filter(matches).collect();
    if !schemas.is_page(schema) {
        return Ok(build(context, records.into_iter().map(render).collect()));
    }
    let mut response = page::respond(context.call, &[], &records, |record| render(record))?;
    response.status = build(context, Value::Null).status;
    if let Some(document) = &mut response.document {
        responses::complete_page(context, schema, document);
    }
    Ok(response)
}

fn get(state: &mut State, context: &Context<'_>) -> Result<ApiResponse, ApiError> {
    let records = find_records(state, context);
    if let Some(file) = responses::file_response(context) {
        return Ok(file);
    }
    let record = match records.into_iter().next() {
        Some(record) => record,
        None => parents::implied_record(context).ok_or_else(|| context.not_found())?,
    };
    Ok(item_response(context, &record))
}

/// Returns a response with one record.
pub(crate) fn item_response(context: &Context<'_>, record: &Record) -> ApiResponse {
    let schema = context.response_schema();
    let document = render(context, schema, record);
    build(context, document)
}

/// Returns the response after a change: the record, or the whole list if the schema is a list.
pub(crate) fn change_response(
    context: &Context<'_>,
    all: &[Record],
    record: &Record,
) -> Result<ApiResponse, ApiError> {
    if context.is_list_returned() {
        return list_response(context, all);
    }
    Ok(item_response(context, record))
}

fn single(state: &mut State, context: &Context<'_>) -> Result<ApiResponse, ApiError> {
    if let Some(file) = responses::file_response(context) {
        return Ok(file);
    }
    if state.store.single(&context.collection).is_none() {
        if shape::is_absent(&context.plan.collection) {
            return Err(context.not_found());
        }
        let record = responses::generate_record(context, &context.collection);
        state.store.put_single(&context.collection, record);
    }
    let record = state.store.single(&context.collection).cloned();
    let mut record = record.ok_or_else(|| context.not_found())?;
    if let Some(document) = record.document.as_object_mut() {
        document.extend(time_ranges::range_fields(context)?);
    }
    Ok(item_response(context, &record))
}

fn action(context: &Context<'_>) -> Result<ApiResponse, ApiError> {
    let body = requests::parse_body(context)?.unwrap_or_else(|| json!({}));
    if let Some(file) = responses::file_response(context) {
        return Ok(file);
    }
    let mut record = Record::new(context.collection.clone(), body, context.call.now);
    record.document = requests::remove_secrets(context, &record.document);
    change_response(context, &[], &record)
}
