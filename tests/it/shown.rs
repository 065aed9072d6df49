//! Every public item of the facade is shown in an example that runs: in a code block of the documentation,
//! in `examples/`, in the README or in a row of `docs/from-python.md`.

use std::{collections::BTreeMap, path::Path};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{ImplItem, Item, UseTree, Visibility};

use crate::sources::{files, owner, parsed, root, text};

/// What a user can name: the type, or nothing for a function, and the function.
struct Shown {
    owner: String,
    name: String,
    /// The module that defines it, such as `clusters`.
    module: String,
}

/// A piece of code that runs, and the module in whose documentation it stands, if it does.
struct Example {
    module: Option<String>,
    words: Vec<String>,
}

impl Example {
    fn new(module: Option<&str>, code: &str) -> Self {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let words = code.split(|c| !is_part(c)).filter(|word| !word.is_empty());
        Self {
            module: module.map(str::to_owned),
            words: words.map(str::to_owned).collect(),
        }
    }

    fn names(&self, word: &str) -> bool {
        self.words.iter().any(|other| other == word)
    }
}

#[test]
fn every_public_item_is_shown_in_an_example_that_runs() {
    let items = public_items();
    let examples = examples();
    let mut owners = BTreeMap::<&str, usize>::new();
    for item in &items {
        *owners.entry(&item.name).or_default() += 1;
    }

    let is_shown = |item: &Shown| {
        let is_only_one = owners[item.name.as_str()] == 1;
        examples.iter().any(|example| {
            let is_about_it = is_only_one
                || example.module.as_ref() == Some(&item.module)
                || example.names(&item.owner);
            is_about_it && example.names(&item.name)
        })
    };
    let hidden = items.iter().filter(|item| !is_shown(item));
    let hidden: Vec<_> = hidden
        .map(|item| format!("{}: {}::{}", item.module, item.owner, item.name))
        .collect();

    assert!(items.len() > 500, "only {} items were found", items.len());
    assert!(examples.len() > 100, "only {} examples", examples.len());
    assert!(hidden.is_empty(), "not in any example: {hidden:#?}");
}

/// The public functions, and the public types that have none.
fn public_items() -> Vec<Shown> {
    let exported = exported();
    let mut items = Vec::new();
    for path in files("src") {
        let module = module(&path);
        for (owner, name) in declared(parsed(&path).items) {
            if exported.contains(&owner) || (owner.is_empty() && exported.contains(&name)) {
                let module = module.clone();
                items.push(Shown {
                    owner,
                    name,
                    module,
                });
            }
        }
    }
    for name in exported {
        if items
            .iter()
            .all(|item| item.owner != name && item.name != name)
        {
            let (owner, module) = (String::new(), String::new());
            items.push(Shown {
                owner,
                name,
                module,
            });
        }
    }
    items
}

/// The names that users of the crate can write.
fn exported() -> Vec<String> {
    let mut names = Vec::new();
    for file in [
        "src/lib.rs",
        "src/pythonic/mod.rs",
        "src/pythonic/blocking.rs",
    ] {
        for item in parsed(file).items {
            if let Item::Use(item) = item
                && matches!(item.vis, Visibility::Public(_))
            {
                leaves(&item.tree, &mut names);
            }
        }
    }
    names
}

fn leaves(tree: &UseTree, names: &mut Vec<String>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, names),
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, names)),
        UseTree::Name(name) => names.push(name.ident.to_string()),
        _ => {}
    }
}

/// What a file declares: the owner, or nothing, and the name.
///
/// The twins of the blocking facade are left out: they have the names of the async verbs, which are shown.
fn declared(items: Vec<Item>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for item in items {
        match item {
            Item::Fn(function) if is_public(&function.vis) => {
                found.push((String::new(), function.sig.ident.to_string()));
            }
            Item::Impl(block) if block.trait_.is_none() => {
                let owner = owner(&block);
                for item in &block.items {
                    if let ImplItem::Fn(method) = item
                        && is_public(&method.vis)
                    {
                        found.push((owner.clone(), method.sig.ident.to_string()));
                    }
                }
            }
            Item::Macro(call) => found.extend(made_by(&call.mac)),
            _ => {}
        }
    }
    found
}

/// What the facade's own macros declare.
fn made_by(call: &syn::Macro) -> Vec<(String, String)> {
    let tokens: Vec<_> = call.tokens.clone().into_iter().collect();
    let name = call.path.to_token_stream().to_string();
    match name.as_str() {
        "view" | "handle" => {
            let words: Vec<_> = tokens.iter().map(ToString::to_string).collect();
            let at = words.iter().position(|word| word == "struct");
            let owner = words[at.expect("a struct") + 1].clone();
            let Some(TokenTree::Group(body)) = tokens.last() else {
                panic!("`{owner}` has no body")
            };
            let mut names = fields(body.stream());
            if words.windows(2).any(|pair| pair == [",", "id"]) {
                names.push("id".to_owned());
            }
            names
                .into_iter()
                .map(|name| (owner.clone(), name))
                .collect()
        }
        "key" => ["roles", "credentials", "handle"]
            .map(|name| (tokens[0].to_string(), name.to_owned()))
            .into(),
        "edits" => ["update_with", "preview_with"]
            .map(|name| ("ClusterHandle".to_owned(), name.to_owned()))
            .into(),
        _ => Vec::new(),
    }
}

/// The names before colons, on the outermost level.
fn fields(body: TokenStream) -> Vec<String> {
    let tokens: Vec<_> = body.into_iter().map(|token| token.to_string()).collect();
    let mut names = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let starts = index == 0 || tokens[index - 1] == "," || tokens[index - 1].starts_with('[');
        if starts && tokens.get(index + 1).is_some_and(|next| next == ":") {
            names.push(token.clone());
        }
    }
    names
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// All code that runs with the tests.
fn examples() -> Vec<Example> {
    let mut examples = Vec::new();
    for path in files("src") {
        let module = module(&path);
        let comment = |line: &str| {
            let line = line.trim_start();
            let text = line.strip_prefix("///").or(line.strip_prefix("//!"))?;
            Some(text.strip_prefix(' ').unwrap_or(text).to_owned())
        };
        let text = text(&path);
        let documentation: Vec<_> = text.lines().filter_map(comment).collect();
        let blocks = blocks(&documentation.join("\n"));
        examples.extend(blocks.iter().map(|code| Example::new(Some(&module), code)));
    }
    let stories = files("examples");
    examples.extend(stories.iter().map(|path| Example::new(None, &text(path))));
    for file in ["README.md", "docs/from-python.md"] {
        examples.extend(
            blocks(&text(file))
                .iter()
                .map(|code| Example::new(None, code)),
        );
    }
    examples
}

/// The code blocks of a text that are Rust and run.
fn blocks(text: &str) -> Vec<String> {
    let parts: Vec<_> = text.split("```").collect();
    let code = parts.iter().skip(1).step_by(2);
    code.filter_map(|block| {
        let (language, code) = block.split_once('\n')?;
        matches!(language, "" | "rust").then(|| code.to_owned())
    })
    .collect()
}

/// The module of a file, such as `clusters` for `src/pythonic/wait/clusters.rs` and `src/pythonic/wait.rs`.
fn module(path: &Path) -> String {
    let path = path.strip_prefix(root()).expect("a file of ours");
    let path = path.with_extension("");
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    let place = if parts.get(1).is_some_and(|part| part == "pythonic") {
        2
    } else {
        1
    };
    parts.get(place).unwrap_or(&parts[1]).to_string()
}
