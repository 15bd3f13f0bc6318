// A folder that looks like the root of the repository, with code blocks as files. They are type-checked and compiled together.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { claimedModule, withClaims } from "./docValues.ts";

/** The root of the repository. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** The folder of some code blocks. */
export interface BlockFolder {
  readonly path: string;
  /** Compiles all files into `out/` and returns the output of the compiler, which is empty if the types are correct. */
  compile(): string;
  remove(): void;
}

/**
 * Makes the folder.
 *
 * @param blocks  the text of each file; the values in its comments are checked when it runs
 */
export function blockFolder(blocks: ReadonlyMap<string, string>): BlockFolder {
  const path = mkdtempSync(join(tmpdir(), "downhill-blocks-"));
  for (const name of ["node_modules", "datasets", "packages"]) {
    symlinkSync(join(root, name), join(path, name), "junction");
  }
  mkdirSync(join(path, "docs"));
  writeFileSync(join(path, "package.json"), '{ "type": "module" }');
  writeFileSync(join(path, "claimed.ts"), claimedModule);
  for (const [file, text] of blocks) writeFileSync(join(path, file), withClaims(text).text);
  const config = {
    extends: join(root, "tsconfig.base.json"),
    compilerOptions: {
      composite: false,
      rootDir: ".",
      outDir: "out",
      types: ["node"],
      noUnusedLocals: false,
      noPropertyAccessFromIndexSignature: false,
    },
    files: ["claimed.ts", ...blocks.keys()],
  };
  writeFileSync(join(path, "tsconfig.json"), JSON.stringify(config));
  return {
    path,
    compile() {
      const tsc = join(root, "node_modules/typescript/bin/tsc");
      return spawnSync(process.execPath, [tsc, "-p", path], { cwd: path, encoding: "utf8" }).stdout;
    },
    remove: () => rmSync(path, { recursive: true }),
  };
}
