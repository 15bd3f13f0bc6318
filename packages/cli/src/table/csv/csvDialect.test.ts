import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readDialect } from "./csvDialect.ts";

test("the delimiter is found, also if cells contain other delimiters", () => {
  const folder = mkdtempSync(join(tmpdir(), "downhill-"));
  const path = join(folder, "t.csv");
  const letters = fc.constantFrom(..."ab,;|\t 1");
  const words = fc.array(letters, { minLength: 1, maxLength: 6 }).map((all) => all.join(""));
  const shape = fc.record({ columns: fc.integer({ min: 2, max: 5 }), rows: fc.integer({ min: 1, max: 20 }) });
  try {
    fc.assert(
      fc.property(
        shape,
        fc.constantFrom(",", ";", "\t", "|"),
        fc.infiniteStream(words),
        ({ columns, rows }, delimiter, stream) => {
          // Every cell with a delimiter of any kind is quoted, as programs write it.
          const cell = () => {
            const text = `x${stream.next().value!}`;
            return /[,;|\t]/.test(text) ? `"${text}"` : text;
          };
          const names = Array.from({ length: columns }, (_, i) => `n${i}${delimiter === "," ? ";" : ","}`);
          const lines = Array.from({ length: rows }, () => Array.from({ length: columns }, cell).join(delimiter));
          writeFileSync(path, `${names.map((name) => `"${name}"`).join(delimiter)}\n${lines.join("\n")}\n`);
          expect(readDialect("test", { path, name: path })).toMatchObject({ skip: 0, delimiter, names });
        },
      ),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
