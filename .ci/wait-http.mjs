// wait-http URL SECONDS: returns when URL answers 2xx; fails after SECONDS.
import { setTimeout as pause } from 'node:timers/promises';

const [url, seconds] = process.argv.slice(2);
const deadline = Date.now() + Number(seconds) * 1000;
let last = 'nothing was tried';
while (Date.now() < deadline) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
    if (answer.ok) process.exit(0);
    last = `status ${answer.status}`;
  } catch (error) {
    last = error.cause?.code ?? error.message;
  }
  await pause(50);
}
console.error(`${url} did not answer within ${seconds} s: ${last}`);
process.exit(1);
