//! Serving: the sandbox first, then the pages and the jobs, until a signal.

use crate::{
    demo,
    router::router,
    settings::{Settings, Switch},
    site,
    wiring::{self, wants_sandbox},
};
use anyhow::Context as _;
use sandbox::{Clock, Sandbox, World};
use std::{
    future::IntoFuture as _,
    io::{ErrorKind, Write as _},
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

/// How long open requests and running jobs get after a signal; open event streams would hold on for ever.
const GRACE: Duration = Duration::from_secs(8);

/// `metka serve`.
pub async fn serve(settings: Settings) -> anyhow::Result<()> {
    let listener = bind(settings.addr, "METKA_ADDR").await?;
    let addr = listener.local_addr().context("the address of the socket")?;
    let (stop, stopped) = watch::channel(false);
    let mut lines = vec![format!("Метка: http://{addr}")];

    let mut yandex_url = settings.yandex_url.clone();
    let mut sandbox = None;
    if wants_sandbox(&settings) {
        std::fs::create_dir_all(&settings.data_dir).with_context(|| {
            format!(
                "the data folder {} cannot be made",
                settings.data_dir.display()
            )
        })?;
        let world = open_world(Some(&settings.data_dir.join("sandbox.json")))?;
        let (at, _task) = start_sandbox(&world, settings.sandbox_addr, stopped.clone()).await?;
        yandex_url = format!("http://{at}");
        lines.push(format!("sandbox: {yandex_url}"));
        sandbox = Some(world);
    }
    let wiring = wiring::wire(&settings, sandbox, &yandex_url).await?;
    if settings.demo() {
        demo::prepare(&wiring.desk)
            .await
            .context("the demo organisation could not be made")?;
        lines.push(format!("sign in: {}", demo::EMAIL));
        lines.push(format!("password: {}", demo::PASSWORD));
    }
    let jobs = (settings.jobs == Switch::On).then(|| {
        let owner = format!("{}:{}", std::process::id(), addr.port());
        tokio::spawn(Arc::clone(&wiring.desk).run_jobs(owner, stopped.clone()))
    });
    let app = router(&settings, &wiring).into_make_service_with_connect_info::<SocketAddr>();
    announce(&lines)?;
    site::warn_if_missing(&settings);

    let mut watch_stop = stopped.clone();
    let server = axum::serve(listener, app).with_graceful_shutdown(async move {
        // The sender lives in this function, so an error cannot come before the stop.
        let _ = watch_stop.wait_for(|stop| *stop).await;
    });
    let mut serving = tokio::spawn(server.into_future());
    tokio::select! {
        () = signal() => {}
        ended = &mut serving => return ended.context("the server's task")?.context("the server stopped"),
    }
    tracing::info!("stopping");
    stop.send(true).context("nobody hears the stop")?;
    finish(serving, jobs).await;
    wiring.store.close().await;
    Ok(())
}

/// `metka sandbox`.
pub async fn serve_sandbox(addr: SocketAddr, file: Option<PathBuf>) -> anyhow::Result<()> {
    let world = open_world(file.as_deref())?;
    let (stop, stopped) = watch::channel(false);
    let (at, task) = start_sandbox(&world, addr, stopped).await?;
    announce(&[
        format!("sandbox: http://{at}"),
        format!("Api-Key: {}", sandbox::DEMO_API_KEY),
    ])?;
    signal().await;
    stop.send(true).context("nobody hears the stop")?;
    task.await.context("the sandbox's task")
}

fn open_world(file: Option<&Path>) -> anyhow::Result<Sandbox> {
    match file {
        Some(path) => Sandbox::open(path, || World::demo(Clock::live())).with_context(|| {
            format!(
                "the sandbox's world {} cannot be read; move it away to begin anew",
                path.display()
            )
        }),
        None => Ok(Sandbox::new(World::demo(Clock::live()))),
    }
}

async fn start_sandbox(
    world: &Sandbox,
    addr: SocketAddr,
    mut stopped: watch::Receiver<bool>,
) -> anyhow::Result<(SocketAddr, JoinHandle<()>)> {
    let listener = bind(addr, "METKA_SANDBOX_ADDR").await?;
    let at = listener
        .local_addr()
        .context("the address of the sandbox's socket")?;
    let world = world.clone();
    let task = tokio::spawn(async move {
        world
            .serve(listener, async move {
                // The sender is gone or says stop: both end the sandbox.
                let _ = stopped.wait_for(|stop| *stop).await;
            })
            .await;
    });
    Ok((at, task))
}

async fn bind(addr: SocketAddr, setting: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(addr).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => anyhow::anyhow!(
            "порт {} уже занят: закройте другую программу или задайте {setting}, например {setting}={}:{}",
            addr.port(),
            addr.ip(),
            addr.port().wrapping_add(1).max(1024)
        ),
        ErrorKind::PermissionDenied => {
            anyhow::anyhow!("порт {} нельзя занять без прав администратора: задайте {setting}", addr.port())
        }
        _ => anyhow::anyhow!("на адресе {addr} нельзя слушать ({error}): задайте {setting}"),
    })
}

fn announce(lines: &[String]) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in lines {
        writeln!(out, "{line}").context("standard output is closed")?;
    }
    out.flush().context("standard output is closed")
}

/// Waits for what is under way, but not for ever: what is cut off here is what a crash would cut off, and the
/// next start continues from it.
async fn finish(serving: JoinHandle<std::io::Result<()>>, jobs: Option<JoinHandle<()>>) {
    let both = async {
        if let Some(jobs) = jobs
            && let Err(error) = jobs.await
        {
            tracing::error!(%error, "the job runner ended badly");
        }
        if let Ok(Err(error)) = serving.await {
            tracing::error!(%error, "the server ended badly");
        }
    };
    if tokio::time::timeout(GRACE, both).await.is_err() {
        tracing::info!("some requests did not end in time and were cut off");
    }
}

async fn signal() {
    let interrupt = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "Ctrl-C cannot be heard");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut stream) => {
                stream.recv().await;
            }
            Err(error) => {
                tracing::error!(%error, "SIGTERM cannot be heard");
                std::future::pending::<()>().await;
            }
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
