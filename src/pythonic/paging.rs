//! Lists that come in pages.

pub(crate) mod page;
pub(crate) mod pager;
