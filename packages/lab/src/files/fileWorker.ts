// The worker that reads a file before it is used. It remembers the table, so that other choices need no second reading.
import { type FileData, fileDataOf, keptChoices } from "./fileData.ts";
import { fileFacts } from "./fileFacts.ts";
import { fileReport } from "./fileProblems.ts";
import type { FileRequest, FileResponse } from "./fileProtocol.ts";
import { type ReadingChoices, type ReadTable, readTable } from "./readTable.ts";

/** The part of a worker's global object that is used here. */
interface WorkerScope {
  onmessage: ((event: { readonly data: FileRequest }) => void) | null;
  postMessage(message: FileResponse): void;
}

const scope = globalThis as unknown as WorkerScope;
let table: ReadTable | null = null;

async function read(content: Blob, choices: ReadingChoices, before: FileData | null): Promise<FileResponse> {
  const { name } = choices;
  const failed = (problem: string): FileResponse => ({ type: "failed", reasons: { problems: [problem] } });
  const bytes = await content.arrayBuffer().catch(() => null);
  if (bytes === null) return failed(`The browser can no longer read ${name}. Open it again.`);
  const progress = (share: number): void => scope.postMessage({ type: "progress", share });
  const reading = await readTable(new Uint8Array(bytes), choices, progress);
  if (reading.table === null) {
    const { table: _, ...reasons } = reading;
    return { type: "failed", reasons };
  }
  table = reading;
  const facts = fileFacts(reading);
  const first = fileDataOf(facts, choices, await digest(bytes));
  const data = before === null ? first : keptChoices(first, before, facts);
  return { type: "read", file: { facts, notes: reading.notes, data, report: fileReport(reading, data) } };
}

/** The SHA-256 in hexadecimal digits; where the browser has none, the number of bytes. */
async function digest(bytes: ArrayBuffer): Promise<string> {
  if (crypto.subtle === undefined) return `file${bytes.byteLength}`;
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function answer(request: FileRequest): Promise<FileResponse> {
  if (request.type === "read") return read(request.content, request.choices, request.before);
  return { type: "report", report: fileReport(table!, request.data) };
}

scope.onmessage = async ({ data: request }) => {
  try {
    scope.postMessage(await answer(request));
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const name = request.type === "read" ? request.choices.name : request.data.name;
    scope.postMessage({ type: "failed", reasons: { problems: [`${name} cannot be read: ${text}.`] } });
  }
};
