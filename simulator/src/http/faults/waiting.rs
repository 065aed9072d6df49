//! The faults that wait for their requests, and what they do to them.

use std::time::Duration;

use http::request::Parts;

use super::{Answer, Fault, Kind};
use crate::call::page_faults::PageFaults;

/// How an answer travels.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Delivery {
    pub(crate) delay: Duration,
    pub(crate) cut_after: Option<usize>,
    pub(crate) pause: Option<Duration>,
}

/// A seeded chance: a small generator, since quality does not matter here.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chance {
    pub(super) probability: f64,
    pub(super) state: u64,
}

impl Chance {
    pub(super) fn draw(&mut self) -> bool {
        self.state = self
            .state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        // The upper bits are the good ones.
        let drawn = u32::try_from(self.state >> 32).unwrap_or_default();
        f64::from(drawn) / f64::from(u32::MAX) < self.probability
    }
}

/// What happens to a request instead of an answer.
#[derive(Debug)]
pub(crate) enum Interruption {
    Answer(Answer),
    DropConnection,
}

/// The faults that are waiting.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    waiting: Vec<Fault>,
}

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault) {
        self.waiting.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
    }

    /// The first waiting interruption that concerns a request.
    pub(crate) fn interruption(&mut self, parts: &Parts) -> Option<Interruption> {
        self.waiting
            .iter_mut()
            .filter(|fault| fault.concerns(parts))
            .find_map(|fault| {
                let interruption = match &fault.kind {
                    Kind::Answer(answer) => Interruption::Answer(answer.clone()),
                    Kind::DropConnection => Interruption::DropConnection,
                    _ => return None,
                };
                if !fault.is_drawn() {
                    return None;
                }
                fault.happen();
                Some(interruption)
            })
    }

    /// How the answer to a request travels.
    pub(crate) fn delivery(&mut self, parts: &Parts) -> Delivery {
        let mut all = Delivery::default();
        for fault in &mut self.waiting {
            let Kind::Delivery(delivery) = fault.kind else {
                continue;
            };
            if fault.concerns(parts) && fault.is_drawn() {
                fault.happen();
                all.delay += delivery.delay;
                all.cut_after = delivery.cut_after.or(all.cut_after);
                all.pause = delivery.pause.or(all.pause);
            }
        }
        all
    }

    /// What happens to the page a request asks for.
    pub(crate) fn pages(&mut self, parts: &Parts) -> PageFaults {
        let mut found = PageFaults::default();
        for fault in self
            .waiting
            .iter_mut()
            .filter(|fault| fault.concerns(parts))
        {
            match &fault.kind {
                Kind::NextLinkHost(origin) => found.link_host = Some(origin.clone()),
                Kind::EmptyPage(number) => found.empty = Some(*number),
                _ => continue,
            }
            fault.happen();
        }
        found
    }
}
