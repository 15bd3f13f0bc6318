import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TemporaryFolder {
  readonly path: string;
  remove(): void;
}

/** A new empty folder. It is removed by `remove`, or when the process exits. */
export function temporaryFolder(): TemporaryFolder {
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
