// Scores and predictions of one row, in plain JavaScript: the operations and their order are those of the kernels, so the bits
// are the same.
import { InputRangeError } from "../../core/check.ts";
import { exp, sigmoid, tanh } from "../../core/elementary.ts";
import type { Label } from "../../core/label.ts";
import { exponentiate } from "../../kernels/reference/activations.ts";
import type { ModelForm } from "../modelForm.ts";

const activations = { relu: (x: number) => (x < 0 ? 0 : x), tanh, sigmoid } as const;

/** The scores of a row of features. Throws RangeError if one is not finite. */
export function scoresOf(functionName: string, row: ArrayLike<number>, form: ModelForm): Float64Array {
  const { scaling, layers, activation } = form;
  let values = Float64Array.from(row, (x, j) => (scaling === null ? x : (x - scaling.shift[j]!) / scaling.scale[j]!));
  layers.forEach(({ inputs, outputs, weights, intercepts }, at) => {
    const previous = values;
    values = Float64Array.from({ length: outputs }, (_, c) => {
      if (outputs === 1) return dot(previous, weights) + intercepts[c]!;
      let sum = intercepts[c]!;
      for (let j = 0; j < inputs; j++) sum += previous[j]! * weights[c * inputs + j]!;
      return sum;
    });
    if (activation !== null && at < layers.length - 1) values = values.map(activations[activation]);
  });
  const infinite = values.find((score) => !Number.isFinite(score));
  if (infinite === undefined) return values;
  throw new InputRangeError(`${functionName}: the row must have finite scores, got ${infinite}. Pass smaller numbers.`);
}

/** Σ xᵢ yᵢ, added as the kernel adds: eight sums for groups of eight, which are then added in pairs, and the rest in order. */
function dot(x: Float64Array, y: Float64Array): number {
  const sums = new Float64Array(8);
  const groups = x.length - (x.length % 8);
  const pairs = x.length - (x.length % 2);
  for (let i = 0; i < pairs; i++) sums[i < groups ? i % 8 : i % 2]! += x[i]! * y[i]!;
  const [a, b, c, d, e, f, g, h] = sums as unknown as [number, number, number, number, number, number, number, number];
  let sum = a + c + (e + g) + (b + d + (f + h));
  if (pairs < x.length) sum += x[pairs]! * y[pairs]!;
  return sum;
}

/** The class of scores, or the number that a regression predicts. */
export function predictionOf(
  scores: Float64Array,
  { classes, threshold, link, targetScaling }: ModelForm,
): Label | number {
  const z = scores[0]!;
  if (classes !== null) {
    if (threshold !== null) return classes[probabilitiesOf(scores)[1]! >= threshold ? 1 : 0]!;
    if (scores.length === 1) return classes[z > 0 ? 1 : 0]!;
    return classes[scores.indexOf(scores.reduce((best, score) => (score > best ? score : best)))]!;
  }
  if (link === "exp") {
    const mean = exp(z);
    if (mean < Infinity) return mean;
    throw new InputRangeError(`predict: the row must have a finite mean e^z, got z = ${z}. Pass smaller numbers.`);
  }
  return targetScaling === null ? z : z * targetScaling.scale[0]! + targetScaling.shift[0]!;
}

/** The probabilities of the classes. */
export function probabilitiesOf(scores: Float64Array): number[] {
  if (scores.length === 1) {
    const second = sigmoid(scores[0]!);
    return [1 - second, second];
  }
  const probabilities = scores.slice();
  const { sum } = exponentiate(probabilities);
  return Array.from(probabilities, (e) => e / sum);
}
