/** A list of numbers: float64, or float32 for data and runs in float32. */
export type Vector = Float64Array | Float32Array;

/** The element type: the type of the numbers of a run. */
export type ElementType = "float64" | "float32";

/** Bytes of one number. */
export const elementBytes = (elementType: ElementType): number => ({ float64: 8, float32: 4 })[elementType];

/** The element type of a vector. */
export const elementTypeOf = (vector: Vector): ElementType => (vector instanceof Float32Array ? "float32" : "float64");

/** `length` zeros. */
export const zeros = (elementType: ElementType, length: number): Vector =>
  elementType === "float32" ? new Float32Array(length) : new Float64Array(length);

/** The `length` numbers at a byte offset of a buffer. */
export const viewOf = (elementType: ElementType, buffer: ArrayBuffer, at: number, length: number): Vector =>
  elementType === "float32" ? new Float32Array(buffer, at, length) : new Float64Array(buffer, at, length);
