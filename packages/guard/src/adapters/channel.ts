import type { Guard } from '../guard.ts';
import type { StreamOptions } from '../stream/answer-stream.ts';

/** One text among the events of a stream: what goes in comes out by `emit`, as the gate lets it. */
export interface Channel {
  /** @throws what the gate ends with. */
  push(text: string): Promise<void>;
  /** Everything that may be seen is out when it resolves. @throws what the gate ends with. */
  end(): Promise<void>;
}

export function openChannel({ readable, writable }: TransformStream<string, string>, emit: (text: string) => void): Channel {
  const writer = writable.getWriter();
  const done = readable.pipeTo(new WritableStream({ write: emit }));
  // Whoever pushes or ends is told.
  done.catch(() => {});
  writer.closed.catch(() => {});
  return {
    push: (text) => writer.write(text),
    async end() {
      // A stream that has failed cannot be closed; `done` says what it failed with.
      await writer.close().catch(() => {});
      await done;
    },
  };
}

/** A text that is there already, gated. @throws what the gate ends with. */
export async function gatedText(guard: Pick<Guard, 'stream'>, text: string, options: StreamOptions): Promise<string> {
  let out = '';
  const channel = openChannel(guard.stream(options), (said) => {
    out += said;
  });
  await channel.push(text);
  await channel.end();
  return out;
}
