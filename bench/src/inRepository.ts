import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A path within the repository, whether this file runs as it is or as it was compiled into dist/. */
export function inRepository(path: string): string {
  const up = ["../../", "../../../"].map((up) => new URL(up, import.meta.url));
  const root = up.find((folder) => existsSync(new URL("datasets/", folder)));
  return fileURLToPath(new URL(path, root));
}
