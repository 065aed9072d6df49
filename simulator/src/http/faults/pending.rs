//! Pending faults, and the selection of the faults for a request.

use std::time::Duration;

use http::request::Parts;

use super::{Fault, InjectedResponse, Kind};
use crate::call::page_faults::PageFaults;

/// Modifications of the transfer of a response.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Delivery {
    pub(crate) delay: Duration,
    pub(crate) cut_after: Option<usize>,
    pub(crate) pause: Option<Duration>,
}

/// A probability with a seeded linear congruential generator.
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
        // The upper bits of this generator are more random than the lower ones.
        let drawn = u32::try_from(self.state >> 32).unwrap_or_default();
        f64::from(drawn) / f64::from(u32::MAX) < self.probability
    }
}

/// A fault that replaces the regular response.
#[derive(Debug)]
pub(crate) enum Interruption {
    Response(InjectedResponse),
    DropConnection,
}

/// The pending faults.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    pending: Vec<Fault>,
}

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault) {
        self.pending.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.pending.clear();
    }

    /// Returns the first pending interruption of a request.
    pub(crate) fn interruption(&mut self, parts: &Parts) -> Option<Interruption> {
        self.pending
            .iter_mut()
            .filter(|fault| fault.matches(parts))
            .find_map(|fault| {
                let interruption = match &fault.kind {
                    Kind::Response(response) => Interruption::Response(response.clone()),
                    Kind::DropConnection => Interruption::DropConnection,
                    _ => return None,
                };
                if !fault.draw() {
                    return None;
                }
                fault.count_occurrence();
                Some(interruption)
            })
    }

    /// Returns the modifications of the transfer of a response.
    pub(crate) fn delivery(&mut self, parts: &Parts) -> Delivery {
        let mut combined = Delivery::default();
        for fault in &mut self.pending {
            let Kind::Delivery(delivery) = fault.kind else {
                continue;
            };
            if fault.matches(parts) && fault.draw() {
                fault.count_occurrence();
                combined.delay += delivery.delay;
                combined.cut_after = delivery.cut_after.or(combined.cut_after);
                combined.pause = delivery.pause.or(combined.pause);
            }
        }
        combined
    }

    /// Returns the faults of the requested page.
    pub(crate) fn pages(&mut self, parts: &Parts) -> PageFaults {
        let mut page_faults = PageFaults::default();
        for fault in self.pending.iter_mut().filter(|fault| fault.matches(parts)) {
            match &fault.kind {
                Kind::NextLinkHost(origin) => page_faults.link_host = Some(origin.clone()),
                Kind::EmptyPage(number) => page_faults.empty = Some(*number),
                _ => continue,
            }
            fault.count_occurrence();
        }
        page_faults
    }
}
