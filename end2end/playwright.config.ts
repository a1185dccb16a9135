import { defineConfig, devices } from '@playwright/test';
import type { Options } from './support/test';

const ci = process.env.CI === 'true';

export default defineConfig<Options>({
  outputDir: 'test-results',
  globalSetup: './support/server-for-run.ts',
  forbidOnly: ci,
  // A test that passes at its second try hides a defect.
  retries: 0,
  workers: 2,
  // Generous: they only matter when something is wrong, and a busy machine is not.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    // Pictures of every step double the time of a test; the page's own snapshots tell as much.
    trace: { mode: 'retain-on-failure', screenshots: false, sources: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      // Empty: Playwright's own browser.
      executablePath: process.env.METKA_CHROMIUM || undefined,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'chromium', testDir: 'tests' },
    { name: 'screenshots', testDir: '.', testMatch: 'screenshots.ts' },
  ],
});
