// The nodes that turn the columns of the user into features, as prepareRows does.
import { show } from "../../core/check.ts";
import type {
  DateEncoding,
  DenseColumn,
  DensePreparation,
  Fill,
  OneHotEncoding,
  Preparation,
  PreparedColumn,
} from "../../tables/preparation/preparation.ts";
import { DAY, HOUR } from "../../tables/reading/calendar.ts";
import type { ReadRule } from "../../tables/reading/readRule.ts";
import { missingNumbers } from "../missingMarks.ts";
import { type Arithmetic, arithmeticOf } from "./arithmetic.ts";
import { addCalendar } from "./calendarNodes.ts";
import { addExpansion } from "./expansionNodes.ts";
import { type Graph, types, type Value } from "./graph.ts";

/** Adds an input for each column, and the nodes of the features. Returns the features (rows × features). */
export function addColumns(graph: Graph, preparation: DensePreparation): Value {
  const { columns, expansion, means, unseen } = preparation;
  const inputs = columns.map(({ name, read }) => {
    const isText = read.kind === "category" || read.kind === "ordinal";
    return graph.input(name, isText ? "string" : "double", 1, descriptionOf(read));
  });
  const math = arithmeticOf(graph);
  const parts = columns.flatMap((column, i): Value[] => {
    const { encoding } = column;
    const input = inputs[i]!;
    if (encoding.type === "oneHot") return [addCategories(graph, input, column, encoding, unseen)];
    const cells =
      column.read.kind === "ordinal" ? addPositions(graph, input, column) : markMissing(math, input, column);
    if (encoding.type === "date") return addDate(math, cells, column, encoding);
    const inUnit = column.read.kind === "time" ? math.divide(cells, HOUR) : cells;
    const { values, indicator } = addFill(math, inUnit, column, encoding.fill);
    return [values, ...indicator];
  });
  const base = parts.length === 1 ? parts[0]! : graph.node("Concat", parts, { axis: 1 });
  return expansion === null
    ? base
    : graph.node("Concat", [base, ...addExpansion(graph, base, expansion, means)], { axis: 1 });
}

/** What the cells of an input are, for the file. */
function descriptionOf({ kind, numbers, order = [] }: DenseColumn["read"]): string {
  switch (kind) {
    case "number":
      return `Numbers${numbers?.unit ? ` without the unit ${numbers.unit}` : ""}; NaN for a missing cell`;
    case "boolean":
      return "1 for true, 0 for false, NaN for a missing cell";
    case "date":
      return "Milliseconds since 1970-01-01T00:00; NaN for a missing cell";
    case "time":
      return "Milliseconds since midnight; NaN for a missing cell";
    case "category":
      return 'Texts without spaces around them; "" for a missing cell';
    case "ordinal":
      return `One of ${order.map(show).join(", ")}; "" for a missing cell`;
  }
}

/** NaN for the numbers that are missing cells; an error for a number that is not 0 or 1 in a column of booleans. */
function markMissing(math: Arithmetic, input: Value, { name, read }: PreparedColumn): Value {
  let cells = input;
  for (const number of missingNumbers(read)) cells = math.choose(math.equal(cells, number), Number.NaN, cells);
  if (read.kind !== "boolean") return cells;
  const isTruth = math.add(math.add(math.equal(cells, 0), math.equal(cells, 1)), math.isNaN(cells));
  return math.rejectWhere(math.equal(isTruth, 0), cells, `column ${show(name)} must be 0, 1 or NaN`);
}

/** Replaces missing cells, rejects infinite ones, and adds the indicator of missing cells. */
function addFill(math: Arithmetic, cells: Value, { name }: PreparedColumn, fill: Fill | null) {
  const missing = math.isNaN(cells);
  const filled = fill === null ? cells : math.choose(missing, fill.value, cells);
  const rule = `column ${show(name)} must be finite${fill === null ? " and not missing" : ""}`;
  const values = math.rejectWhere(math.isNaN(math.subtract(filled, filled)), filled, rule);
  return { values, indicator: fill?.indicator ? [missing] : [] };
}

