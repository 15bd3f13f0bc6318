// A page contains only the charts that it draws: a chart is registered in its own spec, and `draw` names no chart.

import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { expect, test } from "vitest";

const source = fileURLToPath(new URL("../src/", import.meta.url));

test("a bundle with one loss curve contains the file of no other chart", async () => {
  const entry = "virtual:entry";
  const bundle = await rolldown({
    input: entry,
    plugins: [
      {
        name: "entry",
        resolveId: (id) => (id === entry ? { id } : null),
        load: (id) =>
          id === entry
            ? `import { draw, lossCurve } from ${JSON.stringify(`${source}index.ts`)};
               console.log(draw(lossCurve({ title: "Loss", runs: [{ values: [2, 1] }] })));`
            : null,
      },
    ],
  });
  const { output } = await bundle.generate({ format: "esm" });
  const rendered = output.flatMap((each) => (each.type === "chunk" ? Object.entries(each.modules) : []));
  const used = rendered.filter(([, { renderedLength }]) => renderedLength > 0).map(([id]) => id);
  const charts = readdirSync(`${source}charts`).filter((file) => !file.endsWith(".test.ts"));
  expect(charts.length).toBeGreaterThan(10);
  expect(used.map((id) => basename(id)).filter((file) => charts.includes(file))).toEqual(["lossCurve.ts"]);
  const folders = used.flatMap((id) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replaceAll("\\", "/"))?.[0] ?? []);
  const packages = [...new Set(folders)].map((folder) => basename(folder));
  expect(packages.length).toBeGreaterThan(4);
  expect(new Set(packages).size, "a package has two versions").toBe(packages.length);
});
