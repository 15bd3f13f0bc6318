// Every `@example` of the public docstrings runs here, in one process, and the values in its comments are compared.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { blockFolder, root } from "./blockFolder.ts";
import { fencedBlocks } from "./docValues.ts";

interface Example {
  /** The source file and the number of the example in it. */
  readonly name: string;
  readonly text: string;
}

/** The examples in the docstrings of a source file. */
function examplesOf(path: string): Example[] {
  const source = readFileSync(join(root, path), "utf8");
  return [...source.matchAll(/\/\*\*.*?\*\//gs)]
    .map(([docstring]) => docstring.replaceAll(/^[ \t]*\* ?/gm, ""))
    .filter((docstring) => docstring.includes("@example"))
    .flatMap((docstring) => fencedBlocks(docstring).filter(({ language }) => language === "ts"))
    .map(({ text }, i) => ({ name: `${path} example ${i + 1}`, text }));
}

/** The docstring in front of the declaration of a function or a class. */
function docstringOf(name: string, source: string): string {
  const at = source.search(new RegExp(`export (async )?(function\\*?|const|class) ${name}\\b`));
  return source.slice(source.lastIndexOf("/**", at), at);
}

const sources = ["packages/downhill/src", "packages/plots/src"].flatMap((folder) =>
  readdirSync(join(root, folder), { encoding: "utf8", recursive: true })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && !name.endsWith(".generated.ts"))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`),
);
const examples = sources.flatMap(examplesOf);
const fileOf = (example: Example): string => `${example.name.replaceAll(/[^a-z0-9]+/gi, "-")}.ts`;

const folder = blockFolder(new Map(examples.map((example) => [fileOf(example), example.text])));
afterAll(() => folder.remove());

describe("examples in docstrings", () => {
  test("are found in both packages", () => {
    for (const home of ["packages/downhill", "packages/plots"]) {
      expect(examples.filter(({ name }) => name.startsWith(home)).length).toBeGreaterThan(15);
    }
  });

  test("belong to every public function and class", () => {
    const without = ["packages/downhill/src", "packages/plots/src"].flatMap((home) =>
      [...readFileSync(join(root, home, "index.ts"), "utf8").matchAll(/^export \{([^}]*)\} from "([^"]+)"/gm)].flatMap(
        ([, names, file]) => {
          const source = readFileSync(join(root, home, file!), "utf8");
          const described = names!.split(",").map((name) => name.trim());
          return described.filter((name) => name !== "" && !docstringOf(name, source).includes("@example"));
        },
      ),
    );
    expect(without).toEqual([]);
  });

  test("import the packages that they use", () => {
    for (const { name, text } of examples) expect(text, name).toMatch(/^import .* from "(downhill|@downhill\/plots)/ms);
  });

  test("pass the type check", () => {
    expect(folder.compile()).toBe("");
  }, 60_000);

  test("run, and the values in their comments are right", async () => {
    expect(await folder.run()).toEqual({ failures: {}, stderr: "" });
  }, 250_000);

  test("a value that is wrong is reported", async () => {
    const wrong = blockFolder(
      new Map([["wrong.ts", 'const model = { stopped: "epochs" };\nmodel.stopped; // "converged"\n']]),
    );
    expect(wrong.compile()).toBe("");
    const { failures } = await wrong.run();
    wrong.remove();
    expect(failures["wrong.ts"]).toContain("converged");
  }, 60_000);
});
