// Counts the bytes that really cross the network: compressed, headers included, cached ones not.
import type { CDPSession, Page } from '@playwright/test';

export interface Transfer {
  url: string;
  type: string;
  headers: Record<string, string>;
  /** Bytes on the wire; `undefined` while it is under way. */
  bytes?: number;
}

export class Traffic {
  readonly #transfers = new Map<string, Transfer>();
  /** Addresses that came from a cache. */
  readonly cached: string[] = [];

  /** Watches `page` from now on. */
  static async of(page: Page): Promise<Traffic> {
    const traffic = new Traffic();
    const session = await page.context().newCDPSession(page);
    traffic.#watch(session);
    await session.send('Network.enable');
    return traffic;
  }

  #watch(session: CDPSession): void {
    session.on('Network.requestWillBeSent', ({ requestId, request, type, redirectResponse }) => {
      const redirected = redirectResponse === undefined ? 0 : redirectResponse.encodedDataLength;
      if (redirected > 0) {
        this.#transfers.set(`${requestId} redirect`, {
          url: redirectResponse?.url ?? request.url,
          type: 'Redirect',
          headers: {},
          bytes: redirected,
        });
      }
      this.#transfers.set(requestId, { url: request.url, type: type ?? 'Other', headers: {} });
    });
    session.on('Network.requestServedFromCache', ({ requestId }) => {
      this.cached.push(this.#transfers.get(requestId)?.url ?? requestId);
    });
    session.on('Network.responseReceived', ({ requestId, response }) => {
      const transfer = this.#transfers.get(requestId);
      if (transfer === undefined) return;
      transfer.headers = Object.fromEntries(
        Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      if (response.mimeType === 'text/event-stream') transfer.type = 'EventSource';
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const transfer = this.#transfers.get(requestId);
      if (transfer !== undefined) transfer.bytes = encodedDataLength;
    });
    session.on('Network.loadingFailed', ({ requestId }) => {
      const transfer = this.#transfers.get(requestId);
      if (transfer !== undefined) transfer.bytes = 0;
    });
  }

  /** Everything but the event stream, which never ends. */
  get transfers(): Transfer[] {
    return [...this.#transfers.values()].filter(({ type, url }) => type !== 'EventSource' && url.startsWith('http'));
  }

  get underWay(): string[] {
    return this.transfers.filter(({ bytes }) => bytes === undefined).map(({ url }) => url);
  }

  get bytes(): number {
    return this.transfers.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  }
}
