// The surroundings of the command besides files: streams, environment, clock and Ctrl-C. The commands do not print to these
// streams, but through the printers of terminal/terminal.ts.

import { isatty } from "node:tty";
import { type SafeSink, type Sink, safeSink } from "./streams.ts";

/** Standard input. */
export interface StandardInput {
  /** Whether it is the keyboard of a terminal. */
  readonly isTerminal: boolean;
  /** Its bytes; can be read once. */
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

/** The surroundings of one run of the command. Tests use their own. */
export interface Io {
  readonly stdin: StandardInput;
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** Whether stderr is a terminal on which lines can be redrawn. */
  readonly interactive: boolean;
  /** The width of the terminal in columns. */
  readonly columns: () => number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The time in milliseconds. It decides only what is drawn, never what is computed. */
  readonly now: () => number;
  /** Calls the handler at Ctrl-C, until the returned function is called. */
  readonly onInterrupt: (handler: () => void) => () => void;
}

/** The surroundings of this process. */
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
