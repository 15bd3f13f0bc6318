// Every chart as a file in snapshots/, in both themes: a reviewer sees each change of a picture.
// `npx vitest run packages/plots/test/snapshots.test.ts -u` writes the files; look at them before you commit them.

import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { draw, scene } from "../src/index.ts";
import { textFaults } from "./boxes.ts";
import { svgFaults } from "./safe.ts";
import { showcase } from "./showcase.ts";

test.each(Object.keys(showcase))("%s", async (name) => {
  const svg = draw(showcase[name]!, { theme: "auto", id: name });
  expect(textFaults(scene(showcase[name]!))).toEqual([]);
  expect(svgFaults(svg)).toEqual([]);
  await expect(svg).toMatchFileSnapshot(`snapshots/${name}.svg`);
});

test("every file belongs to a chart", () => {
  const files = readdirSync(fileURLToPath(new URL("snapshots/", import.meta.url)));
  expect(files.sort()).toEqual(
    Object.keys(showcase)
      .map((name) => `${name}.svg`)
      .sort(),
  );
});
