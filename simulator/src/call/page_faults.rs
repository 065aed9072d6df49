//! Faults that are injected into the pages of a list.

/// The faults that apply to the pages of a list.
#[derive(Clone, Debug, Default)]
pub(crate) struct PageFaults {
    /// The origin of links, instead of the simulator's.
    pub(crate) link_host: Option<String>,
    /// The number of the inserted empty page.
    pub(crate) empty: Option<u64>,
}

/// The source of the items of a page.
#[derive(Debug)]
pub(crate) struct PageSource {
    /// The page number without the inserted page.
    pub(crate) number: u64,
    pub(crate) is_empty: bool,
}

impl PageFaults {
    /// Returns the source of the items of page `number`, with the empty page inserted.
    pub(crate) fn source(&self, number: u64) -> PageSource {
        match self.empty {
            Some(empty) if number > empty => PageSource {
                number: number - 1,
                is_empty: false,
            },
            empty => PageSource {
                number,
                is_empty: empty == Some(number),
            },
        }
    }
}
