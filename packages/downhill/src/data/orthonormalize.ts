import { dot } from "../core/dot.ts";
/**
 * Overwrites linearly independent vectors with orthonormal vectors of the same span: vᵢ·vⱼ = δᵢⱼ, up to rounding. The first
 * vector keeps its direction. The method is modified Gram–Schmidt, done twice.
 *
 * Source: Giraud, Langou and Rozložník, “The loss of orthogonality in the Gram–Schmidt process”, 2005.
 */
export function orthonormalize(vectors: readonly Float64Array[]): void {
  vectors.forEach((vector, j) => {
    for (let pass = 0; pass < 2; pass++) {
      for (const earlier of vectors.slice(0, j)) {
        const along = dot(vector, earlier);
        for (let i = 0; i < vector.length; i++) vector[i]! -= along * earlier[i]!;
      }
    }
    const length = Math.sqrt(dot(vector, vector));
    for (let i = 0; i < vector.length; i++) vector[i]! /= length;
  });
}
