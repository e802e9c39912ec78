/** About the size of a piece. What is lost of a download when a tab closes is less than one. */
export const PIECE_BYTES = 2 * 1024 * 1024;

/** What the store knows of a file besides its pieces. */
export interface Head {
  readonly pieces: number;
  /** All there and verified. */
  readonly whole: boolean;
  /** The `ETag` or `Last-Modified` of the response that the pieces come from; without one they cannot be added to. */
  readonly validator: string | undefined;
}

/** Where a draft is kept between visits. */
export interface DraftKeeper {
  /** Takes the head and, where one came, the newest piece. */
  write(head: Head, piece?: Uint8Array): Promise<void>;
  drop(): Promise<void>;
}

/** A file while it is downloaded: whole in memory, and in pieces in the store as far as that has room. */
export interface Draft {
  /** Bytes so far. */
  readonly size: number;
  readonly validator: string | undefined;
  bytes(): Uint8Array;
  /** Forgets what came; what comes next is from a response with this validator. */
  restart(validator: string | undefined): Promise<void>;
  /** Does not wait for the disk: while a reader waits, a browser whose connection breaks drops what it holds for it. */
  append(bytes: Uint8Array): void;
  /** The connection has ended midway: keeps what can be added to, forgets what can't. */
  pause(): Promise<void>;
  /** All has come, and was verified. */
  finish(): Promise<void>;
}

/** Goes on from what is stored of a file; from nothing where that can't be added to. */
export function startDraft(stored: { readonly head: Head; readonly pieces: readonly Uint8Array[] } | undefined, keeper: DraftKeeper): Draft {
  const usable = stored !== undefined && !stored.head.whole && stored.head.validator !== undefined;
  let pieces = usable ? [...stored.pieces] : [];
  let validator = usable ? stored.head.validator : undefined;
  let size = sizeOf(pieces);
  let tail: Uint8Array[] = [];
  let tailSize = 0;

  /** Writes follow each other; the draft's own steps wait for the last. */
  let written: Promise<void> = Promise.resolve();
  const flush = (whole: boolean): void => {
    const piece = tailSize > 0 ? joined(tail) : undefined;
    if (piece !== undefined) pieces.push(piece);
    tail = [];
    tailSize = 0;
    const head: Head = { pieces: pieces.length, whole, validator };
    if (piece !== undefined || whole) written = written.then(() => keeper.write(head, piece));
  };

  const draft: Draft = {
    get size() {
      return size;
    },
    get validator() {
      return validator;
    },
    bytes: () => joined([...pieces, ...tail]),
    restart(next) {
      pieces = [];
      tail = [];
      tailSize = 0;
      size = 0;
      validator = next;
      written = written.then(() => keeper.drop());
      return written;
    },
    append(bytes) {
      tail.push(bytes);
      tailSize += bytes.byteLength;
      size += bytes.byteLength;
      if (tailSize >= PIECE_BYTES) flush(false);
    },
    pause() {
      if (validator === undefined) return draft.restart(undefined);
      flush(false);
      return written;
    },
    finish() {
      flush(true);
      return written;
    },
  };
  return draft;
}

/** A draft that lives in memory only. */
export const passingDraft = (): Draft => startDraft(undefined, { write: async () => {}, drop: async () => {} });

/** What is read from a database is not trusted to be what was written. */
export function isHead(value: unknown): value is Head {
  return typeof value === 'object' && value !== null && 'pieces' in value && Number.isSafeInteger(value.pieces) && 'whole' in value;
}

/** Pieces put together; one alone as it is. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [only, ...others] = pieces;
  if (only !== undefined && others.length === 0) return only;
  const bytes = new Uint8Array(sizeOf(pieces));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
}

const sizeOf = (pieces: readonly Uint8Array[]): number => pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
