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
    "This test file changes its process. Restore what it has changed, because other test files share the process.";
  expect(seen(), advice).toEqual(before);
});
