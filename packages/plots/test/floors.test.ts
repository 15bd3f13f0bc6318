// Imports go down only: base, then scene, then charts, then what puts them together.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const source = fileURLToPath(new URL("../src/", import.meta.url));
const floors = ["base", "scene", "charts", ""];
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
);

/** Folder of a file below src. */
const folder = (file: string): string => (file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : "");

const imports = new Map(
  files.map((file) => {
    const found = [...readFileSync(source + file, "utf8").matchAll(/from "(\.[^"]+)"/g)].map(([, path = ""]) =>
      new URL(path, `file:///${file}`).pathname.slice(1),
    );
    return [file, found];
  }),
);

test.each(files)("%s imports from its own floor or one below", (file) => {
  const floor = floors.indexOf(folder(file));
  expect(floor).toBeGreaterThanOrEqual(0);
  for (const other of imports.get(file)!) {
    expect(files).toContain(other);
    expect(floors.indexOf(folder(other))).toBeLessThanOrEqual(floor);
    if (folder(file) === "charts") expect(folder(other)).not.toBe("charts");
  }
});

test("no file imports itself by a detour", () => {
  const visit = (file: string, path: readonly string[]): void => {
    expect(path, [...path, file].join(" → ")).not.toContain(file);
    for (const other of imports.get(file)!) visit(other, [...path, file]);
  };
  for (const file of files) visit(file, []);
});
