// The built page: its size, and that it works in any folder of a server.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

const site = fileURLToPath(new URL("../dist/site/", import.meta.url));
const assets = readdirSync(`${site}assets`);
const kilobytes = (start: string): number =>
  assets
    .filter((name) => name.startsWith(start) && name.endsWith(".js"))
    .reduce((sum, name) => sum + gzipSync(readFileSync(`${site}assets/${name}`)).length / 1000, 0);

// Of the page's script, 3 kB are for legends that hide series, rows that are read, the choices of the model's charts, parts of charts, and
// the summary of a run. The worker has the library's function of hidden outputs, and not one of its own.
// Of the page's script, 0.4 kB are for marks of runs that do not cover each other, and for messages that say what to do.
test("the page's script has at most 68.5 kB, and the worker at most 232 kB", () => {
  expect(kilobytes("index")).toBeGreaterThan(10);
  expect(kilobytes("index")).toBeLessThan(68.5);
  expect(kilobytes("worker")).toBeGreaterThan(100);
  expect(kilobytes("worker")).toBeLessThan(232);
});

test("all addresses are relative", () => {
  const html = readFileSync(`${site}index.html`, "utf8");
  const addresses = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
  expect(addresses.length).toBeGreaterThan(2);
  expect(addresses.filter((address) => !/^(\.\/|#|data:)/.test(address))).toEqual([]);
});
