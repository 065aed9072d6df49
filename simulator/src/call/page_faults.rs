//! Injected faults of the pages of a list.

/// The faults that apply to the pages of a list.
#[derive(Clone, Debug, Default)]
pub(crate) struct PageFaults {
    /// The origin of links, instead of the right one.
    pub(crate) link_host: Option<String>,
    /// The number of a page without items, which is inserted.
    pub(crate) empty: Option<u64>,
}

/// The source of the items of a page.
#[derive(Debug)]
pub(crate) struct Cut {
    /// The page number without the inserted page.
    pub(crate) source: u64,
    pub(crate) is_empty: bool,
}

impl PageFaults {
    /// Returns the source of the items of page `number`, with the empty page inserted.
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
