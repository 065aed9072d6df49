//! Things that carry a client: the same type serves the async and the blocking facade.

/// Something that carries a client.
pub(crate) trait Carrier {
    /// The client.
    type Client;

    fn client(&self) -> &Self::Client;
}

/// Something whose client can be exchanged for another one; what carries none stays as it is.
pub(crate) trait WithClient<D> {
    /// The same with the other client.
    type Output;

    fn with_client(self, client: D) -> Self::Output;
}

/// Implements [`WithClient`] for what carries no client.
macro_rules! carries_none {
    ($($type:ty),* $(,)?) => {
        $(impl<D> $crate::pythonic::resources::carrier::WithClient<D> for $type {
            type Output = Self;

            fn with_client(self, _: D) -> Self {
                self
            }
        })*
    };
}

pub(crate) use carries_none;

carries_none! { (), bool, u64 }

impl<D: Clone, T: WithClient<D>> WithClient<D> for Vec<T> {
    type Output = Vec<T::Output>;

    fn with_client(self, client: D) -> Self::Output {
        let items = self.into_iter();
        items.map(|item| item.with_client(client.clone())).collect()
    }
}

impl<D, T: WithClient<D>> WithClient<D> for Option<T> {
    type Output = Option<T::Output>;

    fn with_client(self, client: D) -> Self::Output {
        self.map(|item| item.with_client(client))
    }
}
