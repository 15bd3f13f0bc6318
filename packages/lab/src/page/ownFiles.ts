// Files of the user: opened by a button, dropped on the page, or served with it by `downhill lab DATA`. They stay in memory.

import type { CellTable } from "downhill";
import type { FileData } from "../files/fileData.ts";
import type { FileFacts } from "../files/fileFacts.ts";
import type { ReadingChoices } from "../files/readTable.ts";
import type { Sources } from "./sources.ts";

const MOST_BYTES = 50_000_000;

/** The tables of the opened files, by the SHA-256 of the file. */
const tables = new Map<string, CellTable>();

/** The table of a file that is open; null for another one. */
export const tableOf = (data: FileData): CellTable | null => tables.get(data.sha256) ?? null;

/** A file that was opened, and how it is read. */
export interface OpenedFile {
  readonly content: Blob;
  readonly choices: ReadingChoices;
  /** What was read, and the data of a state with it; null if the file cannot be read. */
  readonly read: {
    readonly facts: FileFacts;
    readonly table: CellTable;
    readonly delimiter: string | null;
    readonly notes: readonly string[];
    readonly data: FileData;
  } | null;
  /** Why the file cannot be read. */
  readonly problems: readonly string[];
}

/** Opens a file. The code that reads it is loaded with the first file. */
export async function openFile(content: Blob, choices: ReadingChoices, sources: Sources): Promise<OpenedFile> {
  const failed = (...problems: string[]): OpenedFile => ({ content, choices, read: null, problems });
  const { name } = choices;
  if (content.size > MOST_BYTES) {
    const megabytes = Math.round(content.size / 1e6);
    return failed(`${name} has ${megabytes} MB, and the page reads at most 50 MB. Train on it with downhill train.`);
  }
  const bytes = await content.arrayBuffer().catch(() => null);
  if (bytes === null) return failed(`The browser can no longer read ${name}. Open it again.`);
  const [{ readTable }, { fileDataOf }, { fileFacts }] = await Promise.all([
    import("../files/readTable.ts"),
    import("../files/fileData.ts"),
    import("../files/fileFacts.ts"),
  ]);
  const reading = await readTable(new Uint8Array(bytes), choices);
  if (reading.table === null) return failed(...reading.problems);
  const sha256 = await sources.add(new Uint8Array(bytes));
  const { table, notes, delimiter } = reading;
  const data = fileDataOf(reading, choices, sha256);
  return { content, choices, read: { facts: fileFacts(reading), table, delimiter, notes, data }, problems: [] };
}

/** Remembers the table of a file that is used. */
export const rememberTable = ({ sha256 }: FileData, table: CellTable): void => void tables.set(sha256, table);

/** The file that `downhill lab DATA` serves with the page; null if there is none. */
export async function servedFile(): Promise<{ readonly name: string; readonly content: Blob } | null> {
  const path = document.querySelector<HTMLMetaElement>('meta[name="downhill-data"]')?.content;
  if (path === undefined) return null;
  const answer = await fetch(new URL(path, document.baseURI));
  return answer.ok ? { name: decodeURIComponent(path.split("/").at(-1)!), content: await answer.blob() } : null;
}
