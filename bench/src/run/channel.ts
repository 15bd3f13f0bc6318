// A contestant's process: requests as lines of JSON on its standard input, replies as lines on its fourth channel, so
// that whatever a library prints is in nobody's way.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { openBlasEnvironment, vectorsHere } from "../machine/vectors.ts";

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
}

export interface Line {
  /** Sends a request and waits for its reply. */
  ask(request: object): Promise<Reply>;
  close(): void;
}

export type Reply = Readonly<Record<string, unknown>>;

const limitTo = (threads: number): Record<string, string> =>
  Object.fromEntries(
    ["OMP", "OPENBLAS", "MKL", "BLIS", "NUMEXPR", "VECLIB"].map((name) => [`${name}_NUM_THREADS`, String(threads)]),
  );

/** Starts the process, with every library on so many threads and OpenBLAS on the best kernel for this processor. */
export function openLine({ file, args }: Command, threads: number): Line {
  const env = { ...process.env, ...openBlasEnvironment(vectorsHere()), ...limitTo(threads) };
  const child = spawn(file, args, { stdio: ["pipe", "ignore", "pipe", "pipe"], env });
  const waiting: { resolve(reply: Reply): void; reject(error: Error): void }[] = [];
  let complaint = "";
  let ended: Error | undefined;
  const fail = (error: Error): void => {
    ended = error;
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  child.stderr!.on("data", (text) => {
    complaint = `${complaint}${text}`.slice(-2000);
  });
  child.on("error", (error) => fail(new Error(`${file} does not start (${error.message})`)));
  child.on("close", (code, signal) => {
    const said = complaint.trim().split("\n").at(-1);
    fail(new Error(`its process ended (${signal ?? `code ${code}`})${said ? `: ${said}` : ""}`));
  });
  child.stdin!.on("error", () => {}); // the end of the process says it better
  createInterface({ input: child.stdio[3] as Readable }).on("line", (line) => {
    const reply = JSON.parse(line) as Reply;
    const next = waiting.shift();
    if (reply["error"] === undefined) next?.resolve(reply);
    else next?.reject(new Error(String(reply["error"])));
  });
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        waiting.push({ resolve, reject });
        child.stdin!.write(`${JSON.stringify(request)}\n`);
      }),
    close: () => child.kill("SIGKILL"),
  };
}
