// Training on stored rows: from bytes in memory, and in a browser's worker from a file of the origin private file system.
import {
  fitStored,
  linearRegression,
  linearSvm,
  logisticRegression,
  matrixFactorization,
  networkClassifier,
  plain,
  random,
  softmaxRegression,
  storedBytes,
  storedRows,
} from "../../src/index.ts";

/** Reads bytes of a file, as `storedRows` needs it. */
type Read = (position: number, into: Uint8Array) => number;

const [n, d] = [240, 4];
const rowColumns = { columns: d, weighted: true, rowsPerChunk: 10 };
const pairColumns = { columns: 2, pairs: true, rowsPerChunk: 10 };
const names = (count: number, letter: string): string[] =>
  Array.from({ length: count }, (_, i) => `${letter}${10 + i}`);
const [users, items] = [names(20, "u"), names(12, "i")];

/** The bytes of weighted rows whose targets are numbers (no classes), or the indices of two or three classes. */
function rowBytes(classes: number, seed: number): Uint8Array[] {
  const draw = random(seed);
  const inputs = Float64Array.from({ length: n * d }, () => draw.normal());
  const targets = Float64Array.from({ length: n }, (_, i) => {
    const score = inputs[i * d]! + inputs[i * d + 1]! + 0.5 * draw.normal();
    return classes === 0 ? score : classes === 2 ? Number(score > 0) : Number(score > -0.5) + Number(score > 0.5);
  });
  const weights = Float64Array.from({ length: n }, () => draw.uniform());
  return [...storedBytes(rowColumns, [{ inputs, targets, weights }])];
}

/** The bytes of the ratings of half of all pairs: those whose positions have an even sum, or an odd one. */
function pairBytes(odd: 0 | 1): Uint8Array[] {
  const draw = random(5);
  const pairs = users.flatMap((_, user) =>
    items.map((_, item) => [user, item, (user % 3) + (item % 4) + draw.normal()]),
  );
  const own = pairs.filter(([user, item]) => (user! + item!) % 2 === odd);
  const inputs = Uint32Array.from(own.flatMap(([user, item]) => [user!, item!]));
  return [...storedBytes(pairColumns, [{ inputs, targets: Float64Array.from(own, (pair) => pair[2]!) }])];
}

/** The files: training rows at even positions, their validation rows after them. */
const files: readonly (() => Uint8Array[])[] = [
  ...[0, 2, 3].flatMap((classes) => [1, 2].map((seed) => () => rowBytes(classes, seed))),
  () => pairBytes(0),
  () => pairBytes(1),
];

const batches = [
  ["full batch", { batchSize: "full", epochs: 20 }],
  ["mini-batches", { batchSize: 16, epochs: 5, optimizer: plain(0.05) }],
  ["one by one", { batchSize: 1, epochs: 4, optimizer: plain(0.01) }],
] as const;

/** Saved models and histories of all models in all batch modes, with weights (not of ratings) and validation rows. */
function trained(reads: readonly Read[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, batch] of batches) {
    const options = { ...batch, seed: 3, stop: { validation: { share: 0.5, patience: 2 } } };
    const table = (at: number) => ({
      rows: storedRows({ ...rowColumns, rows: n, chunksPerWindow: 4 }, reads[at]!),
      ...(at > 1 && { classes: at < 4 ? ["no", "yes"] : ["high", "low", "mid"] }),
    });
    const ratings = (at: number) => ({
      rows: storedRows({ ...pairColumns, rows: n / 2, chunksPerWindow: 4 }, reads[at]!),
      ...{ users, items },
    });
    const models = {
      linear: fitStored(linearRegression(options), table(0), { validation: table(1) }),
      logistic: fitStored(logisticRegression(options), table(2), { validation: table(3) }),
      "svm with squared hinge": fitStored(linearSvm({ ...options, loss: "squaredHinge" }), table(2), {
        validation: table(3),
      }),
      "svm with hinge": fitStored(linearSvm(options), table(2), { validation: table(3) }),
      softmax: fitStored(softmaxRegression(options), table(4), { validation: table(5) }),
      network: fitStored(networkClassifier({ ...options, hidden: [5] }), table(4), { validation: table(5) }),
      factorization: fitStored(matrixFactorization({ ...options, rank: 2 }), ratings(6), { validation: ratings(7) }),
    };
    for (const [model, fitted] of Object.entries(models)) {
      found[`${model}, ${name}`] = JSON.stringify([fitted, fitted.history, fitted.stopped]); // the texts of numbers have all digits
    }
  }
  return found;
}

/** From bytes in memory. */
export function fromMemory(): Record<string, string> {
  const reads = files.map((parts): Read => {
    const own = parts();
    const file = new Uint8Array(own.reduce((sum, { length }) => sum + length, 0));
    let end = 0;
    for (const part of own) {
      file.set(part, end);
      end += part.length;
    }
    return (position, into) => {
      into.set(file.subarray(position, position + into.length));
      return into.length;
    };
  });
  return trained(reads);
}

/** The parts of a browser's file that the run uses. */
interface SyncFile {
  read(into: Uint8Array, options: { at: number }): number;
  write(part: Uint8Array, options: { at: number }): number;
  close(): void;
}

interface Folder {
  getFileHandle(name: string, options: { create: true }): Promise<{ createSyncAccessHandle(): Promise<SyncFile> }>;
}

/** From files; only in a worker of a browser. */
export async function fromFiles(): Promise<Record<string, string>> {
  const { navigator } = globalThis as unknown as { navigator: { storage: { getDirectory(): Promise<Folder> } } };
  const folder = await navigator.storage.getDirectory();
  const open: SyncFile[] = [];
  for (const [at, parts] of files.entries()) {
    const file = await (await folder.getFileHandle(`rows${at}`, { create: true })).createSyncAccessHandle();
    let end = 0;
    for (const part of parts()) end += file.write(part, { at: end });
    open.push(file);
  }
  const found = trained(open.map((file) => (position, into) => file.read(into, { at: position })));
  for (const file of open) file.close();
  return found;
}

/** The parts of a browser's worker and page that the report uses. */
interface PageWorker {
  onmessage: (event: { readonly data: unknown }) => void;
  onerror: (event: { readonly message: string }) => void;
}

interface PageGlobals {
  readonly location: { readonly origin: string };
  readonly Worker: new (url: string, options: { type: "module" }) => PageWorker;
}

/** Both in a page, as JSON. */
export async function report(): Promise<string> {
  const { location, Worker } = globalThis as unknown as PageGlobals;
  const code = `import { fromFiles } from "${location.origin}/report.js";
    fromFiles().then((found) => postMessage(found), (error) => postMessage(String(error)));`;
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const worker = new Worker(url, { type: "module" });
  const inWorker = new Promise<unknown>((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => resolve(message);
  });
  return JSON.stringify({ memory: fromMemory(), files: await inWorker });
}
