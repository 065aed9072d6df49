//! Compares spellings of words and flags, ignoring hyphens and case.

/// Removes hyphens and underscores and lowers the case: `access-lists` and `accessLists` are equal.
pub(crate) fn fold(word: &str) -> String {
    word.chars()
        .filter(|letter| !matches!(letter, '-' | '_'))
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

/// Returns `true` if a name or an alias matches a folded word.
pub(crate) fn matches(name: &str, aliases: &[&str], folded: &str) -> bool {
    fold(name) == folded || aliases.iter().any(|alias| fold(alias) == folded)
}
