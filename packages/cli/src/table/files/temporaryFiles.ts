// Temporary files. They are always removed: by `remove`, or by a signal that ends the process.
import { rmSync } from "node:fs";
import { mkdtemp, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OutputError } from "../../errors/errors.ts";
import { systemMessage } from "../../process/systemMessage.ts";

/** Temporary files of one command. */
export interface TemporaryFiles {
  /**
   * Writes chunks to a new file; returns its path.
   *
   * @param name  the name of the copied data, for an error
   * @throws OutputError if the file cannot be written; also any error that the chunks throw
   */
  write(name: string, ending: string, chunks: AsyncIterable<Uint8Array>): Promise<string>;
  /** Removes all files; may be called again. */
  remove(): void;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export function temporaryFiles(command: string): TemporaryFiles {
  let folder: string | undefined;
  let count = 0;

  function remove(): void {
    for (const signal of signals) process.off(signal, end);
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    folder = undefined;
  }

  /** Removes the files, and lets the signal end the process. */
  function end(signal: NodeJS.Signals): void {
    remove();
    process.kill(process.pid, signal);
  }

  async function create(): Promise<string> {
    const made = await mkdtemp(join(tmpdir(), "downhill-copy-"));
    for (const signal of signals) process.on(signal, end);
    return made;
  }

  return {
    async write(name, ending, chunks) {
      const writing = async <T>(work: Promise<T>): Promise<T> => {
        try {
          return await work;
        } catch (error) {
          throw new OutputError(
            `${command}: a temporary copy of ${name} could not be written to ${tmpdir()}: ${systemMessage(error)}. ` +
              "Free some space there, or set TMPDIR to another folder.",
          );
        }
      };
      folder ??= await writing(create());
      const path = join(folder, `${count++}${ending}`);
      const file = await writing(open(path, "wx", 0o600));
      try {
        for await (const chunk of chunks) await writing(file.writeFile(chunk));
      } finally {
        await file.close();
      }
      return path;
    },
    remove,
  };
}
