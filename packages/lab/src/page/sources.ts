// The files of the data: the tables that come with the page, and those that the user has opened.

import type { FileData } from "../files/fileData.ts";
import type { ReadingChoices } from "../files/readTable.ts";
import type { DataState } from "../state/labState.ts";
import type { DataFile } from "../worker/protocol.ts";

/** The files of the page. */
export interface Sources {
  /** Remembers a file of the user; returns its SHA-256. */
  add(bytes: Uint8Array): Promise<string>;
  /** The file of the data; null for data without a file. @throws Error with a sentence if it cannot be loaded */
  fileOf(data: DataState): Promise<DataFile | null>;
}

/** How the file of a state is read. */
export const readingChoices = ({ name, header, delimiter, encoding }: FileData): ReadingChoices => ({
  ...{ name, header },
  ...(delimiter && { delimiter }),
  ...(encoding && { encoding }),
});

/** Makes the memory of files. */
export function sources(): Sources {
  const opened = new Map<string, Uint8Array>();
  return {
    async add(bytes) {
      const key = await digest(bytes);
      opened.set(key, bytes);
      return key;
    },
    async fileOf(data) {
      if (data.kind === "table") {
        const name = `${data.table}.csv`;
        const key = `table ${name}`;
        if (!opened.has(key)) opened.set(key, await load(`tables/${name}`));
        return { key, bytes: opened.get(key)!, choices: { name } };
      }
      if (data.kind !== "file") return null;
      const bytes = opened.get(data.sha256);
      if (bytes === undefined)
        throw new Error(`This run needs the file ${data.name}. Open it with “Open a file”, or drop it on the page.`);
      return { key: data.sha256, bytes, choices: readingChoices(data) };
    },
  };
}

async function load(address: string): Promise<Uint8Array> {
  const problem = `The table ${address} could not be loaded. Reload the page, or serve it with npx downhill lab.`;
  const response = await fetch(address).catch(() => null);
  if (!response?.ok) throw new Error(problem);
  return new Uint8Array(await response.arrayBuffer());
}

/** The SHA-256 in hexadecimal digits; where the browser has none, a number of the session. */
async function digest(bytes: Uint8Array): Promise<string> {
  if (crypto.subtle === undefined) return `file${bytes.length}`;
  const hash = await crypto.subtle.digest("SHA-256", bytes.slice());
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
