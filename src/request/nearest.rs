//! Suggestions for unknown names.

/// The minimum similarity of a suggestion, from 0 to 1.
const MIN_SIMILARITY: f64 = 0.75;

/// The maximum number of suggestions.
const MAX_SUGGESTIONS: usize = 3;

/// Returns a hint with the most similar names, if any is similar enough.
pub(crate) fn nearest<'a>(unknown: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let unknown = unknown.to_lowercase();
    let similarity = |name: &str| strsim::jaro_winkler(&unknown, &name.to_lowercase());
    let mut scored: Vec<_> = names.map(|name| (similarity(name), name)).collect();
    scored.retain(|(score, _)| *score >= MIN_SIMILARITY);
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let names: Vec<_> = scored
        .iter()
        .take(MAX_SUGGESTIONS)
        .map(|(_, name)| format!("`{name}`"))
        .collect();
    (!names.is_empty()).then(|| format!("did you mean {}?", names.join(", ")))
}
