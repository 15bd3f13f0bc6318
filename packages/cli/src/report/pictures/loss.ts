import { lossCurve } from "@downhill/plots";
import type { TrainedRun } from "../../train/teller.ts";
import type { Picture } from "../figure.ts";

const SIDE_BY_SIDE = 20; // from this ratio of largest to smallest loss on, a logarithmic axis shows more
const LONG = 200; // from so many epochs on, the first ones need a logarithmic axis to be seen

/** The loss after each epoch; where it fell far, on a linear and on a logarithmic axis. */
export function lossPictures({ fitted }: TrainedRun): Picture[] {
  const { objective, batchLoss, heldOut } = fitted.history;
  const values = objective ?? batchLoss;
  const x = Float64Array.from(values, (_, epoch) => epoch + 1);
  const runs = [
    { name: heldOut ? "training rows, with the penalty" : "", values, x },
    ...(heldOut ? [{ name: "watched rows", values: heldOut, x }] : []),
  ].map(({ name, ...run }) => (name === "" ? run : { name, ...run }));
  const { low, high } = rangeOf([values, heldOut ?? []]);
  const far = low > 0 && high / low > SIDE_BY_SIDE;
  const xScale = values.length >= LONG ? ("log" as const) : ("linear" as const);
  const words = { runs, xScale, xName: "Epoch", yName: "Loss" };
  if (!far) return [{ spec: lossCurve({ ...words, title: "Loss after each epoch" }), full: true }];
  return [
    { spec: lossCurve({ ...words, title: "Loss after each epoch" }) },
    { spec: lossCurve({ ...words, title: "The same on a logarithmic axis", yScale: "log" }) },
  ];
}

/** The least and the largest number; the lists may be longer than a call has room for arguments. */
function rangeOf(lists: readonly (readonly number[])[]): { low: number; high: number } {
  const range = { low: Infinity, high: -Infinity };
  for (const list of lists) {
    for (const value of list) {
      if (value < range.low) range.low = value;
      if (value > range.high) range.high = value;
    }
  }
  return range;
}
