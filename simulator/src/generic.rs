//! Operations without behaviour of their own: resources kept as documents, by the document's
//! schemas.
//!
//! What a path means is in [`shape`], what a name in it points to in [`naming`], how an answer
//! is filled in [`answers`]. Collections nobody can add to hold one plausible resource, so that
//! there is something to read.

pub(crate) mod answers;
pub(crate) mod expiry;
mod field_overrides;
pub(crate) mod filters;
pub(crate) mod naming;
pub(crate) mod parents;
pub(crate) mod progress;
pub(crate) mod requests;
pub(crate) mod shape;
pub(crate) mod spans;
pub(crate) mod writing;

use serde_json::{Value, json};

use crate::call::error::ApiError;
use crate::call::page;
use crate::call::{Call, Reply};
use crate::schema::document::{Document, Operation};
use crate::state::{Record, State};

use answers::{present, reply};
use shape::{Plan, Shape};

/// Everything about the request that the functions here pass around.
#[derive(Clone, Debug)]
pub(crate) struct Context<'a> {
    pub(crate) document: &'static Document,
    pub(crate) operation: &'static Operation,
    pub(crate) plan: Plan,
    pub(crate) call: &'a Call,
    /// The collection's path with the values of the request in it.
    pub(crate) collection: String,
    /// Where the cluster in the path runs, once it is known that there is one.
    pub(crate) home: Option<Home>,
}

/// Where a cluster runs, and what.
#[derive(Clone, Debug)]
pub(crate) struct Home {
    pub(crate) provider: String,
    pub(crate) region: String,
    pub(crate) version: String,
}

impl<'a> Context<'a> {
    pub(crate) fn of(call: &'a Call) -> Result<Self, ApiError> {
        let missing = || ApiError::resource_not_found(&call.request_path);
        let operation = call.operation.ok_or_else(missing)?;
        let document = Document::vendored().map_err(|_| missing())?;
        let plan = Plan::of(document, operation);
        let collection = naming::concrete(call, &plan.collection);
        Ok(Self {
            document,
            operation,
            plan,
            call,
            collection,
            home: None,
        })
    }

    /// The context of a call whose parents exist and whose parameters make sense.
    pub(crate) fn prepared(state: &mut State, call: &'a Call) -> Result<Self, ApiError> {
        let mut context = Self::of(call)?;
        prepare(state, &context)?;
        context.home = home(state, &context);
        Ok(context)
    }

    /// The parameters that name the item: their names and values.
    pub(crate) fn keys(&self) -> Vec<(&'static str, &'a str)> {
        let all = &self.call.parameters;
        let start = all.len().saturating_sub(self.plan.keys);
        let keys = all.get(start..).unwrap_or_default().iter();
        keys.map(|(name, value)| (*name, value.as_str())).collect()
    }

    /// The parameter by which the items of the collection are addressed, if that is an id.
    pub(crate) fn item_id(&self) -> Option<&'static str> {
        let operations = self.document.operations().iter();
        let names = operations.filter_map(|it| {
            let rest = shape::below_root(&it.path).strip_prefix(&self.plan.collection)?;
            rest.strip_prefix("/{")?.strip_suffix('}')
        });
        let mut names = names.filter(|name| !name.contains('/'));
        names.next().filter(|name| name.ends_with("Id"))
    }

    /// The schema of a success; null where the document has none.
    pub(crate) fn answer_schema(&self) -> &'static Value {
        let schema = self.operation.answer.schema.as_ref();
        schema.unwrap_or(&Value::Null)
    }

    /// Whether a success is a list, as a page or as it is.
    fn answers_a_list(&self) -> bool {
        let schemas = self.document.schemas();
        schemas.items(self.answer_schema()).is_some()
    }

    /// The refusal for an item that is not there.
    pub(crate) fn missing(&self) -> ApiError {
        let keys = self.keys();
        // What is alone at its path is named by what it belongs to.
        let owner = self.call.parameters.last().map_or("", |(_, value)| value);
        let (name, value) = keys.last().copied().unwrap_or(("", owner));
        ApiError::thing_not_found(&naming::thing(name, &self.plan.collection), value)
    }
}

/// Answers any operation.
pub(crate) fn answer(state: &mut State, call: &Call) -> Result<Reply, ApiError> {
    let context = Context::prepared(state, call)?;
    match (context.plan.shape, context.operation.method) {
        (Shape::List, _) => list(state, &context),
        (Shape::Create, _) => writing::create(state, &context),
        (Shape::Item, "GET") => get(state, &context),
        (Shape::Item, "DELETE") => writing::delete(state, &context),
        (Shape::Item, _) => writing::update(state, &context),
        (Shape::Single, "DELETE") => writing::reset(state, &context),
        (Shape::Single, "GET") => single(state, &context),
        (Shape::Single, _) => writing::change(state, &context),
        (Shape::Action, _) => action(&context),
    }
}

