import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** The version that a package's own package.json states. */
export function versionOf(name: string): string {
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      const { version } = JSON.parse(readFileSync(join(folder, name, "package.json"), "utf8")) as { version: string };
      return version;
    } catch {
      // not installed in this folder
    }
  }
  throw new Error(`${name} is not installed`);
}

/** The folder of the file that a package's name stands for. */
export const folderOf = (name: string): string => dirname(require.resolve(name));
