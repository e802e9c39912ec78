/** A state in words: a headline, and what to know beside it. */
type Said = readonly [headline: string, detail: string];

/** What the strip says in a language, but for what is loaded when it is needed. */
export interface GateWords {
  readonly loading: Said;
  readonly held: Said;
  readonly ready: Said;
  readonly scanning: Said;
  readonly allowed: Said;
  readonly overridden: Said;
  readonly warned: Said;
  readonly blocked: Said;
  readonly vetoed: Said;
  readonly error: Said;
  readonly ownView: (reason: string) => string;
  readonly retry: string;
  readonly loadingModels: string;
  readonly starting: string;
  readonly otherTab: string;
  readonly verifying: (loaded: string, total: string) => string;
  readonly fromDevice: (loaded: string, total: string) => string;
  readonly downloaded: (loaded: string, total: string) => string;
}

/** English, which is there from the start. */
export const EN: GateWords = {
  loading: ['Getting the guard ready', 'You can write already.'],
  held: ['Held until the guard is ready', 'Your message is checked and goes on by itself.'],
  ready: ['Checked on this device before it is sent', ''],
  scanning: ['Checking', ''],
  allowed: ['Allowed', ''],
  overridden: ['Sent at your word', ''],
  warned: ['Held for you to decide', ''],
  blocked: ['Blocked. Nothing was sent', ''],
  vetoed: ['Held by this page. Nothing was sent', ''],
  error: ['The guard is not running, so nothing can be sent', ''],
  ownView: (reason) => `The guard’s own view: ${reason}`,
  retry: 'Retry',
  loadingModels: 'Loading the models',
  starting: 'Starting the models',
  otherTab: 'Another tab is downloading the models',
  verifying: (loaded, total) => `Verifying ${loaded} of ${total} MB`,
  fromDevice: (loaded, total) => `${loaded} of ${total} MB from this device`,
  downloaded: (loaded, total) => `${loaded} of ${total} MB downloaded`,
};

/** What is said of an incomplete verdict. */
export const INCOMPLETE = {
  without: (signals: string) => `without ${signals}`,
  saw: (percent: number) => `the models saw ${percent}% of the text`,
  says: (how: string, why: string) => `Incomplete check${how}${why}.`,
};
