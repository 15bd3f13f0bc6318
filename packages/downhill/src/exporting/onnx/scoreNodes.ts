// The nodes that compute scores, probabilities and predictions from features.
import type { Label } from "../../core/label.ts";
import type { ModelForm } from "../modelForm.ts";
import { type Graph, types, type Value } from "./graph.ts";

const activations = { relu: "Relu", tanh: "Tanh", sigmoid: "Sigmoid" } as const;

/** Adds the nodes of the scores, and those of the outputs. */
export function addScores(graph: Graph, features: Value, form: ModelForm): void {
  const scores = scoresOf(graph, features, form);
  if (form.classes === null) addPrediction(graph, scores, form);
  else addClasses(graph, scores, form, form.classes);
}

/** The scores (rows × outputs). */
function scoresOf(graph: Graph, features: Value, { scaling, layers, activation }: ModelForm): Value {
  let value = features;
  if (scaling !== null) {
    value = graph.node("Sub", [value, graph.numbers(scaling.shift, [1, scaling.shift.length])]);
    value = graph.node("Div", [value, graph.numbers(scaling.scale, [1, scaling.scale.length])]);
  }
  layers.forEach(({ inputs, outputs, weights, intercepts }, at) => {
    const W = graph.numbers(weights, [outputs, inputs]);
    value = graph.node("Gemm", [value, W, graph.numbers(intercepts, [outputs])], { transB: 1 });
    if (activation !== null && at < layers.length - 1) value = graph.node(activations[activation], [value]);
  });
  return value;
}

function addPrediction(graph: Graph, scores: Value, { link, targetScaling }: ModelForm): void {
  let value = link === "exp" ? graph.node("Exp", [scores]) : scores;
  if (targetScaling !== null) {
    value = graph.node("Mul", [value, graph.numbers(targetScaling.scale, [1])]);
    value = graph.node("Add", [value, graph.numbers(targetScaling.shift, [1])]);
  }
  graph.output("prediction", flat(graph, value), "double", null, "The predicted number of each row");
}

function addClasses(graph: Graph, scores: Value, form: ModelForm, classes: readonly Label[]): void {
  const { link, layers } = form;
  const k = layers.at(-1)!.outputs;
  const probabilities = link === "sign" ? null : probabilitiesOf(graph, scores, k);
  const { values, type } = classTensor(graph, classes);
  const label = graph.node("Gather", [values, positionOf(graph, { scores, probabilities }, form)]);
  graph.output("label", label, type, null, "The predicted class of each row");
  const order = classes.join(", ");
  if (probabilities === null) graph.output("scores", scores, "double", k, "The scores of each row");
  else
    graph.output("probabilities", probabilities, "double", classes.length, `The probability of each class: ${order}`);
}

/** The probabilities of all classes. */
function probabilitiesOf(graph: Graph, scores: Value, k: number): Value {
  if (k > 1) return graph.node("Softmax", [scores], { axis: 1 });
  const second = graph.node("Sigmoid", [scores]);
  return graph.node("Concat", [graph.node("Sub", [graph.numbers([1], [1]), second]), second], { axis: 1 });
}

/** The position of the predicted class of each row. */
function positionOf(
  graph: Graph,
  { scores, probabilities }: { readonly scores: Value; readonly probabilities: Value | null },
  { threshold, layers }: ModelForm,
): Value {
  const integer = { to: types.int64 };
  if (threshold !== null) {
    const second = graph.node("Gather", [probabilities!, graph.integers([1], [1])], { axis: 1 });
    const isSecond = graph.node("GreaterOrEqual", [second, graph.numbers([threshold], [1])]);
    return flat(graph, graph.node("Cast", [isSecond], integer));
  }
  if (layers.at(-1)!.outputs > 1) return graph.node("ArgMax", [scores], { axis: 1, keepdims: 0 });
  return flat(graph, graph.node("Cast", [graph.node("Greater", [scores, graph.numbers([0], [1])])], integer));
}

/** A column as a list. */
const flat = (graph: Graph, column: Value): Value => graph.node("Reshape", [column, graph.integers([-1], [1])]);

/** The classes as a constant: truth values, integers, numbers, or texts. */
function classTensor(graph: Graph, classes: readonly Label[]) {
  const shape = [classes.length];
  if (classes.every((label) => typeof label === "boolean")) {
    return { values: graph.booleans(classes, shape), type: "bool" } as const;
  }
  if (classes.every((label) => typeof label === "number")) {
    return classes.every(Number.isSafeInteger)
      ? ({ values: graph.integers(classes, shape), type: "int64" } as const)
      : ({ values: graph.numbers(classes, shape), type: "double" } as const);
  }
  return { values: graph.texts(classes.map(String), shape), type: "string" } as const;
}
