// Files of the user: opened by a button, dropped on the page, or served with it by `downhill lab DATA`. They stay in memory.

import type { CellTable } from "downhill";
import type { FileData } from "../files/fileData.ts";
import type { Sources } from "./sources.ts";

const MOST_BYTES = 50_000_000;

/** The tables of the opened files, by the SHA-256 of the file. */
const tables = new Map<string, CellTable>();

/** The table of a file that is open; null for another one. */
export const tableOf = (data: FileData): CellTable | null => tables.get(data.sha256) ?? null;

/** A file that was opened: the data of a state, and sentences about how it was read; or what is wrong. */
export type Opened =
  | { readonly data: FileData; readonly notes: readonly string[] }
  | { readonly data: null; readonly problems: readonly string[] };

/** Opens a file. The code that reads it is loaded with the first file. */
export async function openFile(name: string, content: Blob, sources: Sources): Promise<Opened> {
  if (content.size > MOST_BYTES) {
    const megabytes = Math.round(content.size / 1e6);
    const problem = `${name} has ${megabytes} MB, and the page reads at most 50 MB. Train on it with downhill train.`;
    return { data: null, problems: [problem] };
  }
  const bytes = new Uint8Array(await content.arrayBuffer());
  const [{ readTable }, { fileDataOf }] = await Promise.all([
    import("../files/readTable.ts"),
    import("../files/fileData.ts"),
  ]);
  const reading = await readTable(bytes, { name });
  if (reading.table === null) return { data: null, problems: reading.problems };
  const sha256 = await sources.add(bytes);
  const { table, notes } = reading;
  tables.set(sha256, table);
  const read = `${name} has ${table.rows} rows and ${table.columns.size} columns.`;
  return { data: fileDataOf(reading, { name }, sha256), notes: [read, ...notes.map((note) => `Note: ${note}.`)] };
}

/** The file that `downhill lab DATA` serves with the page; null if there is none. */
export async function servedFile(): Promise<{ readonly name: string; readonly content: Blob } | null> {
  const path = document.querySelector<HTMLMetaElement>('meta[name="downhill-data"]')?.content;
  if (path === undefined) return null;
  const answer = await fetch(new URL(path, document.baseURI));
  return answer.ok ? { name: decodeURIComponent(path.split("/").at(-1)!), content: await answer.blob() } : null;
}
