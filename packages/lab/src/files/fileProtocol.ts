// The messages between the page and the worker that reads a file before it is used.
import type { FileData } from "./fileData.ts";
import type { FileFacts } from "./fileFacts.ts";
import type { FileReport } from "./fileProblems.ts";
import type { NoTable, ReadingChoices } from "./readTable.ts";

/** What a file contains, and a first choice of what is predicted. */
export interface ReadFile {
  readonly facts: FileFacts;
  readonly notes: readonly string[];
  readonly data: FileData;
  readonly report: FileReport;
}

/** A message to the worker. */
export type FileRequest =
  | {
      readonly type: "read";
      readonly content: Blob;
      readonly choices: ReadingChoices;
      /** The choices that the user has made before the file is read again. */
      readonly before: FileData | null;
    }
  /** Requests the problems of the file with other choices. */
  | { readonly type: "report"; readonly data: FileData };

/** A message to the page. */
export type FileResponse =
  | { readonly type: "progress"; readonly share: number }
  | { readonly type: "read"; readonly file: ReadFile }
  | { readonly type: "failed"; readonly reasons: Omit<NoTable, "table"> }
  | { readonly type: "report"; readonly report: FileReport };
