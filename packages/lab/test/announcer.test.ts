// The live region has at most one message every five seconds, and never loses the last one.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { announcer } from "../src/page/announcer.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the first text is announced at once, and of the texts in the next five seconds only the last one, at their end", () => {
  const spoken: [number, string][] = [];
  const start = Date.now();
  const { announce } = announcer((text) => spoken.push([Date.now() - start, text]));
  for (const text of ["ready", "good", "large", "diverged"]) {
    announce(text);
    vi.advanceTimersByTime(1000);
  }
  expect(spoken).toEqual([[0, "ready"]]);
  vi.advanceTimersByTime(1000);
  expect(spoken).toEqual([
    [0, "ready"],
    [5000, "diverged"],
  ]);

  vi.advanceTimersByTime(2000);
  announce("healthy"); // 2 s after the second message, so it waits for 3 s
  vi.advanceTimersByTime(2999);
  expect(spoken.length).toBe(2);
  vi.advanceTimersByTime(1);
  expect(spoken.at(-1)).toEqual([10_000, "healthy"]);
});

test("what an action has done is announced at once, and the text that waits follows", () => {
  const spoken: string[] = [];
  const { announce, now } = announcer((text) => spoken.push(text));
  announce("ready");
  announce("good");
  now("Run A is kept.");
  expect(spoken).toEqual(["ready", "Run A is kept."]);
  vi.advanceTimersByTime(20_000);
  expect(spoken).toEqual(["ready", "Run A is kept.", "good"]);
});

test("a text that is announced again is not repeated; after five quiet seconds another one comes at once", () => {
  const spoken: string[] = [];
  const { announce } = announcer((text) => spoken.push(text));
  announce("good");
  announce("good");
  vi.advanceTimersByTime(20_000);
  announce("good");
  expect(spoken).toEqual(["good"]);
  announce("large");
  expect(spoken).toEqual(["good", "large"]);
});
