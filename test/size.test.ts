// The library must load fast in a page, so its size has limits. docs/architecture.md explains them.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { expect, test } from "vitest";

const program = fileURLToPath(new URL("../scripts/library-size.mjs", import.meta.url));
const sizes = JSON.parse(execFileSync(process.execPath, [program], { encoding: "utf8" })) as Record<string, number>;

test.each([
  ["models", 106_200],
  ["whole", 209_600],
])("the part %j of the library, bundled, minified and compressed, has at most %i bytes", (part, limit) => {
  const bytes = sizes[part]!;
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes, `it is ${(bytes / 1000).toFixed(1)} kB`).toBeLessThanOrEqual(limit);
});

/** The code of a page that imports some functions of the library. */
async function pageOf(names: readonly string[]): Promise<string> {
  const index = fileURLToPath(new URL("../packages/downhill/src/index.ts", import.meta.url));
  const page = {
    name: "page",
    resolveId: (id: string) => (id === "page" ? id : null),
    load: (id: string) =>
      id === "page"
        ? `import { ${names.join(", ")} } from ${JSON.stringify(index)}; console.log(${names.join(", ")});`
        : null,
  };
  const build = await rolldown({ input: "page", plugins: [page] });
  const { output } = await build.generate();
  return output.map((file) => (file.type === "chunk" ? file.code : "")).join("\n");
}

test.each([
  ["exportOnnx", "LabelEncoder"],
  ["exportJs", "moduleOf("],
  ["exportSql", "DOUBLE PRECISION"],
])("only a page that imports %s contains its code", async (name, mark) => {
  expect(await pageOf([name])).toContain(mark);
  expect(await pageOf(["tableModel", "load", "crossValidate"])).not.toContain(mark);
});