/// Checks what every operation needs: parents that exist and parameters that make sense.
fn prepare(state: &mut State, context: &Context<'_>) -> Result<(), ApiError> {
    parents::check(state, context)?;
    requests::check_parameters(context)
}

fn home(state: &State, context: &Context<'_>) -> Option<Home> {
    let name = context.call.find_path("clusterName")?;
    let project = state.project(context.call.find_path("groupId")?).ok()?;
    let cluster = project.cluster(name).ok()?;
    let region = cluster.first_region()?;
    let provider = region.backing_provider.as_ref().unwrap_or(&region.provider);
    Some(Home {
        provider: provider.clone(),
        region: region.name.clone(),
        version: cluster.settings.full_version(),
    })
}

/// The items of the collection that the rest of the path asks for.
pub(crate) fn found(state: &mut State, context: &Context<'_>) -> Vec<Record> {
    parents::populate(state, context);
    let keys = context.keys();
    let records = state.store.list(&context.collection);
    let named = records.iter().filter(|record| {
        keys.iter()
            .all(|(name, value)| record.is_called(&naming::fields(name), value))
    });
    named.cloned().collect()
}

fn list(state: &mut State, context: &Context<'_>) -> Result<Reply, ApiError> {
    let records = found(state, context);
    listed(context, &records)
}

/// A list answer of those of these records that the query asks for.
pub(crate) fn listed(context: &Context<'_>, records: &[Record]) -> Result<Reply, ApiError> {
    let schemas = context.document.schemas();
    let schema = context.answer_schema();
    let items = schemas.items(schema).unwrap_or(&Value::Null);
    let render = |record: &Record| present(context, items, record);
    let filters = filters::asked(context);
    let asked_for =
        |record: &&Record| filters.is_empty() || filters::keep(&filters, &render(record));
    let records: Vec<&Record> = records.iter().filter(asked_for).collect();
    if !schemas.is_page(schema) {
        return Ok(reply(context, records.into_iter().map(render).collect()));
    }
    let mut answer = page::answer(context.call, &[], &records, |record| render(record))?;
    answer.status = reply(context, Value::Null).status;
    if let Some(document) = &mut answer.document {
        answers::complete_page(context, schema, document);
    }
    Ok(answer)
}

fn get(state: &mut State, context: &Context<'_>) -> Result<Reply, ApiError> {
    let records = found(state, context);
    if let Some(bytes) = answers::bytes(context) {
        return Ok(bytes);
    }
    let record = match records.into_iter().next() {
        Some(record) => record,
        None => parents::assumed(context).ok_or_else(|| context.missing())?,
    };
    Ok(shown(context, &record))
}

/// An answer with one record.
pub(crate) fn shown(context: &Context<'_>, record: &Record) -> Reply {
    let schema = context.answer_schema();
    let document = present(context, schema, record);
    reply(context, document)
}

/// An answer after a change of one record: itself, or the whole list where the document says so.
pub(crate) fn answered(
    context: &Context<'_>,
    all: &[Record],
    record: &Record,
) -> Result<Reply, ApiError> {
    if context.answers_a_list() {
        return listed(context, all);
    }
    Ok(shown(context, record))
}

fn single(state: &mut State, context: &Context<'_>) -> Result<Reply, ApiError> {
    if let Some(bytes) = answers::bytes(context) {
        return Ok(bytes);
    }
    if state.store.single(&context.collection).is_none() {
        if shape::is_absent(&context.plan.collection) {
            return Err(context.missing());
        }
        let record = answers::invented(context, &context.collection);
        state.store.put_single(&context.collection, record);
    }
    let record = state.store.single(&context.collection).cloned();
    let mut record = record.ok_or_else(|| context.missing())?;
    if let Some(document) = record.document.as_object_mut() {
        document.extend(spans::times(context)?);
    }
    Ok(shown(context, &record))
}

fn action(context: &Context<'_>) -> Result<Reply, ApiError> {
    let given = requests::body(context)?.unwrap_or_else(|| json!({}));
    if let Some(bytes) = answers::bytes(context) {
        return Ok(bytes);
    }
    let mut record = Record::new(context.collection.clone(), given, context.call.now);
    record.document = requests::without_secrets(context, &record.document);
    answered(context, &[], &record)
}
