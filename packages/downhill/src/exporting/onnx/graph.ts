// Collects the nodes, constants, inputs and outputs of an ONNX graph, and writes the model. The numbers of the fields and types
// are those of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
import { bytesField, integerField, joined, messageField, textField } from "./protobuf.ts";

/** The element types of tensors. */
export const types = { int64: 7, string: 8, bool: 9, double: 11 } as const;

/** The name of an element type. */
export type TensorType = keyof typeof types;

/** The name of a value in the graph. */
export type Value = string;

/** An attribute: a number is an integer, a list of numbers has integers. */
export type Attribute = number | string | readonly number[] | readonly string[];

/** A part of a graph that is built step by step. */
export interface Graph {
  /** An input with a row for each example: numbers or texts of the shape [rows, columns]. */
  input(name: string, type: TensorType, columns: number, description: string): Value;
  /** A constant of float64 numbers. */
  numbers(values: ArrayLike<number>, shape: readonly number[]): Value;
  /** A constant of integers. */
  integers(values: readonly number[], shape: readonly number[]): Value;
  /** A constant of truth values. */
  booleans(values: readonly boolean[], shape: readonly number[]): Value;
  /** A constant of texts. */
  texts(values: readonly string[], shape: readonly number[]): Value;
  /** A node with one output. `label` is its name, which a runtime prints with an error. */
  node(operator: string, inputs: readonly Value[], attributes?: Attributes, label?: string): Value;
  /** Makes a value an output of the model. `columns` is null for one value per row. */
  output(name: string, value: Value, type: TensorType, columns: number | null, description: string): void;
  /** The bytes of the model. */
  bytes(description: string, metadata: Readonly<Record<string, string>>): Uint8Array;
}

type Attributes = Readonly<Record<string, Attribute>>;

// Version 17 of the standard operators and version 2 of those for machine learning contain every operator that we need.
const STANDARD = 17;
const MACHINE_LEARNING = 2;
const IR_VERSION = 8;

/** The operators of the domain ai.onnx.ml. */
const machineLearning = ["LabelEncoder"];

/** Makes an empty graph. */
export function graph(): Graph {
  const nodes: Uint8Array[] = [];
  const constants: Uint8Array[] = [];
  const inputs: Uint8Array[] = [];
  const outputs: Uint8Array[] = [];
  const used = new Set<string>();

  /** The name, or the name and a number if it is in use. A runtime in C cannot read names that contain the character 0. */
  function unique(requested: string): string {
    const name = requested.replaceAll("\0", "\ufffd");
    let free = name;
    for (let n = 2; used.has(free) || free === ""; n++) free = `${name} ${n}`;
    used.add(free);
    return free;
  }

  function constant(type: TensorType, shape: readonly number[], data: readonly Uint8Array[]): Value {
    const name = unique("constant");
    constants.push(
      messageField(
        5,
        ...shape.map((size) => integerField(1, size)),
        integerField(2, types[type]),
        textField(8, name),
        ...data,
      ),
    );
    return name;
  }

  return {
    input(column, type, columns, description) {
      const name = unique(column);
      inputs.push(messageField(11, ...valueInfo(name, type, [columns], description)));
      return name;
    },
    numbers(values, shape) {
      const bytes = new DataView(new ArrayBuffer(8 * values.length));
      for (let i = 0; i < values.length; i++) bytes.setFloat64(8 * i, values[i]!, true);
      return constant("double", shape, [bytesField(9, new Uint8Array(bytes.buffer))]);
    },
    integers(values, shape) {
      const bytes = new DataView(new ArrayBuffer(8 * values.length));
      values.forEach((value, i) => {
        bytes.setBigInt64(8 * i, BigInt(value), true);
      });
      return constant("int64", shape, [bytesField(9, new Uint8Array(bytes.buffer))]);
    },
    booleans: (values, shape) => constant("bool", shape, [bytesField(9, Uint8Array.from(values, Number))]),
    texts: (values, shape) =>
      constant(
        "string",
        shape,
        values.map((value) => textField(6, value)),
      ),
    node(operator, from, attributes = {}, label = operator) {
      const value = unique(label);
      nodes.push(
        messageField(
          1,
          ...from.map((input) => textField(1, input)),
          textField(2, value),
          textField(3, value),
          textField(4, operator),
          ...Object.entries(attributes).map(([name, attribute]) =>
            messageField(5, ...attributeFields(name, attribute)),
          ),
          ...(machineLearning.includes(operator) ? [textField(7, "ai.onnx.ml")] : []),
        ),
      );
      return value;
    },
    output(requested, value, type, columns, description) {
      const name = unique(requested);
      nodes.push(
        messageField(1, textField(1, value), textField(2, name), textField(3, name), textField(4, "Identity")),
      );
      outputs.push(messageField(12, ...valueInfo(name, type, columns === null ? [] : [columns], description)));
    },
    bytes: (description, metadata) =>
      joined([
        integerField(1, IR_VERSION),
        textField(2, "downhill"),
        textField(6, description),
        messageField(7, ...nodes, textField(2, "model"), ...constants, ...inputs, ...outputs),
        messageField(8, textField(1, ""), integerField(2, STANDARD)),
        messageField(8, textField(1, "ai.onnx.ml"), integerField(2, MACHINE_LEARNING)),
        ...Object.entries(metadata).map(([name, value]) => messageField(14, textField(1, name), textField(2, value))),
      ]),
  };
}

/** The description of an input or an output whose first dimension is the number of rows. */
function valueInfo(name: string, type: TensorType, sizes: readonly number[], description: string): Uint8Array[] {
  const rows = messageField(1, textField(2, "rows"));
  const dimensions = [rows, ...sizes.map((size) => messageField(1, integerField(1, size)))];
  return [
    textField(1, name),
    messageField(2, messageField(1, integerField(1, types[type]), messageField(2, ...dimensions))),
    textField(3, description),
  ];
}

function attributeFields(name: string, attribute: Attribute): Uint8Array[] {
  const kind = (code: number): Uint8Array => integerField(20, code);
  const start = textField(1, name);
  if (typeof attribute === "number") return [start, integerField(3, attribute), kind(2)];
  if (typeof attribute === "string") return [start, textField(4, attribute), kind(3)];
  return attribute.every((entry) => typeof entry === "number")
    ? [start, ...attribute.map((entry) => integerField(8, entry as number)), kind(7)]
    : [start, ...attribute.map((entry) => textField(9, entry as string)), kind(8)];
}
