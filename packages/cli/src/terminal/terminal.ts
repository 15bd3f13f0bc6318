// The commands print only through the printers of this file, which make every text safe for a terminal.
import type { Io } from "../process/io.ts";
import type { Launch } from "../process/launch.ts";
import type { Sink } from "../process/streams.ts";
import { aligned, jsonLine, printed, type Style, type Text } from "./text.ts";

/** Prints to a stream. */
export interface Printer {
  /** A line for people. Control characters are printed as \u{…}; see `visible`. */
  line(text: Text): void;
  /** A table for people: one line per row, with aligned columns. */
  table(rows: readonly (readonly string[])[]): void;
  /** A line of JSON for programs. */
  json(value: unknown): void;
  /** Data for programs, or control codes of the command itself; printed unchanged. */
  raw(text: string): void;
}

/** The surroundings of a command, with printers in place of its streams. */
export interface Terminal extends Omit<Io, "stdout" | "stderr"> {
  /** For results. */
  readonly stdout: Printer;
  /** For progress, notes and errors. */
  readonly stderr: Printer;
  /** The style of the text on stderr. */
  readonly style: Style;
  /** The ranks of an MPI job; null if the process is alone. Only rank 0 prints. */
  readonly launch: Launch | null;
  /** For an error that only this rank has. */
  readonly ownStderr: Printer;
}

/** The style of the text, from the environment variables and from whether stderr is a terminal. */
export function styleOf({ env, interactive }: Pick<Io, "env" | "interactive">): Style {
  const utf8 = /utf-?8/i.test(env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "") || env["WT_SESSION"] !== undefined;
  const forced = env["FORCE_COLOR"] !== undefined && env["FORCE_COLOR"] !== "0";
  return { utf8, colored: !env["NO_COLOR"] && env["TERM"] !== "dumb" && (forced || interactive) };
}

/** Services that run tests set CI: some have a terminal that nobody looks at, and record everything that is drawn on it. */
const isContinuousIntegration = ({ CI }: Io["env"]): boolean => !["", "0", "false"].includes(CI ?? "");

/** Puts printers in place of the streams. In an MPI job there is no Ctrl-C for a single rank: it ends the whole job. */
export function terminalOf(process: Io, launch: Launch | null = null): Terminal {
  const io = { ...process, interactive: process.interactive && !isContinuousIntegration(process.env) };
  const style = styleOf(io);
  const isSilent = launch !== null && launch.rank > 0;
  const ownStderr = printer(io.stderr, style);
  return {
    ...io,
    ...(launch && { onInterrupt: () => () => {} }),
    style,
    launch,
    stdout: printer(isSilent ? silent : io.stdout, { ...style, colored: false }),
    stderr: isSilent ? printer(silent, style) : ownStderr,
    ownStderr,
  };
}

const silent: Sink = { write() {} };

function printer(sink: Sink, style: Style): Printer {
  return {
    line: (text) => sink.write(`${printed(text, style)}\n`),
    table(rows) {
      for (const line of aligned(rows, style)) sink.write(`${line}\n`);
    },
    json: (value) => sink.write(`${jsonLine(value)}\n`),
    raw: (text) => sink.write(text),
  };
}
