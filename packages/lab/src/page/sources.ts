// The files of the data: the tables that come with the page, and those that the user has opened.

import type { FileData } from "../files/fileData.ts";
import type { ReadingChoices } from "../files/readTable.ts";
import type { DataState } from "../state/labState.ts";
import type { DataFile } from "../worker/protocol.ts";

/** The files of the page. */
export interface Sources {
  /** Remembers a file of the user by its SHA-256. */
  add(sha256: string, content: Blob): void;
  /** The content of a file that the user has opened; undefined for another one. */
  contentOf(data: FileData): Blob | undefined;
  /** The file of the data; null for data without a file. @throws Error with a sentence if it cannot be loaded */
  fileOf(data: DataState): Promise<DataFile | null>;
}

/** How the file of a state is read. */
export const readingChoices = (data: FileData): ReadingChoices => {
  const { name, header, delimiter, encoding, quotes, ragged, decimal, sample } = data;
  return {
    ...{ name, header, quotes, ragged, sample },
    ...(delimiter && { delimiter }),
    ...(encoding && { encoding }),
    ...(decimal !== "auto" && { decimal: decimal === "point" ? "." : "," }),
  };
};

/** Makes the memory of files. They stay on the computer of the user. */
export function sources(): Sources {
  const opened = new Map<string, Blob>();
  return {
    add: (sha256, content) => void opened.set(sha256, content),
    contentOf: ({ sha256 }) => opened.get(sha256),
    async fileOf(data) {
      if (data.kind === "table") {
        const name = `${data.table}.csv`;
        const key = `table ${name}`;
        if (!opened.has(key)) opened.set(key, await load(`tables/${name}`));
        return { key, content: opened.get(key)!, choices: { name } };
      }
      if (data.kind !== "file") return null;
      const content = opened.get(data.sha256);
      if (content === undefined)
        throw new Error(`This run needs the file ${data.name}. Open it with “Open a file”, or drop it on the page.`);
      return { key: data.sha256, content, choices: readingChoices(data) };
    },
  };
}

async function load(address: string): Promise<Blob> {
  const problem = `The table ${address} could not be loaded. Reload the page, or serve it with npx downhill lab.`;
  const response = await fetch(address).catch(() => null);
  if (!response?.ok) throw new Error(problem);
  return response.blob();
}
