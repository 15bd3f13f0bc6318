// Nodes for arithmetic with columns of float64 numbers.
import { type Graph, types, type Value } from "./graph.ts";

/** A value of the graph, or a number. */
export type Operand = Value | number;

type Binary = (a: Operand, b: Operand) => Value;

/** Functions that add one node, or a few. */
export interface Arithmetic {
  readonly add: Binary;
  readonly subtract: Binary;
  readonly multiply: Binary;
  readonly divide: Binary;
  readonly floor: (a: Value) => Value;
  /** The larger of a number and 0. */
  readonly positive: (a: Value) => Value;
  /** Comparisons; 1 for true and 0 for false. */
  readonly atLeast: Binary;
  readonly equal: Binary;
  readonly isNaN: (a: Value) => Value;
  /** The first number where the condition, 1 or 0, is 1, and the second elsewhere. */
  readonly choose: (condition: Value, a: Operand, b: Operand) => Value;
  /** The value, with an error of the runtime in a row where the condition is 1. `rule` is in the message of the error. */
  readonly rejectWhere: (condition: Value, value: Value, rule: string) => Value;
}

/** The arithmetic of a graph. */
export function arithmeticOf(graph: Graph): Arithmetic {
  const operand = (a: Operand): Value => (typeof a === "number" ? graph.numbers([a], [1]) : a);
  const binary =
    (operator: string): Binary =>
    (a, b) =>
      graph.node(operator, [operand(a), operand(b)]);
  const number = (truth: Value): Value => graph.node("Cast", [truth], { to: types.double });
  return {
    add: binary("Add"),
    subtract: binary("Sub"),
    multiply: binary("Mul"),
    divide: binary("Div"),
    floor: (a) => graph.node("Floor", [a]),
    positive: (a) => graph.node("Max", [a, operand(0)]),
    atLeast: (a, b) => number(binary("GreaterOrEqual")(a, b)),
    equal: (a, b) => number(binary("Equal")(a, b)),
    isNaN: (a) => number(graph.node("IsNaN", [a])),
    choose: (condition, a, b) =>
      graph.node("Where", [graph.node("Cast", [condition], { to: types.bool }), operand(a), operand(b)]),
    rejectWhere(condition, value, rule) {
      // ONNX has no operator for errors. The list has the position 0 only, so the position 1 is an error.
      const position = graph.node("Cast", [condition], { to: types.int64 });
      return graph.node("Add", [value, graph.node("Gather", [graph.numbers([0], [1]), position], {}, rule)]);
    },
  };
}
