/** The width of the margin of a linear score: 2 / ‖w‖. @param weights  w, without the intercept */
export const marginWidth = (weights: ArrayLike<number>): number =>
  2 / Math.sqrt(Array.from(weights).reduce((sum, weight) => sum + weight * weight, 0));
