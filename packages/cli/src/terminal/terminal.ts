// The one place where text leaves: what a command prints goes through a printer, which makes it safe for a terminal.
import type { Io } from "../process/io.ts";
import type { Sink } from "../process/streams.ts";
import { aligned, jsonLine, type Look, printed, type Text } from "./text.ts";

/** Prints on a stream. */
export interface Printer {
  /** A line for people, in which control characters are shown as \u{…}; see `visible`. */
  line(text: Text): void;
  /** Lines whose cells stand in columns, for people. */
  table(rows: readonly (readonly string[])[]): void;
  /** A line of JSON for programs. */
  json(value: unknown): void;
  /** Data for programs, or codes of ours for the terminal, as they are. */
  raw(text: string): void;
}

/** What a command has to do with besides files. */
export interface Terminal extends Omit<Io, "stdout" | "stderr"> {
  /** Results only. */
  readonly stdout: Printer;
  /** Progress, notes and errors. */
  readonly stderr: Printer;
  /** What stderr can show. */
  readonly look: Look;
}

/** What stderr can show, or a stream that is no terminal: colours and signs as the environment says. */
export function lookOf({ env, interactive }: Pick<Io, "env" | "interactive">): Look {
  const utf8 = /utf-?8/i.test(env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "") || env["WT_SESSION"] !== undefined;
  const forced = env["FORCE_COLOR"] !== undefined && env["FORCE_COLOR"] !== "0";
  return { utf8, colored: !env["NO_COLOR"] && env["TERM"] !== "dumb" && (forced || interactive) };
}

/** The streams of a process with printers around them. */
export function terminalOf(io: Io): Terminal {
  const look = lookOf(io);
  return { ...io, look, stdout: printer(io.stdout, { ...look, colored: false }), stderr: printer(io.stderr, look) };
}

function printer(sink: Sink, look: Look): Printer {
  return {
    line: (text) => sink.write(`${printed(text, look)}\n`),
    table(rows) {
      for (const line of aligned(rows, look)) sink.write(`${line}\n`);
    },
    json: (value) => sink.write(`${jsonLine(value)}\n`),
    raw: (text) => sink.write(text),
  };
}
