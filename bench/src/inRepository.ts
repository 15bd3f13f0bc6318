import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The absolute path of a file of the repository. Works in the source of this module and in its build in dist/. */
export function inRepository(path: string): string {
  const candidates = ["../../", "../../../"].map((up) => new URL(up, import.meta.url));
  const root = candidates.find((folder) => existsSync(new URL("datasets/", folder)));
  return fileURLToPath(new URL(path, root));
}
