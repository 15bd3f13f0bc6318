// The nodes that compute scores, probabilities and predictions from features.
import type { Label } from "../../core/label.ts";
import type { ModelForm } from "../modelForm.ts";
import type { Graph, Value } from "./graph.ts";

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
  const flat = graph.node("Reshape", [value, graph.integers([-1], [1])]);
  graph.output("prediction", flat, "double", null, "The predicted number of each row");
}

function addClasses(graph: Graph, scores: Value, { link, layers }: ModelForm, classes: readonly Label[]): void {
  const k = layers.at(-1)!.outputs;
  const position =
    k > 1
      ? graph.node("ArgMax", [scores], { axis: 1, keepdims: 0 })
      : graph.node("Reshape", [
          graph.node("Cast", [graph.node("Greater", [scores, graph.numbers([0], [1])])], { to: 7 }),
          graph.integers([-1], [1]),
        ]);
  const { values, type } = classTensor(graph, classes);
  graph.output("label", graph.node("Gather", [values, position]), type, null, "The predicted class of each row");
  if (link === "sign") {
    graph.output("scores", scores, "double", k, "The scores of each row");
    return;
  }
  const linked = k > 1 ? graph.node("Softmax", [scores], { axis: 1 }) : graph.node("Sigmoid", [scores]);
  const both =
    k > 1 ? linked : graph.node("Concat", [graph.node("Sub", [graph.numbers([1], [1]), linked]), linked], { axis: 1 });
  const description = `The probability of each class: ${classes.join(", ")}`;
  graph.output("probabilities", both, "double", classes.length, description);
}

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
