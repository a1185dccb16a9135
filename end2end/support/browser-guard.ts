// Collects what a visitor would never see but a developer must: console errors, uncaught exceptions, failed requests.
import type { BrowserContext } from '@playwright/test';

export class BrowserGuard {
  readonly #problems: string[] = [];
  readonly #allowed: RegExp[] = [];

  /** Watches every page of `context`, also those that it opens later. `origin` is the server's own. */
  watch(context: BrowserContext, origin: string): void {
    context.on('console', (message) => {
      if (message.type() === 'error') {
        this.#problems.push(`console: ${message.text()} (${message.location().url})`);
      }
    });
    context.on('weberror', (error) => {
      this.#problems.push(`uncaught: ${error.error().stack ?? error.error().message}`);
    });
    context.on('response', (response) => {
      if (response.status() >= 500 && new URL(response.url()).origin === origin) {
        this.#problems.push(`status ${response.status()}: ${response.request().method()} ${response.url()}`);
      }
    });
    context.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? 'no reason given';
      // Leaving a page aborts what it was still loading, its event stream above all.
      if (reason !== 'net::ERR_ABORTED' && new URL(request.url()).origin === origin) {
        this.#problems.push(`${reason}: ${request.method()} ${request.url()}`);
      }
    });
  }

  /** Expects problems of this kind: for a test that causes them. */
  allow(pattern: RegExp): void {
    this.#allowed.push(pattern);
  }

  /** The problems that nobody expected. */
  unexpected(): string[] {
    return this.#problems.filter((problem) => !this.#allowed.some((pattern) => pattern.test(problem)));
  }
}
