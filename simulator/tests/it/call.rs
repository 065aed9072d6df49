//! Pages.

mod paging;
