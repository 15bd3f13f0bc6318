// Every `ts` and `sh` block of the README and of docs/ is run, so that none of them can go stale.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const pages = ["README.md", ...readdirSync(join(root, "docs")).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith(".md"),
);

interface Block {
  readonly name: string;
  readonly language: string;
  readonly text: string;
}

function blocksOf(page: string): Block[] {
  const text = readFileSync(join(root, page), "utf8");
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, body], i) => ({
    name: `${page} block ${i + 1}`,
    language: language!,
    text: body!,
  }));
}

const blocks = pages.flatMap(blocksOf);
const typed = blocks.filter(({ language }) => language === "ts");
const shell = blocks.filter(({ language }) => language === "sh");

// A place like the repository's root: what a block writes lands here.
const place = mkdtempSync(join(tmpdir(), "downhill-docs-"));
const fileOf = (block: Block): string => `${block.name.replaceAll(/[^a-z0-9]+/gi, "-")}.ts`;

beforeAll(() => {
  for (const name of ["node_modules", "datasets", "packages", "examples"])
    symlinkSync(join(root, name), join(place, name));
  mkdirSync(join(place, "docs"));
  writeFileSync(join(place, "package.json"), '{ "type": "module" }');
  for (const block of typed) writeFileSync(join(place, fileOf(block)), block.text);
});

afterAll(() => rmSync(place, { recursive: true }));

/** What a block leaves out because the tests run inside of it. */
const withoutInstall = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.replace(/^npm ci && /, ""))
    .filter((line) => line !== "npm test")
    .join("\n");

describe("the blocks of README and docs", () => {
  test("are found", () => {
    expect(typed.length).toBeGreaterThan(3);
    expect(shell.length).toBeGreaterThan(1);
  });

  test("ts blocks pass the type check", () => {
    const config = {
      extends: join(root, "tsconfig.base.json"),
      compilerOptions: { composite: false, rootDir: ".", outDir: "out", types: ["node"], noUnusedLocals: false },
      files: typed.map(fileOf),
    };
    writeFileSync(join(place, "tsconfig.json"), JSON.stringify(config));
    const { stdout } = spawnSync(join(root, "node_modules/.bin/tsc"), ["-p", place], { cwd: place, encoding: "utf8" });
    expect(stdout).toBe("");
  }, 60_000);

  for (const block of typed) {
    test(`${block.name} runs`, () => {
      const compiled = join("out", fileOf(block).replace(/\.ts$/, ".js"));
      execFileSync(process.execPath, [compiled], { cwd: place, stdio: "pipe" });
    }, 60_000);
  }

  test("the README's picture is what its lines draw", () => {
    const [drawn, stored] = [join(place, "moons.svg"), join(root, "docs/moons.svg")].map((file) => readFileSync(file));
    expect(drawn!.equals(stored!), "write docs/moons.svg anew with the README's lines, and look at it").toBe(true);
  });

  for (const block of shell) {
    test(`${block.name} runs`, () => {
      execFileSync("bash", ["-euo", "pipefail", "-c", withoutInstall(block.text)], { cwd: place, stdio: "pipe" });
    }, 120_000);
  }
});
