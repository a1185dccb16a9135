// What the tests know about the server of this run.

function fromSetup(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: the server of this run was not started`);
  return value;
}

export const run = {
  get url() {
    return fromSetup('METKA_E2E_URL');
  },
  /** The sandbox's address; its control API lies under `/_sandbox/`. */
  get sandbox() {
    return fromSetup('METKA_E2E_SANDBOX');
  },
  /** The demo organisation's user. */
  get demo() {
    return { email: fromSetup('METKA_E2E_EMAIL'), password: fromSetup('METKA_E2E_PASSWORD') };
  },
};
