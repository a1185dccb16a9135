// One server for the whole run. Workers are other processes: they learn about it from the environment.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDemo } from './server';

const log = join(fileURLToPath(new URL('../test-results', import.meta.url)), 'server.log');

/** Playwright calls this before the first test, and what it returns after the last one. */
export default async function serverForRun(): Promise<() => Promise<void>> {
  // The browsers say from which address they come, as a proxy would.
  const server = await startDemo({ log, env: { METKA_TRUSTED_PROXY: '127.0.0.1' } });
  process.env.METKA_E2E_URL = server.url;
  process.env.METKA_E2E_SANDBOX = server.sandbox;
  process.env.METKA_E2E_EMAIL = server.email;
  process.env.METKA_E2E_PASSWORD = server.password;
  return () => server.remove();
}
