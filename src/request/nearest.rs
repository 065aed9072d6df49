//! Suggestions for a name that was not found.

/// The minimum similarity of a suggestion, from 0 to 1.
const ALIKE: f64 = 0.75;

/// The maximum number of suggestions.
const SUGGESTIONS: usize = 3;

/// Returns a hint with the most similar names, if any is similar enough.
pub(crate) fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let wanted = wanted.to_lowercase();
    let alike = |name: &str| strsim::jaro_winkler(&wanted, &name.to_lowercase());
    let mut scored: Vec<_> = names.map(|name| (alike(name), name)).collect();
    scored.retain(|(score, _)| *score >= ALIKE);
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let names: Vec<_> = scored
        .iter()
        .take(SUGGESTIONS)
        .map(|(_, name)| format!("`{name}`"))
        .collect();
    (!names.is_empty()).then(|| format!("did you mean {}?", names.join(", ")))
}
