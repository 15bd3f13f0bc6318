import { type Exportable, modelFormOf } from "../modelForm.ts";
import { graph } from "./graph.ts";
import { addScores } from "./scoreNodes.ts";

/**
 * Writes a fitted model as an ONNX file, for ONNX Runtime and the programs that contain it. All numbers are float64.
 *
 * The input of a model of numbers is "X" (float64, rows × columns). The output of a regression is "prediction"; a classifier
 * has "label" and "probabilities", an SVM "label" and "scores".
 *
 * @param model  a fitted model, except a factorization
 * @returns the bytes of the file
 * @throws TypeError for a factorization
 *
 * @example
 * ```ts
 * import { exportOnnx, logisticRegression } from "downhill";
 *
 * const model = logisticRegression().fit([[1], [2], [6], [7]], ["no", "no", "yes", "yes"]);
 * exportOnnx(model).length > 100; // true
 * ```
 */
export function exportOnnx(model: Exportable): Uint8Array {
  const form = modelFormOf("exportOnnx", model);
  const own = graph();
  const X = own.input("X", "double", form.features, `The columns: ${(form.names ?? []).join(", ")}`);
  addScores(own, X, form);
  return own.bytes(`A model of downhill: ${form.kind}`, {});
}
