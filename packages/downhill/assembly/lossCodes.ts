// The losses by number, as lossCodes in src/kernels/kernels.ts.

export const HALF_SQUARED = 0;
export const LOGISTIC = 1;
export const HINGE = 2;
export const SQUARED_HINGE = 3;
export const CROSS_ENTROPY = 4;
