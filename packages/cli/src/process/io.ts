// What the command is given besides files: two streams, the environment, the clock for drawing, and Ctrl-C.
// The commands print through the printers of terminal/terminal.ts, not on these streams.

import { isatty } from "node:tty";
import { type SafeSink, type Sink, safeSink } from "./streams.ts";

/** Standard input. */
export interface StandardInput {
  /** Whether it is the keyboard of a terminal. */
  readonly isTerminal: boolean;
  /** Its bytes, once. */
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

/** The surroundings of one run of the command; tests bring their own. */
export interface Io {
  readonly stdin: StandardInput;
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** Whether stderr is a terminal that can be redrawn. */
  readonly interactive: boolean;
  /** Letters per line of the terminal. */
  readonly columns: () => number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds; only ever used for what is drawn, never for what is computed. */
  readonly now: () => number;
  /** Calls back at Ctrl-C until the returned function is called. */
  readonly onInterrupt: (handler: () => void) => () => void;
}

/** The surroundings that a process has. */
export function processIo(): Io & { readonly stdout: SafeSink; readonly stderr: SafeSink } {
  const { stdout, stderr, env } = process;
  return {
    stdin: { isTerminal: isatty(0), chunks: () => process.stdin },
    stdout: safeSink(stdout),
    stderr: safeSink(stderr),
    interactive: stderr.isTTY === true && env["TERM"] !== "dumb",
    columns: () => stderr.columns || 80,
    env,
    now: () => performance.now(),
    onInterrupt(handler) {
      process.on("SIGINT", handler);
      return () => void process.off("SIGINT", handler);
    },
  };
}
