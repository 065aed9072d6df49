//! From the blocking facade to the async one and back.

use crate::blocking::{Atlas, Items};
use crate::{
    error::Result,
    pythonic::{
        paging::pager::Pager,
        resources::carrier::{Carrier, WithClient},
    },
};

/// What the async facade calls the same thing.
pub(super) fn twin<T>(thing: &T) -> T::Output
where
    T: Carrier<Client = Atlas> + WithClient<crate::Atlas> + Clone,
{
    thing.clone().with_client(thing.client().inner.clone())
}

/// What a verb of the async facade gives, turned into what its twin gives.
pub(super) trait Answer<T> {
    fn wait(self, atlas: &Atlas) -> T;
}

impl<F, T> Answer<Result<T::Output>> for F
where
    F: Future<Output = Result<T>>,
    T: WithClient<Atlas>,
{
    fn wait(self, atlas: &Atlas) -> Result<T::Output> {
        Ok(atlas.wait(self)?.with_client(atlas.clone()))
    }
}

impl<T> Answer<Items<T::Output>> for Pager<T>
where
    T: WithClient<Atlas> + 'static,
    T::Output: 'static,
{
    fn wait(self, atlas: &Atlas) -> Items<T::Output> {
        let client = atlas.clone();
        let items = self.map(move |item| item.with_client(client.clone()));
        Items::new(atlas.clone(), items)
    }
}

impl Carrier for Atlas {
    type Client = Self;

    fn client(&self) -> &Self {
        self
    }
}

impl WithClient<crate::Atlas> for Atlas {
    type Output = crate::Atlas;

    fn with_client(self, client: crate::Atlas) -> crate::Atlas {
        client
    }
}

/// Defines the twins of async verbs: the same names and arguments, the answers waited for.
///
/// A test compares them with the async facade, so that none is forgotten.
macro_rules! twins {
    ($($(#[cfg($gate:meta)])? impl $type:ident {
        $($(#[doc = $doc:literal])* fn $verb:ident($($argument:ident: $kind:ty),* $(,)?) -> $answer:ident<$item:ty>;)*
    })*) => {
        $($(#[cfg($gate)])? impl $type {
            $(
                $(#[doc = $doc])*
                #[doc = $crate::blocking::twin::remark!($answer, $type, $verb)]
                pub fn $verb(&self, $($argument: $kind),*) -> $answer<$item> {
                    let twin = $crate::blocking::twin::twin(self);
                    let client = $crate::pythonic::resources::carrier::Carrier::client(self);
                    $crate::blocking::twin::Answer::wait(twin.$verb($($argument),*), client)
                }
            )*
        })*
    };
}

/// What is said of every twin.
macro_rules! remark {
    (Result, $type:ident, $verb:ident) => {
        concat!(
            "\n# Errors\n\nAs the async [`",
            stringify!($verb),
            "`](crate::",
            stringify!($type),
            "::",
            stringify!($verb),
            "), and a runtime error inside an async runtime.",
        )
    };
    ($answer:ident, $type:ident, $verb:ident) => {
        concat!(
            "\nAs the async [`",
            stringify!($verb),
            "`](crate::",
            stringify!($type),
            "::",
            stringify!($verb),
            ").",
        )
    };
}

pub(super) use {remark, twins};
