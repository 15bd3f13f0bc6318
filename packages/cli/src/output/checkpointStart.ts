export const FORMAT = "downhill checkpoint";

/** How a checkpoint file begins. */
export const checkpointStart = `{"format":"${FORMAT}"`;
