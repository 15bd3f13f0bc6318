// A folder that looks like the root of the repository, with code blocks as files. They are type-checked and compiled together.
import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { claimedModule, withClaims } from "./docValues.ts";

/** The root of the repository. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** The folder of some code blocks. */
export interface BlockFolder {
  readonly path: string;
  /** Compiles all files into `out/` and returns the output of the compiler, which is empty if the types are correct. */
  compile(): string;
  /**
   * Runs all compiled files one after another in one process, which loads the library once and must end by itself.
   *
   * @returns the errors that files threw, by the name of the file, and what the process wrote to its standard error
   */
  run(): Promise<{ readonly failures: Readonly<Record<string, string>>; readonly stderr: string }>;
  remove(): void;
}

/** Imports the compiled files of its arguments one after another, and prints the error of each that fails, as JSON. */
const runner = `const failures = {};
for (const file of process.argv.slice(2)) {
  const compiled = file.replace(/\\.ts$/, ".js");
  await import(\`./out/\${compiled}\`).catch((error) => { failures[file] = String(error?.stack ?? error); });
}
console.log("\\n" + JSON.stringify(failures));
`;

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
    async run() {
      writeFileSync(join(path, "run.mjs"), runner);
      const args = ["run.mjs", ...blocks.keys()];
      const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: path, timeout: 240_000 });
      return { failures: JSON.parse(stdout.trimEnd().split("\n").at(-1)!) as Record<string, string>, stderr };
    },
    remove: () => rmSync(path, { recursive: true }),
  };
}
