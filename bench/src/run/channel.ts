// The process of a program. Requests are lines of JSON on its standard input. Replies are lines on its file descriptor 3,
// because a library may print on standard output.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { openBlasEnvironment, vectorsHere } from "../machine/vectors.ts";

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
}

export interface Channel {
  /** Sends a request and waits for the reply. */
  request(message: object): Promise<Reply>;
  close(): void;
}

export type Reply = Readonly<Record<string, unknown>>;

const threadLimits = (threads: number): Record<string, string> =>
  Object.fromEntries(
    ["OMP", "OPENBLAS", "MKL", "BLIS", "NUMEXPR", "VECLIB"].map((name) => [`${name}_NUM_THREADS`, String(threads)]),
  );

/** Starts the process. The libraries in it may use `threads` threads, and OpenBLAS uses its best kernel. */
export function openChannel({ file, args }: Command, threads: number): Channel {
  const env = { ...process.env, ...openBlasEnvironment(vectorsHere()), ...threadLimits(threads) };
  const child = spawn(file, args, { stdio: ["pipe", "ignore", "pipe", "pipe"], env });
  const waiting: { resolve(reply: Reply): void; reject(error: Error): void }[] = [];
  let errorText = "";
  let ended: Error | undefined;
  const fail = (error: Error): void => {
    ended = error;
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  child.stderr!.on("data", (text) => {
    errorText = `${errorText}${text}`.slice(-2000);
  });
  child.on("error", (error) => fail(new Error(`${file} does not start (${error.message})`)));
  child.on("close", (code, signal) => {
    const lastLine = errorText.trim().split("\n").at(-1);
    fail(new Error(`its process ended (${signal ?? `code ${code}`})${lastLine ? `: ${lastLine}` : ""}`));
  });
  child.stdin!.on("error", () => {}); // the event "close" has the reason
  createInterface({ input: child.stdio[3] as Readable }).on("line", (line) => {
    const reply = JSON.parse(line) as Reply;
    const next = waiting.shift();
    if (reply["error"] === undefined) next?.resolve(reply);
    else next?.reject(new Error(String(reply["error"])));
  });
  return {
    request: (message) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        waiting.push({ resolve, reject });
        child.stdin!.write(`${JSON.stringify(message)}\n`);
      }),
    close: () => child.kill("SIGKILL"),
  };
}
