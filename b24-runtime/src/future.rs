use std::{future::Future, pin::Pin};

/// A future behind a pointer, as traits that are used as objects need it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
