//! Suggests similar names for mistyped ones.

use super::spelling::fold;

/// The minimum similarity of a suggestion, from 0 to 1.
const SIMILARITY: f64 = 0.78;

/// Returns the name that is most similar to a word, if it is similar enough.
pub(crate) fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = fold(word);
    let scored = names.map(|name| (strsim::jaro_winkler(&word, &fold(name)), name));
    let best = scored.max_by(|(a, _), (b, _)| a.total_cmp(b))?;
    (best.0 >= SIMILARITY).then_some(best.1)
}
