//! How secrets are shown: not at all.

use super::*;

#[test]
fn short_texts_are_hidden_completely() {
    let cases = [
        ("", 4, ""),
        ("abc", 2, "xxx"),
        ("abcd", 4, "xxxx"),
        ("äbcde", 4, "xäbcd"),
        ("abcdef", 9, "xxxxxx"),
    ];

    for (text, show, hidden) in cases {
        assert_eq!(obfuscate(text, show), hidden);
    }
}
