//! Collects the fields of objects from their parts and variants.

use std::collections::HashSet;

use serde_json::Value;

use super::family::{Declaration, Family, Kind, address};

/// Maximum depth of nested variants.
pub(super) const MAX_DEPTH: usize = 4;

/// A field of an object with all its declarations.
pub(super) struct DeclaredField<'a> {
    pub(super) name: &'a str,
    pub(super) declarations: Vec<&'a Value>,
    pub(super) is_required: bool,
    pub(super) variants: Vec<u32>,
}

/// A variant with its fields and the discriminator's values that select it.
pub(super) struct Alternative<'a> {
    pub(super) values: Vec<String>,
    pub(super) declaration: Declaration<'a>,
    pub(super) fields: Vec<DeclaredField<'a>>,
}

impl<'a> Family<'a> {
    /// Returns the variants of an object with their fields.
    pub(super) fn variants(
        self,
        declaration: &Declaration<'a>,
        depth: usize,
    ) -> Vec<Alternative<'a>> {
        let Some(schema) = declaration.alternatives.filter(|_| depth > 0) else {
            return Vec::new();
        };
        let alternatives = self.alternatives(schema).into_iter();
        let alternatives = alternatives.map(|(values, target)| {
            let mut alternative = self.declaration(target);
            alternative.name = alternative.name.or_else(|| self.name_of(target));
            let is_cycle = alternative
                .alternatives
                .is_some_and(|inner| address(inner) == address(schema));
            if is_cycle {
                alternative.alternatives = None;
            }
            let mut parts = declaration.parts.clone();
            parts.retain(|part| {
                !alternative
                    .parts
                    .iter()
                    .any(|own| address(own) == address(part))
            });
            parts.append(&mut alternative.parts);
            alternative.parts = parts;
            Alternative {
                values,
                fields: self.fields(&alternative, depth - 1),
                declaration: alternative,
            }
        });
        alternatives.collect()
    }

    /// Returns the fields of an object and of all its variants.
    pub(super) fn fields(
        self,
        declaration: &Declaration<'a>,
        depth: usize,
    ) -> Vec<DeclaredField<'a>> {
        let alternatives = self.variants(declaration, depth);
        merge(own_fields(declaration), &alternatives)
    }

    /// Returns the field whose values differ between all variants, with the values of each variant.
    pub(super) fn inferred_discriminator(
        self,
        alternatives: &[Alternative<'a>],
    ) -> Option<(String, Vec<Vec<String>>)> {
        let (first, _) = alternatives
            .split_first()
            .filter(|(_, others)| !others.is_empty())?;
        let candidates = first.fields.iter().filter_map(|candidate| {
            let values = alternatives
                .iter()
                .map(|alternative| self.values_of(alternative, candidate.name));
            let values: Vec<Vec<String>> = values.collect::<Option<_>>()?;
            let mut seen = HashSet::new();
            let mut all = values.iter().flatten();
            let is_disjoint = all.all(|value| seen.insert(value));
            is_disjoint.then(|| (seen.len(), candidate.name, values.clone()))
        });
        let (_, name, values) = candidates.min_by_key(|(count, name, _)| (*count, *name))?;
        Some((name.to_owned(), values))
    }

    /// Returns the enum values of a variant's field.
    fn values_of(self, alternative: &Alternative<'a>, field: &str) -> Option<Vec<String>> {
        let mut fields = alternative.fields.iter();
        let field = fields.find(|candidate| candidate.name == field)?;
        let mut values = Vec::new();
        for declaration in &field.declarations {
            if !matches!(self.kind(declaration), Kind::Text) {
                return None;
            }
            values.extend(self.values(declaration)?);
        }
        (!values.is_empty()).then_some(values)
    }
}

/// Returns the fields in the parts of an object.
pub(super) fn own_fields<'a>(declaration: &Declaration<'a>) -> Vec<DeclaredField<'a>> {
    let mut fields: Vec<DeclaredField<'a>> = Vec::new();
    let mut required = HashSet::new();
    for part in &declaration.parts {
        let names = part["required"].as_array().into_iter().flatten();
        required.extend(names.filter_map(Value::as_str));
        for (name, property) in part["properties"].as_object().into_iter().flatten() {
            if let Some(field) = fields.iter_mut().find(|field| field.name == name) {
                field.declarations = vec![property];
                continue;
            }
            fields.push(DeclaredField {
                name,
                declarations: vec![property],
                is_required: false,
                variants: Vec::new(),
            });
        }
    }
    for field in &mut fields {
        field.is_required = required.contains(field.name);
    }
    fields
}

/// Merges the fields of an object and of its variants. A field is required if the object or all variants
/// require it.
pub(super) fn merge<'a>(
    mut fields: Vec<DeclaredField<'a>>,
    alternatives: &[Alternative<'a>],
) -> Vec<DeclaredField<'a>> {
    for (index, alternative) in (0u32..).zip(alternatives) {
        for variant_field in &alternative.fields {
            if !fields.iter().any(|field| field.name == variant_field.name) {
                fields.push(DeclaredField {
                    name: variant_field.name,
                    declarations: Vec::new(),
                    is_required: false,
                    variants: Vec::new(),
                });
            }
            let existing_field = fields
                .iter_mut()
                .find(|field| field.name == variant_field.name);
            if let Some(field) = existing_field {
                field.variants.push(index);
                field.declarations.extend(&variant_field.declarations);
            }
        }
    }
    for field in &mut fields {
        field.declarations = distinct(std::mem::take(&mut field.declarations));
        let mut variants = alternatives.iter().map(|alternative| &alternative.fields);
        let requires =
            |candidate: &DeclaredField<'_>| candidate.name == field.name && candidate.is_required;
        field.is_required |=
            !alternatives.is_empty() && variants.all(|fields| fields.iter().any(requires));
    }
    fields
}

/// Returns the distinct declarations in order.
pub(super) fn distinct(schemas: Vec<&Value>) -> Vec<&Value> {
    let mut seen = HashSet::new();
    let first = schemas
        .into_iter()
        .filter(|schema| seen.insert(schema.to_string()));
    first.collect()
}
