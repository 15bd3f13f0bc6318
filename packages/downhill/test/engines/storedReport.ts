// Training on stored rows: from bytes in memory, and in a browser's worker from a file of the origin private file system.
import { fitStored, logisticRegression, plain, random, storedBytes, storedRows } from "../../src/index.ts";
import { digitsOf } from "./report.ts";

const [n, d] = [1500, 4];
const columns = { columns: d, weighted: true, rowsPerChunk: 50 };

/** The bytes of the rows. */
function* bytes(): Generator<Uint8Array, void> {
  const draw = random(8);
  const inputs = Float64Array.from({ length: n * d }, () => draw.normal());
  const targets = Float64Array.from({ length: n }, (_, i) => (inputs[i * d]! + draw.normal() > 0 ? 1 : 0));
  const weights = Float64Array.from({ length: n }, () => draw.uniform());
  yield* storedBytes(columns, [{ inputs, targets, weights }]);
}

/** The bits of the parameters after a run in full batch and one in mini-batches. */
function trained(read: (position: number, into: Uint8Array) => number): string {
  const rows = storedRows({ ...columns, rows: n, chunksPerWindow: 4 }, read);
  const runs = [{}, { batchSize: 20, epochs: 3, optimizer: plain(0.05) }];
  return runs
    .map((options) => fitStored(logisticRegression(options), { rows, classes: ["no", "yes"] }))
    .map((model) => digitsOf(model.params()))
    .join(" ");
}

/** From bytes in memory. */
export function fromMemory(): string {
  const file = new Uint8Array(n * (d + 2) * 8);
  let end = 0;
  for (const part of bytes()) {
    file.set(part, end);
    end += part.length;
  }
  return trained((position, into) => {
    into.set(file.subarray(position, position + into.length));
    return into.length;
  });
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

/** From a file; only in a worker of a browser. */
export async function fromFile(): Promise<string> {
  const { navigator } = globalThis as unknown as { navigator: { storage: { getDirectory(): Promise<Folder> } } };
  const folder = await navigator.storage.getDirectory();
  const file = await (await folder.getFileHandle("rows", { create: true })).createSyncAccessHandle();
  let end = 0;
  for (const part of bytes()) end += file.write(part, { at: end });
  const found = trained((position, into) => file.read(into, { at: position }));
  file.close();
  return found;
}

/** The parts of a browser's worker and page that the report uses. */
interface PageWorker {
  onmessage: (event: { readonly data: string }) => void;
  onerror: (event: { readonly message: string }) => void;
}

interface PageGlobals {
  readonly location: { readonly origin: string };
  readonly Worker: new (url: string, options: { type: "module" }) => PageWorker;
}

/** Both in a page, as JSON. */
export async function report(): Promise<string> {
  const { location, Worker } = globalThis as unknown as PageGlobals;
  const code = `import { fromFile } from "${location.origin}/report.js";
    fromFile().then((found) => postMessage(found), (error) => postMessage(String(error)));`;
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const worker = new Worker(url, { type: "module" });
  const inWorker = new Promise<string>((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => resolve(message);
  });
  return JSON.stringify({ memory: fromMemory(), file: await inWorker });
}
