//! `run`: both directions, until it is stopped.

use crate::{
    args::Run,
    direction::Route,
    health::{listen, serve, Health},
    metrics::Metrics,
    network::Side,
};

/// Carries until it is stopped, or until one of the chains is found not to be one that it is for.
pub async fn run(run: Run) -> anyhow::Result<()> {
    let (asset, payment) = run.signers()?;
    let metrics = Metrics::new()?;
    let ends = [(Side::Asset, run.networks.asset_url.clone()), (Side::Payment, run.networks.payment_url.clone())];
    let [asset_end, payment_end] = ends;
    let health = Health::new(run.pace.max_lag, &["asset-to-payment".to_owned(), "payment-to-asset".to_owned()]);
    let listener = listen(run.metrics_listen).await?;
    tracing::info!(address = %run.metrics_listen, "metrics and health");
    tokio::spawn(serve(listener, metrics.clone(), health.clone()));
    let there = Route {
        from: asset_end.clone(),
        to: payment_end.clone(),
        signer: payment,
        pace: run.pace,
        metrics: metrics.clone(),
        health: health.clone(),
    };
    let back = Route { from: payment_end, to: asset_end, signer: asset, pace: run.pace, metrics, health };
    // Each in a task of its own: one chain that is slow to answer does not hold up the other direction.
    let mut there = tokio::spawn(there.run());
    let mut back = tokio::spawn(back.run());
    let error = tokio::select! {
        error = &mut there => error?,
        error = &mut back => error?,
        stopped = stop() => {
            stopped?;
            tracing::info!("stopped");
            return Ok(());
        }
    };
    Err(error.into())
}

/// Waits for the signal to stop.
async fn stop() -> std::io::Result<()> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}
