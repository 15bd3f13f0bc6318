// The losses by number. TypeScript and AssemblyScript both import this file.
export const halfSquared = 0;
export const logistic = 1;
export const hinge = 2;
export const squaredHinge = 3;
export const crossEntropy = 4;
export const huber = 5;
export const poisson = 6;