function addDate(math: Arithmetic, cells: Value, column: PreparedColumn, encoding: DateEncoding): Value[] {
  const { origin, parts, levels, fill } = encoding;
  const { values, indicator } = addFill(math, cells, column, fill);
  const calendar = parts.some((part) => part !== "elapsed") ? addCalendar(math, values) : null;
  const features = parts.map((part) =>
    part === "elapsed" ? math.divide(math.subtract(values, origin), DAY) : calendar![part],
  );
  const ofLevels = levels.map(({ part, value }) => math.equal(calendar![part], value));
  return [...features, ...ofLevels, ...indicator];
}

/** The texts that are missing cells: the marks in all combinations of small and capital letters. */
const missingTexts = ({ missing }: ReadRule): string[] => ["", ...missing.flatMap(caseVariants)];

const MAX_LETTERS = 10; // 1024 variants

/** A text in all combinations of small and capital letters; of a long text only small, capital, and one capital at the start. */
function caseVariants(text: string): string[] {
  const letters = [...text];
  const start = letters[0]?.toUpperCase() ?? "";
  if (letters.length > MAX_LETTERS)
    return [...new Set([text, text.toUpperCase(), start + text.slice(letters[0]!.length)])];
  let variants = [""];
  for (const letter of letters) {
    const forms = [...new Set([letter, letter.toUpperCase()])];
    variants = variants.flatMap((variant) => forms.map((form) => variant + form));
  }
  return variants;
}

/** The codes of texts: a list of texts for each code; all other texts have the code `other`. */
function addCodes(
  graph: Graph,
  input: Value,
  codes: readonly (readonly [text: string, code: number])[],
  other: number,
): Value {
  const known = new Map(codes); // a missing mark that is also a category is a missing cell, as it is the later entry
  return graph.node("LabelEncoder", [input], {
    keys_strings: [...known.keys()],
    values_int64s: [...known.values()],
    default_int64: other,
  });
}

/** The positions of the categories of an ordinal column; NaN for a missing cell. */
function addPositions(graph: Graph, input: Value, { name, read }: PreparedColumn): Value {
  const order = read.order ?? [];
  const marks = missingTexts(read).map((text) => [text, order.length] as const);
  const code = addCodes(graph, input, [...order.map((text, i) => [text, i] as const), ...marks], order.length + 1);
  const positions = graph.numbers([...order.keys(), Number.NaN], [order.length + 1]);
  return graph.node(
    "Gather",
    [positions, code],
    {},
    `column ${show(name)} must be one of ${order.map(show).join(", ")}`,
  );
}

/** One feature of 0 and 1 for each category. */
function addCategories(
  graph: Graph,
  input: Value,
  { name, read }: PreparedColumn,
  { categories, rare, missing }: OneHotEncoding,
  unseen: Preparation["unseen"],
): Value {
  const k = categories.length;
  const hasRare = rare.length > 0;
  const width = k + Number(hasRare) + Number(missing === "feature");
  const [zeros, error] = [width, width + 1];
  const others = hasRare ? k : zeros;
  const ofMissing =
    missing === null
      ? error
      : missing === "feature"
        ? width - 1
        : missing === "zeros"
          ? zeros
          : codeOf(categories, missing.category, others);
  const known = [...categories.map((text, i) => [text, i] as const), ...rare.map((text) => [text, others] as const)];
  const marks = missingTexts(read).map((text) => [text, ofMissing] as const);
  const code = addCodes(graph, input, [...known, ...marks], unseen === "error" ? error : others);
  const isOne = graph.node("Equal", [code, graph.integers([...Array(width).keys()], [1, width])]);
  const features = graph.node("Cast", [isOne], { to: types.double });
  if (unseen === "other" && missing !== null) return features;
  const rule = `column ${show(name)} must have ${missing === null ? "no missing cell" : ""}${
    unseen === "error" ? `${missing === null ? " and " : ""}only categories of the training rows` : ""
  }`;
  const check = graph.node("Gather", [graph.numbers(new Float64Array(width + 1), [width + 1]), code], {}, rule);
  return graph.node("Add", [features, check]);
}

function codeOf(categories: readonly string[], category: string, others: number): number {
  const position = categories.indexOf(category);
  return position < 0 ? others : position;
}
