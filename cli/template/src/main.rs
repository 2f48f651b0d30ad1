use {crate}::{Bot};

use b24_runtime::StartError;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> Result<(), StartError> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    b24_runtime::run({Bot}).await
}
