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

/** The scripts that the page needs for its first picture: its own, and those that this one imports at once. */
const firstScripts = (): number => {
  const html = readFileSync(`${site}index.html`, "utf8");
  return [...html.matchAll(/(?:src|href)="\.\/assets\/([^"]+)\.js"/g)].reduce(
    (sum, [, name]) => sum + kilobytes(name!),
    0,
  );
};

// The dialogs, the examples, the gallery of data, the table of runs, the files of pictures, and what some parts of the model show load after the first picture (`page/laterParts.ts`).
test("the scripts of the page have at most 55.5 kB, those that load later 23.5 kB, and the worker 237 kB", () => {
  expect(firstScripts()).toBeGreaterThan(20);
  expect(firstScripts()).toBeLessThan(55.5);
  expect(kilobytes("laterParts")).toBeGreaterThan(10);
  expect(kilobytes("laterParts")).toBeLessThan(23.5);
  expect(kilobytes("worker")).toBeGreaterThan(100);
  expect(kilobytes("worker")).toBeLessThan(237);
});

test("all addresses are relative", () => {
  const html = readFileSync(`${site}index.html`, "utf8");
  const addresses = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
  expect(addresses.length).toBeGreaterThan(2);
  expect(addresses.filter((address) => !/^(\.\/|#|data:)/.test(address))).toEqual([]);
});
