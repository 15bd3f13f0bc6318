// A state as bytes, for a file.
import { InputRangeError } from "../../core/check.ts";
import { pack, unpack } from "../../core/packed.ts";
import { isState, type State } from "./state.ts";

const MARK = "downhill state 1"; // the digit is the version of the format

/** What `loadState` finds in the bytes of `saveState`. */
export interface SavedState {
  /** The state; null if none was saved. */
  readonly state: State | null;
  /** The notes; null if none were saved. */
  readonly notes: unknown;
}

/**
 * Turns a state into bytes, for a file. A run that resumes from the loaded state has the same bits as the uninterrupted run. The bytes
 * begin with a mark and a version, contain a checksum and no code, and hold every number with all its bits.
 *
 * @param state  from `step.state()`, or null for work that has none, such as a search between two fits
 * @param notes  plain data of your own that belong to it: objects, arrays, texts, numbers, Float64Array, Float32Array, Uint32Array [null]
 * @throws TypeError for notes of another kind
 *
 * @example
 * ```ts
 * import { linearRegression, loadState, saveState } from "downhill";
 *
 * const data = [[[1], [2], [4]], [3, 5, 8]] as const;
 * const model = linearRegression({ batchSize: 1, epochs: 9 });
 * let bytes = new Uint8Array();
 * for (const step of model.train(...data)) if (step.t === 4) bytes = saveState(step.state(), { rows: 3 });
 * const { state, notes } = loadState(bytes);
 * notes; // { rows: 3 }
 * const resumed = model.fit(...data, { resume: state! });
 * resumed.predict([[3]])[0] === model.fit(...data).predict([[3]])[0]; // true
 * ```
 */
export const saveState = (state: State | null, notes: unknown = null): Uint8Array<ArrayBuffer> =>
  pack("saveState", MARK, { state, notes });

/**
 * Reads the bytes of `saveState`.
 *
 * @throws RangeError for bytes that are not a saved state, have another version, are incomplete or were changed
 *
 * @example
 * ```ts
 * import { loadState, saveState } from "downhill";
 *
 * const bytes = saveState(null, { finished: Float64Array.of(0.5, -0) });
 * loadState(bytes).notes; // { finished: Float64Array.of(0.5, -0) }
 * ```
 */
export function loadState(bytes: Uint8Array): SavedState {
  const { state, notes } = unpack("loadState", MARK, bytes) as SavedState;
  if (state === null || isState(state)) return { state, notes };
  throw new InputRangeError(
    "loadState: the bytes must hold a state, got other data. Pass bytes that saveState returned.",
  );
}
