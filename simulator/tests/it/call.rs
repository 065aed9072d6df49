//! Pagination.

mod paging;
