//! Paginated lists.

pub(crate) mod page;
pub(crate) mod pager;
pub(crate) mod pages;
