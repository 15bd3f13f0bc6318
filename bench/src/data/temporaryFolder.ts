import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Folder {
  readonly path: string;
  remove(): void;
}

/** A folder of its own for files that nobody needs later; it goes with the process at the latest. */
export function temporaryFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), "downhill-bench-"));
  const clear = () => rmSync(path, { recursive: true, force: true });
  process.once("exit", clear);
  return {
    path,
    remove() {
      process.off("exit", clear);
      clear();
    },
  };
}
