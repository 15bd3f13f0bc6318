import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** The version in an installed package's package.json. */
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

/** The folder of a package's main file. */
export const folderOf = (name: string): string => dirname(require.resolve(name));
