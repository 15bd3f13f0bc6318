/** The numbers of a run: float64 by default, float32 where the data is. */
export type Vector = Float64Array | Float32Array;

/** The element type of a run's vectors. */
export type Element = "float64";

/** Bytes of one element. */
export const elementBytes = (element: Element): number => ({ float64: 8 })[element];
