import { InputRangeError, InputTypeError, show } from "../core/check.ts";
import { unscaled } from "../estimators/fit/scaling.ts";
import type { LinearCoefficients } from "./coefficients.ts";
import { type Exportable, type ModelForm, modelFormOf } from "./modelForm.ts";

/** The coefficients of an exported model: every member is there. */
export interface ExportedCoefficients extends Required<LinearCoefficients> {
  /** One list per score, one number per column. */
  readonly coefficients: readonly (readonly number[])[];
  /** One number per score. */
  readonly intercepts: readonly number[];
}

/**
 * The coefficients of a model with linear scores, z_c = intercepts_c + Σ_j coefficients_cj x_j, in the units of the columns. The
 * columns of a model of `tableModel` are its features, such as "sex=male". `modelFromCoefficients` makes a model of them.
 *
 * @param model  a fitted model with linear scores
 * @throws TypeError for a network or a factorization; RangeError for a coefficient that float64 cannot hold
 *
 * @example
 * ```ts
 * import { exportCoefficients, linearRegression } from "downhill";
 *
 * const { names, coefficients } = exportCoefficients(linearRegression().fit([{ x: 1 }, { x: 2 }], [3, 5]));
 * names; // ["x"]
 * Math.round(coefficients[0]![0]!); // 2
 * ```
 */
export function exportCoefficients(model: Exportable): ExportedCoefficients {
  const form = modelFormOf("exportCoefficients", model);
  const [weights, intercepts] = linearScoresOf("exportCoefficients", form);
  if (form.threshold !== null) {
    throw new InputTypeError(
      `exportCoefficients: the model must have no threshold, got ${form.threshold}. Pass withThreshold(model, null), and compare ` +
        `the probability of ${show(form.classes![1])} with ${form.threshold} in your program.`,
    );
  }
  const infinite = [...weights.flat(), ...intercepts].find((value) => !Number.isFinite(value));
  if (infinite !== undefined) {
    throw new InputRangeError(
      `exportCoefficients: every coefficient must be finite in the units of its column, got ${infinite}. ` +
        "Multiply the columns with tiny numbers by a constant, and train again.",
    );
  }
  return {
    kind: form.link === "exp" ? "poisson" : (form.kind as "linear"),
    classes: form.classes,
    names: form.names,
    coefficients: weights,
    intercepts,
    means: form.preparation?.means ?? (form.scaling && [...form.scaling.shift]),
  };
}

/**
 * The coefficients (one list per score) and intercepts of linear scores, for features without scaling.
 *
 * @throws TypeError for a network
 */
function linearScoresOf(functionName: string, form: ModelForm): [number[][], number[]] {
  requireLinear(functionName, form);
  const { weights, intercepts, inputs } = form.layers[0]!;
  const own =
    form.scaling === null ? { coefficients: weights, intercepts } : unscaled(weights, intercepts, form.scaling);
  const lists = Array.from(own.intercepts, (_, c) => [...own.coefficients.subarray(c * inputs, (c + 1) * inputs)]);
  return [lists, [...own.intercepts]];
}

/** @throws TypeError for a network */
export function requireLinear(functionName: string, { kind }: ModelForm): void {
  if (kind !== "network") return;
  throw new InputTypeError(
    `${functionName}: the model must have linear scores, got a network. Use exportOnnx or exportJs.`,
  );
}
