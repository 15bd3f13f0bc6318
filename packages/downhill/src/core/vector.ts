/** A list of numbers: float64, or float32 for data and runs in float32. */
export type Vector = Float64Array | Float32Array;

/** The element type: the type of the numbers of a run. */
export type Element = "float64" | "float32";

/** Bytes of one number. */
export const elementBytes = (element: Element): number => ({ float64: 8, float32: 4 })[element];

/** The element type of a vector. */
export const elementOf = (vector: Vector): Element => (vector instanceof Float32Array ? "float32" : "float64");

/** `length` zeros. */
export const zeros = (element: Element, length: number): Vector =>
  element === "float32" ? new Float32Array(length) : new Float64Array(length);

/** The `length` numbers at a byte offset of a buffer. */
export const viewOf = (element: Element, buffer: ArrayBuffer, at: number, length: number): Vector =>
  element === "float32" ? new Float32Array(buffer, at, length) : new Float64Array(buffer, at, length);
