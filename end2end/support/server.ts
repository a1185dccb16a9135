// Starts the built `metka serve` on free ports with data of its own, and stops it without a trace.
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Milliseconds from the start to the first answer; the demo organisation is made in that time. */
const START_TIMEOUT = 60_000;
/** Milliseconds that the server gets to stop by itself. */
const STOP_TIMEOUT = 10_000;

const project = fileURLToPath(new URL('../../', import.meta.url));
const binary = join(project, 'target/release/metka');

/** A running server. */
export interface Server {
  /** Where the pages are, without a slash at the end. */
  url: string;
  /** Ends the process with `signal` and waits until it is gone. The data stay, for a test that starts it again. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Ends the process and removes its data. */
  remove(): Promise<void>;
}

/** A server with a sandbox of its own, and what it printed about itself. */
export interface DemoServer extends Server {
  /** Where the sandbox and its control API (`/_sandbox/…`) are, without a slash at the end. */
  sandbox: string;
  /** The demo user. */
  email: string;
  password: string;
}

export interface StartOptions {
  /** Where the server's own words go. */
  log: string;
  /** The data folder of an earlier server; a new temporary one without it. */
  data?: string;
  /** The port of an earlier server, for a browser that comes back to it; any free one without it. */
  port?: number;
  /** More settings, for instance `METKA_DATABASE_URL`. */
  env?: Record<string, string>;
}

/** The lines by which `metka serve` says how it can be used. */
const ANNOUNCED = {
  sandbox: /\bsandbox: (http:\S+)/,
  email: /\bsign in: (\S+)/,
  password: /\bpassword: (\S+)/,
} as const;
type Announced = keyof typeof ANNOUNCED;

/** A server with its own sandbox and the demo organisation. */
export async function startDemo(options: StartOptions): Promise<DemoServer> {
  const { server, announced } = await start(options, { METKA_SANDBOX: 'on', METKA_SANDBOX_ADDR: '127.0.0.1:0' }, ANNOUNCED);
  return Object.assign(server, announced as Record<Announced, string>);
}

/** A server that works with the sandbox of another one, and outlives neither: what it keeps is in its data folder alone. */
export async function startServer(market: string, options: StartOptions): Promise<Server> {
  return (await start(options, { METKA_SANDBOX: 'off', METKA_YANDEX_URL: market }, {})).server;
}

interface Started {
  server: Server;
  announced: Partial<Record<Announced, string>>;
}

async function start(
  { log, data, port: wanted, env }: StartOptions,
  sandbox: Record<string, string>,
  expected: Partial<typeof ANNOUNCED>,
): Promise<Started> {
  if (!existsSync(binary)) {
    throw new Error(`There is no built server at ${binary}. Run: make e2e`);
  }
  const folder = data ?? (await mkdtemp(join(tmpdir(), 'metka-e2e-')));
  const port = wanted ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  await mkdir(dirname(log), { recursive: true });

  const child = spawn(binary, ['serve'], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      METKA_ADDR: `127.0.0.1:${port}`,
      METKA_DATA_DIR: folder,
      ...sandbox,
      ...env,
    },
  });
  // A run that is killed leaves no server behind.
  const killAtExit = () => child.kill('SIGKILL');
  process.once('exit', killAtExit);

  const output = listen(child, log);
  const server: Server = {
    url,
    async stop(signal = 'SIGTERM') {
      await end(child, signal);
      process.off('exit', killAtExit);
    },
    async remove() {
      await this.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };

  try {
    await ready(child, url, output, expected);
    return { server, announced: output.announced };
  } catch (error) {
    await server.remove();
    throw error;
  }
}

interface Output {
  announced: Partial<Record<Announced, string>>;
  lastLines: string[];
}

/** Writes everything the server says to `log` and picks what it says about itself. */
function listen(child: ChildProcess, log: string): Output {
  const output: Output = { announced: {}, lastLines: [] };
  const file = createWriteStream(log, { flags: 'a' });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      file.write(`${line}\n`);
      output.lastLines = [...output.lastLines.slice(-19), line];
      for (const [name, pattern] of Object.entries(ANNOUNCED)) {
        const value = pattern.exec(line)?.[1];
        if (value !== undefined) output.announced[name as Announced] = value.replace(/\/$/, '');
      }
    });
  }
  return output;
}

/** Waits until the pages answer and everything expected was announced. */
async function ready(child: ChildProcess, url: string, output: Output, expected: Partial<typeof ANNOUNCED>): Promise<void> {
  const missing = () => Object.keys(expected).filter((name) => !(name in output.announced));
  const deadline = Date.now() + START_TIMEOUT;
  let healthy = false;
  while (!healthy || missing().length > 0) {
    const said = `Its last words:\n${output.lastLines.join('\n')}`;
    if (hasEnded(child)) {
      throw new Error(`metka serve ended at its start (${child.signalCode ?? child.exitCode}). ${said}`);
    }
    if (Date.now() > deadline) {
      const reason = healthy ? `never printed: ${missing().join(', ')}` : `${url}/healthz did not answer`;
      throw new Error(`metka serve was not ready within ${START_TIMEOUT / 1000} s: ${reason}. ${said}`);
    }
    healthy ||= await answers(`${url}/healthz`);
    await pause(50);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    // Not listening yet: the caller asks again until its own time is over.
    return false;
  }
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT);
  await ended;
  clearTimeout(timer);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('the system gave no free port')),
      );
    });
  });
}
