// The numbers that a chart can draw.

/** Whether a number is finite, and not so large that the ends of an axis beyond it would overflow. */
export const isDrawable = (value: number): boolean => Math.abs(value) < 1e300;
