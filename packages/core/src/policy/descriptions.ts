/** What the fields of a policy mean, by name; `itself` is said of the object or list that holds the others. */
export interface Descriptions {
  readonly [field: string]: string | Descriptions;
}

const RULING = {
  block: 'Score at and above which a text is blocked; without it, the bundle’s global threshold.',
  warn: 'Score at and above which a person is asked first; without it, the bundle’s. Never above `block`.',
  blockSeverity: 'Lowest severity of a rule finding that blocks whatever the models say. `never`: rules only add to the score.',
  warnSeverity: 'Lowest severity of a rule finding that asks a person whatever the models say.',
  benignGuard: 'Whether quoted or discussed attacks weigh less; without it, on in mode `production` and off in mode `benchmark`.',
};

/** Of what a role or a source may set otherwise. */
const OVERRIDE = {
  off: 'Nothing of this kind is scanned; the verdict says so.',
  ...RULING,
};

/** Of to whom an entry of the allow-list applies, and until when. */
const SCOPE = {
  roles: 'Applies to these roles only.',
  rules: 'Cancels findings of these rules only; `*` stands for any run.',
  expires: 'From this instant on the entry is void; a date means its first moment, UTC.',
  note: 'Why the entry is there, for people.',
};

const LEVEL =
  '`free`: harmless tools; only the context is looked at for injections. `unasked`: a person is asked about what they did not ask for. `tainted`: and about every value that only the context holds. `always`: a person is always asked. `never`: the tool is not called.';

/** For people who write policies: the JSON Schema and the table of the docs are made with them. Beside the schema, so that no page ships them. */
export const DESCRIPTIONS: Descriptions = {
  preset: 'Values to start from; fields set beside it win.',
  mode: '`production`: the bundle’s threshold, benign guard on. `benchmark`: blocks from 0.15 on at the latest, benign guard off (TUP).',
  ...RULING,
  fail: 'What happens to a text that could not be scored in full.',
  sendAnyway: 'Whether a person may send what was only warned about: at their word, with a reason that the alert keeps, or not at all.',
  maxTokens: 'Longest text the models scan, in tokens; the rest is seen by the rules only and the verdict says so.',
  maxMillis:
    'Time that the models may take over one text, in milliseconds, most suspicious windows first; the verdict says what was not read. No limit if left out.',
  gray: 'Scores from the first to the second may go to a judge, where the app has one (TUP).',
  variants: {
    itself: 'Bounds for the readings of a text.',
    maxVariants: 'Most readings of one text that are scanned: folded, decoded, joined, by segment.',
    maxBytes: 'Most bytes that all readings of one text may have together.',
  },
  roles: { itself: 'Other values for texts of a role.', user: OVERRIDE, assistant: OVERRIDE, system: OVERRIDE, tool: OVERRIDE, document: OVERRIDE },
  answer: {
    itself: 'What is done about an answer while it streams.',
    redact: 'Lowest severity of a rule finding that is taken out of an answer, with a placeholder in its place.',
    stop: 'Lowest severity of a rule finding that ends an answer. A score ends it, too, from half-way between `block` and 1 on.',
    hold: '`sentence`: nothing is shown before rules and models have read its sentence. `word`: before the rules have; the models follow, and can end what has begun.',
  },
  sources: {
    itself: 'Other values for texts of a source; the first entry that matches counts, and it outranks the role.',
    match: 'The source; `*` stands for any run.',
    ...OVERRIDE,
  },
  allow: {
    itself: 'What is known to be harmless.',
    phrases: {
      itself: 'Phrases whose findings are cancelled where they lie wholly within the phrase.',
      text: 'The phrase, letter for letter.',
      sources: 'Applies to these sources only.',
      ...SCOPE,
    },
    sources: {
      itself: 'Senders whose rule findings are cancelled up to a severity; the models score them as ever.',
      match: 'The source; `*` stands for any run.',
      upTo: 'Highest severity that is cancelled.',
      ...SCOPE,
    },
  },
  conversation: {
    itself: 'How a turn is read in its conversation.',
    window: 'User turns that are kept and read together.',
    block: 'Risk of a conversation at and above which a turn is blocked; without it, what holds for a user’s text.',
    warn: 'Risk at and above which a person is asked; without it, what holds for a user’s text. Never above `block`.',
    cumulative: 'Whether the last turns are read as one text besides, unless all are quiet; it takes up to twice the time.',
    store:
      'What IndexedDB keeps for a later visit. `embeddings`: scores, embeddings and hashes, from which texts are hard to tell, not impossible. `texts`: these, too, so that the last turns can be read as one after a reload.',
  },
  tools: {
    itself: 'What agents may do.',
    level: LEVEL,
    unasked: 'The most that becomes of a call that nobody asked for: `confirm` where a person is there who decides.',
    block: 'Score of a value from which the call is blocked; without it, the bundle’s.',
    confirm: 'Score of a value from which a person is asked; without it, the bundle’s. Never above `block`.',
    schema: 'What becomes of arguments that break the tool’s schema. `note`: the verdict says so, and the tool itself will refuse them.',
    maxWindows: 'Most stretches of a call that the verifier reads, the most suspicious first.',
    rules: {
      itself: 'What holds for single tools; the first entry that matches counts.',
      match: 'The tool’s name; `*` stands for any run.',
      level: LEVEL,
      values: {
        itself: 'Recipients, paths, hosts that are known.',
        path: 'Path of the argument, `recipients*`; `*` stands for any run.',
        allow: 'Values that are fine whoever named them; `*` stands for any run. All others are asked about.',
      },
    },
  },
};
