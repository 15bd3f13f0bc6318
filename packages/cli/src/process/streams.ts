// Standard output and standard error. An error of one of them must not end the command before its files are written.
import { systemMessage } from "./systemMessage.ts";

/** Receives text. */
export interface Sink {
  write(text: string): void;
}

/** A stream that keeps its first error instead of throwing it. Text written after the error is dropped. */
export interface SafeSink extends Sink {
  /** Waits until all text is written; resolves to the first error, or null. */
  failure(): Promise<NodeJS.ErrnoException | null>;
}

/** Makes a stream keep its errors. */
export function safeSink(stream: NodeJS.WritableStream): SafeSink {
  let failure: NodeJS.ErrnoException | null = null;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    failure ??= error;
  });
  return {
    write(text) {
      if (failure === null) stream.write(text);
    },
    async failure() {
      if (failure === null) await new Promise<void>((resolve) => stream.write("", () => resolve()));
      await new Promise((resolve) => setImmediate(resolve)); // the error event follows the callback of write
      return failure;
    },
  };
}

interface Streams {
  readonly stdout: SafeSink;
  readonly stderr: SafeSink;
}

/** The exit code that a shell reports for a program ended by a closed pipe: 128 + SIGPIPE. */
const CLOSED = 141;
const FAILED = 1;

/**
 * The exit code of the process, after all output is written. It differs from the command's exit code only if that is 0 and
 * output was lost. A closed pipe, as `head` leaves it, prints no message; any other error does.
 */
export async function finalExitCode(code: number, { stdout, stderr }: Streams): Promise<number> {
  const lost = await stdout.failure();
  if (lost !== null && lost.code !== "EPIPE") {
    stderr.write(`downhill: cannot write to stdout: ${systemMessage(lost)}.\n`);
  }
  const error = lost ?? (await stderr.failure());
  if (code !== 0 || error === null) return code;
  return error.code === "EPIPE" ? CLOSED : FAILED;
}
