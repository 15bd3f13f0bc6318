import { extentOf, lossCurve } from "@downhill/plots";
import type { TrainedRun } from "../../training/trainedRun.ts";
import type { Picture } from "../figure.ts";

const FAR = 20; // if the largest value is this many times the smallest, a logarithmic axis shows more
const LONG = 200; // from this number of epochs, the first ones can be seen only on a logarithmic axis

/** The error on the training rows and on the held-out rows during training. */
export function errorPictures({ errors }: TrainedRun): Picture[] {
  if (errors === null) return [];
  const { name, epochs: x, training, heldOut } = errors;
  const runs = [
    { name: "training rows", values: training, x },
    { name: "held-out rows", values: heldOut, x },
  ];
  const xScale = x.at(-1)! >= LONG ? ("log" as const) : ("linear" as const);
  const yScale = isFar(training, heldOut) ? ("log" as const) : ("linear" as const);
  const spec = lossCurve({ title: `${name} during training`, runs, xScale, yScale, xName: "Epoch", yName: name });
  const remark =
    "The model is not trained on the held-out rows. It overfits where the error on the held-out rows rises while the error on the training rows falls.";
  return [{ spec, remark }];
}

/** The loss after each epoch; where it changed much, on a linear and on a logarithmic axis. */
export function lossPictures({ fitted }: TrainedRun): Picture[] {
  const { objective, batchLoss, validation } = fitted.history;
  const values = objective ?? batchLoss;
  const x = Float64Array.from(values, (_, epoch) => epoch + 1);
  const runs = [
    { name: validation ? "training rows plus penalty" : "", values, x },
    ...(validation ? [{ name: "validation rows", values: validation, x }] : []),
  ].map(({ name, ...run }) => (name === "" ? run : { name, ...run }));
  const xScale = values.length >= LONG ? ("log" as const) : ("linear" as const);
  const title = objective ? "Loss after each epoch" : "Mean loss of the batches of each epoch";
  const words = { runs, xScale, xName: "Epoch", yName: "Loss" };
  if (!isFar(values, validation ?? [])) return [{ spec: lossCurve({ ...words, title }) }];
  return [
    { spec: lossCurve({ ...words, title }) },
    { spec: lossCurve({ ...words, title: `${title}, with a logarithmic axis`, yScale: "log" }) },
  ];
}

/** Whether the values differ so much that a logarithmic axis shows more. */
function isFar(...lists: readonly ArrayLike<number>[]): boolean {
  const [low, high] = extentOf(...lists) ?? [0, 0];
  return low > 0 && high / low > FAR;
}
