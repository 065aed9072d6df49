//! Injected faults of the pages of a list.

/// What happens to the pages of a list.
#[derive(Clone, Debug, Default)]
pub(crate) struct PageFaults {
    /// The origin that stands in the links in place of the right one.
    pub(crate) link_host: Option<String>,
    /// The number of a page without items, which is put in.
    pub(crate) empty: Option<u64>,
}

/// Where a page's items come from.
#[derive(Debug)]
pub(crate) struct Cut {
    /// The page number the items really have.
    pub(crate) source: u64,
    pub(crate) is_empty: bool,
}

impl PageFaults {
    /// Where the items of page `number` come from, with an empty page put in.
    pub(crate) fn cut(&self, number: u64) -> Cut {
        match self.empty {
            Some(empty) if number > empty => Cut {
                source: number - 1,
                is_empty: false,
            },
            empty => Cut {
                source: number,
                is_empty: empty == Some(number),
            },
        }
    }
}
