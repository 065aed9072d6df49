//! The public structs and enums of the generated client.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::{
    edits::EditCounts,
    enums::OpenEnum,
    tokens::{has, is_impl, module, split_items, subject, within},
};

/// Marks the structs as non-exhaustive, since a new field in the document must not break callers.
pub(crate) fn mark_non_exhaustive(client: TokenStream, edits: &mut EditCounts) -> TokenStream {
    within(client, "types", |types| {
        let marked = split_items(types).into_iter().map(|item| {
            let item_is_struct = is_struct(&item);
            let item: TokenStream = item.into_iter().collect();
            if item_is_struct {
                edits.count(
                    "types: mark struct as non-exhaustive",
                    quote! { #[non_exhaustive] #item },
                )
            } else {
                item
            }
        });
        marked.collect()
    })
}

/// Returns the names of all types as the content of `openapi/types.txt`.
pub(crate) fn to_text(client: &TokenStream, enums: &[OpenEnum]) -> String {
    let types = split_items(module(client, "types"));
    let structs = types.iter().filter(|item| is_struct(item));
    let structs = structs.filter_map(|item| subject(item));
    let mut lines: Vec<String> = structs.map(|name| format!("struct {name}")).collect();
    lines.extend(enums.iter().map(|open| format!("enum {}", open.name)));
    lines.sort();
    let mut listing = "# kind name\n".to_owned();
    for line in lines {
        listing.push_str(&line);
        listing.push('\n');
    }
    listing
}

fn is_struct(item: &[TokenTree]) -> bool {
    !is_impl(item) && has(item, "struct")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client() -> TokenStream {
        let code = "pub mod types {
            #[derive(Clone)] pub struct Disk { pub size: i64 }
            impl Disk { pub fn builder() -> builder::Disk {} }
            pub struct Any(pub Value);
            pub mod builder { pub struct Disk { size: i64 } }
        }";
        code.parse().unwrap()
    }

    #[test]
    fn marks_structs_and_not_their_builders() {
        let mut edits = EditCounts::default();

        let marked = mark_non_exhaustive(client(), &mut edits).to_string();

        let expected: TokenStream = "pub mod types {
            #[non_exhaustive] #[derive(Clone)] pub struct Disk { pub size: i64 }
            impl Disk { pub fn builder() -> builder::Disk {} }
            #[non_exhaustive] pub struct Any(pub Value);
            pub mod builder { pub struct Disk { size: i64 } }
        }"
        .parse()
        .unwrap();
        assert_eq!(marked, expected.to_string());
        assert_eq!(edits.iter().map(|(_, matches)| matches).sum::<usize>(), 2);
    }

    #[test]
    fn lists_structs_and_enums_in_order() {
        let state = OpenEnum {
            name: "State".to_owned(),
            variants: Vec::new(),
        };

        let listing = to_text(&client(), &[state]);

        assert_eq!(
            listing,
            "# kind name\nenum State\nstruct Any\nstruct Disk\n"
        );
    }
}
