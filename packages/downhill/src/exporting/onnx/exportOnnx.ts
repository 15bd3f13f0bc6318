import { type Exportable, type ModelForm, modelFormOf } from "../modelForm.ts";
import { arithmeticOf } from "./arithmetic.ts";
import { addColumns } from "./columnNodes.ts";
import { type Graph, graph, type Value } from "./graph.ts";
import { addScores } from "./scoreNodes.ts";

/**
 * Writes a fitted model as an ONNX file, for ONNX Runtime and the programs that contain it. All numbers are float64.
 *
 * The graph of a model of `tableModel` contains the preparation. Its inputs have the names of the columns and the shape rows × 1:
 * float64 for numbers, booleans (0 and 1), dates (milliseconds since 1970-01-01T00:00) and times (milliseconds since midnight),
 * where NaN is a missing cell; texts for categories, without spaces around them, where "" is a missing cell. A missing cell, a
 * category or a number that the model cannot read is an error of the runtime, whose message contains the column.
 *
 * The input of another model is "X" (float64, rows × columns). The output of a regression is "prediction"; a classifier has
 * "label" and "probabilities", an SVM "label" and "scores". If a column has the name of an output, this output has a number
 * after its name.
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
  addScores(own, form.preparation === null ? addMatrix(own, form) : addColumns(own, form.preparation), form);
  return own.bytes(`A model of downhill: ${form.kind}`, {});
}

/** The input of a model of numbers. */
function addMatrix(own: Graph, { features, names }: ModelForm): Value {
  const description = names === null ? "The numbers of each row" : `The columns ${names.join(", ")}`;
  const X = own.input("X", "double", features, description);
  const math = arithmeticOf(own);
  return math.rejectWhere(math.isNaN(math.subtract(X, X)), X, "X must be finite");
}
