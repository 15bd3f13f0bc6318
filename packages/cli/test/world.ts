// Runs the command in tests, and returns its output.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type FittedTableModel, load } from "downhill";
import type { Io } from "../src/process/io.ts";
import { run } from "../src/run.ts";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type World = Partial<Pick<Io, "stdin" | "interactive" | "columns" | "env" | "now" | "onInterrupt">>;

/** A world in which Ctrl-C is pressed as soon as the training pauses: its clock moves 60 milliseconds with each call. */
export function interruptedSoon(): Required<Pick<World, "now" | "onInterrupt">> {
  let clock = 0;
  return {
    now: () => {
      clock += 60;
      return clock;
    },
    onInterrupt(handler) {
      const timer = setImmediate(handler);
      return () => clearImmediate(timer);
    },
  };
}

/** Standard input with a content, in chunks of a few bytes. */
export function standardInput(content: string | Uint8Array, chunk = 7): Io["stdin"] {
  const bytes = Buffer.from(content);
  return {
    isTerminal: false,
    async *chunks() {
      for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
    },
  };
}

/** Runs the command in this process. */
export async function downhill(argv: readonly string[], world: World = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(argv, {
    stdin: standardInput(""),
    stdout: { write: (text) => void out.push(text) },
    stderr: { write: (text) => void err.push(text) },
    interactive: false,
    columns: () => 400,
    env: { LANG: "C.UTF-8" },
    now: () => 0,
    onInterrupt: () => () => {},
    ...world,
  });
  return { code, stdout: out.join(""), stderr: err.join("") };
}

/** A new temporary directory, and functions that write files into it. */
export class Scratch {
  readonly path = mkdtempSync(join(tmpdir(), "downhill-"));

  file(name: string, content: string | Uint8Array = ""): string {
    const path = join(this.path, name);
    writeFileSync(path, content);
    return path;
  }

  at(name: string): string {
    return join(this.path, name);
  }

  names(): string[] {
    return readdirSync(this.path).sort();
  }

  drop(name: string): void {
    rmSync(join(this.path, name));
  }

  removeFile(name: string): void {
    rmSync(this.at(name));
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

/** A table of the repository. */
export const dataset = (name: string): string =>
  fileURLToPath(new URL(`../../../datasets/${name}.csv`, import.meta.url));

/** The events of a run with --json. */
export const eventsOf = ({ stdout }: Ran): Record<string, unknown>[] =>
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** The model of a table in a file. */
export const savedTable = (path: string): FittedTableModel => load(readFileSync(path, "utf8"), "tableModel");

/** The records of a CSV file without quotes; every cell is text. */
export function recordsOf(text: string): Record<string, string>[] {
  const [header, ...lines] = text.trimEnd().split("\n");
  const names = header!.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, j) => [names[j]!, cell])));
}
