// Standard output and standard error, either of which may be closed or full: what is computed is not lost with them.
import { systemMessage } from "./systemMessage.ts";

/** A place to write text. */
export interface Sink {
  write(text: string): void;
}

/** A stream whose errors are kept instead of thrown. After the first, what is written is dropped. */
export interface SafeSink extends Sink {
  /** What went wrong once everything written has been handed over; null when nothing did. */
  failure(): Promise<NodeJS.ErrnoException | null>;
}

/** A stream that outlasts its reader. */
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
      await new Promise((resolve) => setImmediate(resolve)); // the error itself is reported after the write
      return failure;
    },
  };
}

interface Streams {
  readonly stdout: SafeSink;
  readonly stderr: SafeSink;
}

/** As a shell reports a program that the closed pipe has ended: 128 and the number of SIGPIPE. */
const CLOSED = 141;
const FAILED = 1;

/**
 * The exit code of a command once its output has been handed over: its own, unless it was 0 and output was lost. A reader
 * that has closed its end, as `head` does, is not reported; any other reason is.
 */
export async function endingCode(code: number, { stdout, stderr }: Streams): Promise<number> {
  const lost = await stdout.failure();
  if (lost !== null && lost.code !== "EPIPE") {
    stderr.write(`downhill: stdout could not be written: ${systemMessage(lost)}.\n`);
  }
  const failure = lost ?? (await stderr.failure());
  if (code !== 0 || failure === null) return code;
  return failure.code === "EPIPE" ? CLOSED : FAILED;
}
