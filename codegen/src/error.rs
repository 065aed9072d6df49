//! Errors of the generator.

/// Result with the error of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error of an import or of code generation.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The text is not JSON.
    #[error("the document is not JSON")]
    Json(#[from] serde_json::Error),
    /// A file of `openapi/` cannot be read.
    #[error("cannot read `{file}`")]
    Read {
        /// Name of the file.
        file: &'static str,
        /// Cause.
        source: std::io::Error,
    },
    /// A TOML file of `openapi/` is malformed or has unknown keys.
    #[error("cannot parse `{file}`")]
    Toml {
        /// Name of the file.
        file: &'static str,
        /// Error of the parser.
        source: Box<toml::de::Error>,
    },
    /// The document lacks a part that every Atlas document has.
    #[error(
        "the document has no `{0}`: is it an OpenAPI document of the Atlas Administration API?"
    )]
    Missing(String),
    /// A reference cannot be resolved.
    #[error("`{0}` is referenced but not defined")]
    Dangling(String),
    /// An entry of a TOML file names something that the document does not contain.
    #[error(
        "`{file}` names `{name}`, which the document does not contain: remove or rename the entry"
    )]
    Unknown {
        /// Name of the file.
        file: &'static str,
        /// The unknown name.
        name: String,
    },
    /// A pass changed nothing, so it is obsolete or broken.
    #[error(
        "the pass `{0}` changed nothing: the document no longer needs it, or the pass is broken"
    )]
    IdlePass(&'static str),
    /// Two elements would get the same Rust name.
    #[error("`{first}` and `{second}` would both be named `{name}`")]
    NameClash {
        /// The name.
        name: String,
        /// First element with the name.
        first: String,
        /// Second element with the name.
        second: String,
    },
    /// A name in `names.toml` is not spelled as a Rust type.
    #[error("`{0}` in `names.toml` is not spelled as a Rust type")]
    TypeName(String),
    /// An enum of several schemas has no name in `names.toml`.
    #[error("the enum of {0} has no name: add it to `[enums]` of `names.toml`")]
    UnnamedEnum(String),
    /// Progenitor rejected the document.
    #[error("progenitor: {0}")]
    Progenitor(String),
    /// The generated tokens are not valid Rust.
    #[error("the generated code does not parse")]
    Syntax(#[from] syn::Error),
}
