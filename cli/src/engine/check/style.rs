//! Checks names, help texts and examples.

use std::collections::BTreeMap;

use super::{WITHOUT_EXAMPLE, each_command, problems};
use crate::{
    commands::ROOT,
    engine::{
        definition::{Input, Noun, Target},
        line::{self, globals::GLOBALS, words::join},
        names::spelling::fold,
    },
};

#[test]
fn flags_of_a_command_do_not_collide() {
    let found = problems(|command| {
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        let mut letters: BTreeMap<char, usize> = BTreeMap::new();
        let own: Vec<_> = command.all_flags().collect();
        for input in &own {
            for name in std::iter::once(&input.name).chain(input.aliases) {
                *names.entry(fold(name)).or_default() += 1;
            }
            if let Some(letter) = input.short {
                *letters.entry(letter).or_default() += 1;
            }
        }
        let names = names
            .into_iter()
            .filter(|(_, count)| *count > 1)
            .map(|(name, _)| name);
        let letters = letters
            .into_iter()
            .filter(|(_, count)| *count > 1)
            .map(|(letter, _)| letter.to_string());
        names
            .chain(letters)
            .map(|name| format!("`{name}` is declared twice"))
            .collect()
    });

    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn words_below_a_noun_do_not_collide() {
    fn walk(noun: &'static Noun, words: &str, problems: &mut Vec<String>) {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let commands = noun
            .commands
            .iter()
            .map(|command| (command.verb, command.aliases));
        // a command and a noun can share a name: the word after it decides
        let is_command = |name: &str| noun.commands.iter().any(|command| command.verb == name);
        let nouns = noun.nouns.iter().filter(|noun| !is_command(noun.name));
        let nouns = nouns.map(|noun| (noun.name, noun.aliases));
        for (name, aliases) in commands.chain(nouns) {
            let mut names: Vec<_> = std::iter::once(&name)
                .chain(aliases)
                .map(|name| fold(name))
                .collect();
            names.sort();
            names.dedup();
            for name in names {
                *seen.entry(name).or_default() += 1;
            }
        }
        let twice = seen.into_iter().filter(|(_, count)| *count > 1);
        problems.extend(twice.map(|(name, _)| format!("{words}: `{name}` is declared twice")));
        for below in noun.nouns {
            walk(below, &join(words, below.name), problems);
        }
    }
    let mut found = Vec::new();
    walk(&ROOT, "", &mut found);

    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn help_texts_follow_the_style() {
    let found = problems(|command| {
        let mut texts = vec![command.summary];
        texts.extend(
            command
                .all_flags()
                .chain(command.arguments)
                .map(|input| input.help),
        );
        texts.extend(command.examples.iter().map(|example| example.task));
        let is_styled = |text: &&str| {
            text.starts_with(|letter: char| letter.is_uppercase() || letter == '`')
                && !text.ends_with('.')
        };
        let mut problems: Vec<_> = texts
            .into_iter()
            .filter(|text| !is_styled(text))
            .map(|text| format!("`{text}` is not a sentence without a full stop"))
            .collect();
        if command.examples.is_empty()
            && !command.hidden
            && !WITHOUT_EXAMPLE.contains(&command.summary)
        {
            problems.push("has no example".to_owned());
        }
        problems
    });

    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn examples_are_lines_of_their_command() {
    let mut found = Vec::new();
    each_command(&mut |words, command| {
        for example in command.examples {
            let line = line::split_words(example.line);
            match line::read(&ROOT, line, false) {
                Ok(line) if line.words == words => {}
                Ok(line) => found.push(format!(
                    "{words}: `{}` is an example of `{}`",
                    example.line, line.words
                )),
                Err(error) => {
                    found.push(format!("{words}: `{}`: {}", example.line, error.message()));
                }
            }
        }
    });

    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn global_options_do_not_collide() {
    let mut names: Vec<_> = GLOBALS
        .iter()
        .flat_map(|input| std::iter::once(input.name).chain(input.aliases.iter().copied()))
        .map(fold)
        .collect();
    let count = names.len();
    names.sort();
    names.dedup();

    assert_eq!(names.len(), count);
}

/// Flags with several meanings below one noun, and the reasons.
const SEVERAL_MEANINGS: [(&str, &str); 6] = [
    (
        "clusters --file",
        "the file of an update has the changed fields only",
    ),
    ("clusters --tag", "an update replaces all tags"),
    (
        "integrations create --region",
        "each service has regions of its own",
    ),
    (
        "organizations api-keys --role",
        "`assign` replaces the roles",
    ),
    (
        "organizations invitations --role",
        "`update` replaces the roles",
    ),
    (
        "service-accounts --role",
        "`assign` takes roles in a project",
    ),
];

/// Flags of one noun that fill the same part of a request mean the same. Flags without a part of the request, such as
/// filters and files, and flags of different nouns can differ.
#[test]
fn flags_with_one_meaning_have_one_sentence() {
    let mut sentences: BTreeMap<(String, String), BTreeMap<&str, Vec<String>>> = BTreeMap::new();
    each_command(&mut |words, command| {
        let noun = words.rsplit_once(' ').map_or("", |(noun, _)| noun);
        let has_part = |input: &&Input| input.target != Target::None && !input.hidden;
        for input in command.flags.iter().filter(has_part) {
            let meaning = (
                format!("{noun} --{}", input.name),
                format!("{:?}", input.target),
            );
            let uses = sentences.entry(meaning).or_default();
            uses.entry(input.help).or_default().push(words.to_owned());
        }
    });
    let several = sentences.iter().filter(|(_, uses)| uses.len() > 1);
    let several: BTreeMap<_, _> = several
        .map(|((name, _), uses)| (name.as_str(), uses))
        .collect();
    let is_allowed = |name: &str| SEVERAL_MEANINGS.iter().any(|(known, _)| *known == name);
    let found: Vec<_> = several
        .iter()
        .filter(|(name, _)| !is_allowed(name))
        .collect();
    let mut allowed = SEVERAL_MEANINGS.iter();
    let without_effect = allowed.find(|(name, _)| !several.contains_key(name));

    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(without_effect, None, "a flag has one meaning only");
}
