// Files of the user: opened by a button, dropped or pasted on the page, or served with it by `downhill lab DATA`. A worker reads them, so
// that the page can show the progress and cancel the reading.

import type { FileData } from "../files/fileData.ts";
import type { FileFacts } from "../files/fileFacts.ts";
import type { FileRequest, FileResponse, ReadFile } from "../files/fileProtocol.ts";
import type { NoTable, ReadingChoices } from "../files/readTable.ts";

/** The most bytes of a file that the page reads. */
export const MOST_BYTES = 500_000_000;

/** A file that was opened, and how it is read. */
export interface OpenedFile {
  readonly content: Blob;
  readonly choices: ReadingChoices;
  /** The share of the file that is read; null if it is not being read. */
  readonly share: number | null;
  /** What was read; null before that, and if the file cannot be read. */
  readonly read: ReadFile | null;
  /** Why the file cannot be read; null if it can, or if this is not known yet. */
  readonly failed: Omit<NoTable, "table"> | null;
}

/** Reads files, one at a time. */
export interface FileReader {
  /** Reads a file. `update` is called with the progress. Resolves to null if the reading was cancelled. */
  open(file: OpenedFile, update: (file: OpenedFile) => void): Promise<OpenedFile | null>;
  /** The problems of the file that was read, with other choices. */
  report(data: FileData, update: (report: ReadFile["report"]) => void): void;
  /** Ends the reading. */
  cancel(): void;
}

/** Makes a reader. Its worker is started with the first file. */
export function fileReader(): FileReader {
  let worker: Worker | null = null;
  let settle: ((response: FileResponse | null) => void) | null = null;
  let onProgress: (share: number) => void = () => {};

  function receive(response: FileResponse): void {
    if (response.type === "progress") onProgress(response.share);
    else settle?.(response);
  }

  function spawn(): Worker {
    const made = new Worker(new URL("../files/fileWorker.ts", import.meta.url), { type: "module" });
    made.onmessage = ({ data }: MessageEvent<FileResponse>) => receive(data);
    made.onerror = (event) => {
      event.preventDefault();
      stop();
      receive({
        type: "failed",
        reasons: { problems: ["The file needs more memory than this page has. Use fewer rows or columns."] },
      });
    };
    return made;
  }

  function stop(): void {
    worker?.terminate();
    worker = null;
  }

  const request = (message: FileRequest): Promise<FileResponse | null> => {
    settle?.(null);
    worker ??= spawn();
    worker.postMessage(message);
    return new Promise((resolve) => {
      settle = resolve;
    });
  };

  return {
    async open(file, update) {
      const { content, choices, read } = file;
      if (content.size > MOST_BYTES) return { ...file, failed: tooLarge(choices.name, content.size) };
      if (settle !== null) stop(); // the reading before
      onProgress = (share) => update({ ...file, share });
      update({ ...file, share: 0 });
      const response = await request({ type: "read", content, choices, before: read?.data ?? null });
      settle = null;
      if (response?.type === "read") return { ...file, share: null, read: response.file, failed: null };
      return response?.type === "failed" ? { ...file, share: null, read: null, failed: response.reasons } : null;
    },
    report(data, update) {
      void request({ type: "report", data }).then((response) => {
        if (response?.type === "report") update(response.report);
      });
    },
    cancel() {
      settle?.(null);
      settle = null;
      stop();
    },
  };
}

const tooLarge = (name: string, bytes: number): OpenedFile["failed"] => ({
  problems: [
    `${name} has ${Math.round(bytes / 1e6)} MB, and the page reads at most 500 MB. Train on it with downhill train.`,
  ],
});

/** The facts about the files that are used, by their SHA-256. */
const facts = new Map<string, FileFacts>();

/** The facts about a file that is used; null for another one. */
export const factsOf = (data: FileData): FileFacts | null => facts.get(data.sha256) ?? null;

/** Remembers the facts about a file that is used. */
export const rememberFacts = ({ sha256 }: FileData, read: FileFacts): void => void facts.set(sha256, read);

/** The file that `downhill lab DATA` serves with the page; null if there is none. */
export async function servedFile(): Promise<{ readonly name: string; readonly content: Blob } | null> {
  const path = document.querySelector<HTMLMetaElement>('meta[name="downhill-data"]')?.content;
  if (path === undefined) return null;
  const answer = await fetch(new URL(path, document.baseURI));
  return answer.ok ? { name: decodeURIComponent(path.split("/").at(-1)!), content: await answer.blob() } : null;
}
