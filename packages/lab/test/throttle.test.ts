// Texts that change often are drawn at once, then after a pause, with their latest state.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { throttled } from "../src/page/throttle.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the first call works at once, the calls in the pause work once at its end", () => {
  let state = 0;
  const drawn: number[] = [];
  const { soon } = throttled(100, () => drawn.push(state));
  for (state = 1; state <= 5; state++) {
    soon();
    vi.advanceTimersByTime(30);
  }
  // At 0 ms the state is 1, at 100 ms it is 4; the call at 120 ms waits until 200 ms.
  expect(drawn).toEqual([1, 4]);
  vi.advanceTimersByTime(100);
  expect(drawn).toEqual([1, 4, 6]);
  vi.advanceTimersByTime(1000);
  soon();
  expect(drawn.length).toBe(4);
});

test("now works at once, and nothing that waited follows it", () => {
  let calls = 0;
  const { now, soon } = throttled(100, () => calls++);
  now();
  soon();
  now();
  expect(calls).toBe(2);
  vi.advanceTimersByTime(1000);
  expect(calls).toBe(2);
});

test("work that asks for itself is done again after it, and not inside it; also after a failure", () => {
  const log: string[] = [];
  let asks = 2;
  let hasFailed = false;
  const { now } = throttled(100, () => {
    log.push("begin");
    if (asks-- > 0) now();
    if (asks < -1 && !hasFailed) {
      hasFailed = true;
      throw new Error("no");
    }
    log.push("end");
  });
  now();
  expect(log).toEqual(["begin", "end", "begin", "end", "begin", "end"]);
  expect(now).toThrow("no");
  now();
  expect(log.slice(6)).toEqual(["begin", "begin", "end"]);
});
