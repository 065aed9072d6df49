//! What the service shows and leaves out, whatever its document says.
//!
//! The document tells which fields an answer may have; these are the ones it was seen with and
//! without.

mod seen;

use serde_json::{Map, Value};

use seen::HABITS;

/// A collection's habits: fields that are never shown, and fields that always are; a name with a
/// point is that of a field in another one.
struct Habit {
    /// The one operation it is for; empty for all of the collection.
    operation: &'static str,
    collection: &'static str,
    hidden: &'static [&'static str],
    /// Names and what stands there when nobody said anything, as JSON.
    shown: &'static [(&'static str, &'static str)],
    /// Fields that are left out rather than null.
    not_null: &'static [&'static str],
}

/// No habit at all, for those that say little.
const NONE: Habit = Habit {
    operation: "",
    collection: "",
    hidden: &[],
    shown: &[],
    not_null: &[],
};

/// Makes a document what the service would show.
pub(super) fn apply(operation: &str, collection: &str, document: &mut Value) {
    let is_for = |it: &&Habit| {
        collection.ends_with(it.collection)
            && (it.operation.is_empty() || it.operation == operation)
    };
    let Some(habit) = HABITS.iter().find(is_for) else {
        return;
    };
    for name in habit.hidden {
        if let Some((object, field)) = place(document, name) {
            object.remove(field);
        }
    }
    for (name, value) in habit.shown {
        let value = serde_json::from_str(value).unwrap_or_default();
        if let Some((object, field)) = place(document, name) {
            object.entry(field).or_insert(value);
        }
    }
    for name in habit.not_null {
        if let Some((object, field)) = place(document, name)
            && object.get(field).is_some_and(Value::is_null)
        {
            object.remove(field);
        }
    }
}

/// The object a field is in, and the field's own name.
fn place<'a, 'n>(
    document: &'a mut Value,
    name: &'n str,
) -> Option<(&'a mut Map<String, Value>, &'n str)> {
    let (object, field) = match name.split_once('.') {
        Some((outer, field)) => (document.get_mut(outer)?, field),
        None => (document, name),
    };
    Some((object.as_object_mut()?, field))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_json() {
        for habit in HABITS {
            for (name, value) in habit.shown {
                assert!(
                    serde_json::from_str::<Value>(value).is_ok(),
                    "{name}: {value}"
                );
            }
        }
    }
}
