//! What can go wrong between a document and Rust code.

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a document could not be imported or turned into code.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The text is not JSON.
    #[error("the document is not JSON")]
    Json(#[from] serde_json::Error),
    /// A file of `openapi/` cannot be read.
    #[error("cannot read `{file}`")]
    Read {
        /// The name of the file.
        file: &'static str,
        /// The reason.
        source: std::io::Error,
    },
    /// A data file beside the document is not the TOML that it should be.
    #[error("`{file}` is not what the generator reads")]
    Toml {
        /// The file's name.
        file: &'static str,
        /// What the parser says.
        source: Box<toml::de::Error>,
    },
    /// The document lacks a part that every Atlas document has.
    #[error(
        "the document has no `{0}`: is it an OpenAPI document of the Atlas Administration API?"
    )]
    Missing(String),
    /// A reference leads nowhere.
    #[error("`{0}` is referred to but not defined")]
    Dangling(String),
    /// A correction or description names something that the document does not hold.
    #[error(
        "`{file}` names `{name}`, which the document does not hold: remove or rename the entry"
    )]
    Unknown {
        /// The file's name.
        file: &'static str,
        /// The name that was not found.
        name: String,
    },
    /// A pass found nothing to do, so it is either obsolete or broken.
    #[error(
        "the pass `{0}` changed nothing: the document no longer needs it, or the pass is broken"
    )]
    IdlePass(&'static str),
    /// Two things would get the same Rust name.
    #[error("`{first}` and `{second}` would both be called `{name}`")]
    NameClash {
        /// The name.
        name: String,
        /// The one that has it.
        first: String,
        /// The one that wants it.
        second: String,
    },
    /// A name in `names.toml` is not spelled as a Rust type.
    #[error("`names.toml` has the name `{0}`, which is not spelled as the generator spells types")]
    TypeName(String),
    /// An enum of several schemas has no name in `names.toml`.
    #[error("the enum of {0} has no name: add it to `[enums]` of `names.toml`")]
    UnnamedEnum(String),
    /// The generator refused the prepared document.
    #[error("progenitor: {0}")]
    Progenitor(String),
    /// The generated tokens are not Rust.
    #[error("the generated code does not parse")]
    Syntax(#[from] syn::Error),
}
