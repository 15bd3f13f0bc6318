import { expect, test } from "vitest";
import { classification, run } from "../../../test/problems.ts";
import { adam } from "../../optimizers/adam.ts";
import { loadState, saveState } from "./savedState.ts";

const options = { batchSize: 7, epochs: 3, average: {}, stop: { validation: classification(5, 3, {}, 2) } };
const state = run(classification(23, 3).problem, adam(0.1), options).last.state();

test("a state and its notes come back as they were", () => {
  const notes = { done: [0.25, Number.POSITIVE_INFINITY], rows: Uint32Array.of(3, 1), text: "déjà" };
  expect(loadState(saveState(state, notes))).toStrictEqual({ state, notes });
  expect(loadState(saveState(null))).toStrictEqual({ state: null, notes: null });
});

test("the loaded vectors have memory of their own", () => {
  const loaded = loadState(saveState(state)).state!;
  expect(loaded.params.buffer.byteLength).toBe(loaded.params.byteLength);
});

test.each([{}, { ...state, params: null }, { ...state, progress: { ...state.progress, history: undefined } }])(
  "data that are no state throw",
  (other) => {
    expect(() => loadState(saveState(other as never))).toThrow(
      "loadState: the bytes must hold a state, got other data. Pass bytes that saveState returned.",
    );
  },
);
