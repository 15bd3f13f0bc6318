// Test files that share a process must not change what the other files see. Vitest runs this file before each of them.
import { afterAll, expect } from "vitest";

const seen = () => ({
  globals: Object.getOwnPropertyNames(globalThis).filter((name) => !name.startsWith("__vitest")),
  worker: (globalThis as { Worker?: unknown }).Worker,
  environment: { ...process.env },
  folder: process.cwd(),
});

const before = seen();

afterAll(() => {
  const advice =
    "This test file changes its process. Add it to OWN_PROCESS in vitest.config.ts, so that it has a process of its own.";
  expect(seen(), advice).toEqual(before);
});
