// Every `ts` and `sh` block of the README and of docs/ runs here. The values in its comments and the pictures that it draws
// are compared with those that the pages show.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blockFolder, root } from "./blockFolder.ts";
import { type Block, claimOf, fencedBlocks, withClaims } from "./docValues.ts";

const pages = [
  "README.md",
  ...readdirSync(join(root, "docs"), { encoding: "utf8", recursive: true }).map(
    (name) => `docs/${name.replaceAll("\\", "/")}`,
  ),
].filter((name) => name.endsWith(".md") && !name.startsWith("docs/api/"));

interface NamedBlock extends Block {
  readonly name: string;
}

const textOf = (page: string): string => readFileSync(join(root, page), "utf8");

/** The blocks of a page. The ts blocks of a guide are one program, which the reader extends from block to block. */
function blocksOf(page: string): NamedBlock[] {
  const blocks = fencedBlocks(textOf(page)).map((block, i) => ({ ...block, name: `${page} block ${i + 1}` }));
  if (!page.startsWith("docs/guides/")) return blocks;
  const program = blocks.filter(({ language }) => language === "ts").map(({ text }) => text);
  const others = blocks.filter(({ language }) => language !== "ts");
  return [{ name: `${page} program`, language: "ts", text: program.join("\n") }, ...others];
}

/** The pictures that a page shows, as paths from the root. */
const picturesOf = (page: string): string[] =>
  [...textOf(page).matchAll(/!\[[^\]]*\]\(([^)]+\.svg)\)/g)].map(([, file]) => join(dirname(page), file!));

const blocks = pages.flatMap(blocksOf);
const typed = blocks.filter(({ language }) => language === "ts");
const shell = blocks.filter(({ language }) => language === "sh");

// Blocks run in a folder that looks like the root of the repository, and write their files there.
const fileOf = (block: NamedBlock): string => `${block.name.replaceAll(/[^a-z0-9]+/gi, "-")}.ts`;
const program = blockFolder(new Map(typed.map((block) => [fileOf(block), block.text])));
const folder = program.path;

afterAll(() => program.remove());

/** npx as a function of the shell, which saves the start of npm; test/packages.test.ts runs the real one. */
const NPX = `npx() { "$PWD/node_modules/.bin/$1" "\${@:2}"; }`;

/** The block without `npm ci` and `npm test`, because these tests run after `npm ci` and as a part of `npm test`. */
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

  test("have values that are checked when the block runs", () => {
    const claims = typed.flatMap((block) => withClaims(block.text).claims);
    expect(claims.map(({ expression }) => expression)).toEqual(
      expect.arrayContaining(["model.stopped", "quick.updates", "steady.updates", "JSON.parse(text).unit"]),
    );
  });

  test("a value is JSON that ends at a comma, at a semicolon or at the end of the line", () => {
    const values: [line: string, value: unknown][] = [
      ['model.stopped; // "converged"', "converged"],
      ["steps; // 11, to a gradient of 1e-6", 11],
      ["  f(a, [b]); // [1, 2]; as a list", [1, 2]],
      ['spec; // { "rate": 0.1, "beta": 2 }', { rate: 0.1, beta: 2 }],
    ];
    for (const [line, value] of values) expect(claimOf(line)?.value, line).toEqual(value);
    const others = [
      "const a = 1; // 1",
      "step.t; // updates done",
      "predict(x); // a 6 × 2 matrix",
      "spec; // { rate: 0.1, … }",
      "valley.params; // near [1, 1]",
      "// f(); // 3",
    ];
    for (const line of others) expect(claimOf(line), line).toBeNull();
  });

  test("ts blocks pass the type check", () => {
    expect(program.compile()).toBe("");
  }, 60_000);

  describe("in one process", () => {
    let ran: Awaited<ReturnType<typeof program.run>>;
    beforeAll(async () => {
      ran = await program.run();
    }, 250_000);

    test.each(typed)("$name runs", (block) => {
      expect(ran.failures[fileOf(block)]).toBeUndefined();
    });

    test("they write nothing to the standard error", () => {
      expect(ran.stderr).toBe("");
    });
  });

  for (const block of shell) {
    test(`${block.name} runs`, () => {
      const script = `${NPX}\n${withoutInstall(block.text)}`;
      const options = { cwd: folder, encoding: "utf8", stdio: "pipe" } as const;
      const printed = execFileSync("bash", ["-euo", "pipefail", "-c", script], options);
      for (const [, output] of script.matchAll(/ # (.+)$/gm)) {
        expect(printed.replaceAll(/[ \t]+/g, " ")).toContain(output);
      }
    }, 120_000);
  }

  const pictures = pages.flatMap(picturesOf);

  // After an intended change, `npx vitest run test/docs.test.ts --update` stores the new pictures. Look at them.
  for (const picture of pictures) {
    test(`a block draws ${picture}`, async () => {
      await expect(readFileSync(join(folder, basename(picture)), "utf8")).toMatchFileSnapshot(join(root, picture));
    });
  }

  test("every picture in docs is shown, under a name of its own", () => {
    const stored = readdirSync(join(root, "docs"), { encoding: "utf8", recursive: true });
    const svgs = stored
      .filter((name) => name.endsWith(".svg") && !name.startsWith("api/"))
      .map((name) => `docs/${name.replaceAll("\\", "/")}`);
    expect([...pictures].sort()).toEqual(svgs.sort());
    expect(new Set(pictures.map((picture) => basename(picture))).size).toBe(pictures.length);
  });
});
