import type { Transform } from "./transform.ts";

/**
 * A transform for linear scores w·x + b: the direction is that of gradient descent on the columns z = (x − shift) / scale, for the
 * same objective. With the gradient g of w and h of b, the direction of w is d = (g − h shift) / scale², and that of b is h − d·shift.
 * It depends on the columns only, so it is a fixed preconditioner. l1 is not possible with it.
 *
 * @param columns  a shift and a scale above 0 for each column
 */
export function scaleByColumns({ shift, scale }: { shift: Float64Array; scale: Float64Array }): Transform {
  const d = shift.length;
  const squares = scale.map((s) => s * s);
  return {
    slots: 0,
    apply(direction) {
      const outputs = direction.length / (d + 1);
      for (let c = 0, at = 0; c < outputs; c++) {
        const intercept = d * outputs + c;
        const slope = direction[intercept]!;
        let rest = slope;
        for (let j = 0; j < d; j++, at++) {
          const step = (direction[at]! - slope * shift[j]!) / squares[j]!;
          direction[at] = step;
          rest -= step * shift[j]!;
        }
        direction[intercept] = rest;
      }
    },
  };
}
