// From stored tables to the rows of a fit.
import { InputRangeError } from "../../core/check.ts";
import type { Matrix } from "../../core/matrix.ts";
import { toUnitSize } from "../../core/powerOfTwo.ts";
import { type Vector, zeros } from "../../core/vector.ts";
import { chunkCount, type StoredRows } from "../../kernels/storedRows.ts";
import { risk } from "../../training/objective/risk.ts";
import { type FitRows, spacedRows } from "./fitRows.ts";
import type { FitData } from "./fitTable.ts";
import { type ClassWeights, weightsOfClasses } from "./labels.ts";
import type { Model, Targets } from "./model.ts";
import { type DescentOptions, stopOf } from "./options.ts";
import { type RowSizes, rowSizes } from "./rowSizes.ts";
import type { RowSubset } from "./rowSubsets.ts";
import { type Scaling, standardizationOf } from "./scaling.ts";
import { checkRows, chunkReader, requireStoredTable, type StoredTable } from "./storedTable.ts";
import { requireSomeWeight } from "./weights.ts";

/** Makes the targets and the weights of the loss from those of a chunk. */
interface Conversion {
  /** Numbers per row in the targets. */
  readonly targets: number;
  writeTargets(y: Vector, out: Vector): void;
  /** Writes weights that are not scaled; null if there are none. */
  readonly writeWeights: ((y: Vector, weights: Vector | null, out: Float64Array) => void) | null;
}

/**
 * Reads the tables once or more often: to check all numbers, and for the scalings of the targets and the weights.
 *
 * @throws RangeError or TypeError for tables or options that are not allowed
 */
export function storedData<Y extends ArrayLike<unknown>, F>(
  functionName: string,
  model: Model<Y, F>,
  options: DescentOptions & { readonly classes?: readonly unknown[]; readonly classWeights?: ClassWeights },
  table: StoredTable,
  validation: StoredTable | undefined,
): FitData {
  const tables = validation ? [table, validation] : [table];
  const predictsClasses = model.optionNames.includes("classes");
  for (const each of tables) requireStoredTable(functionName, each, predictsClasses);
  requireSameColumns(functionName, table, validation);
  const total = tables.reduce((sum, { rows }) => sum + rows.rows, 0);
  if (stopOf(model, options, total).validation && !validation) {
    throw new InputRangeError(
      `${functionName}: stop.validation needs stored validation rows, got none. Pass { validation: … }, or the option stop: {}.`,
    );
  }
  const { classes } = table;
  if (options.classes && options.classes.join() !== classes!.join()) {
    throw new InputRangeError(
      `${functionName}: classes must be those of the stored rows (${classes!.join(", ")}), got ${options.classes.join(", ")}. Leave out the option.`,
    );
  }
  const targetsOf = (name: string, y: ArrayLike<unknown>, targetScaling: Scaling | null): Targets =>
    model.targets(name, y as Y, { classes: classes ?? null, targetScaling });
  const found = tables.map((each) => checkRows(functionName, each, (name, y) => targetsOf(name, y, null)));
  const isScaled =
    !predictsClasses && model.targets(functionName, [0, 1] as ArrayLike<unknown> as Y, undefined).scaling !== null;
  const scaling = isScaled ? targetScaling(functionName, table) : null;
  const perClass = classes && targetsOf(functionName, classes, null).numbers;
  const counts = (classes ?? []).map((_, c) => found.reduce((sum, each) => sum + each.counts[c]!, 0));
  const { classWeights } = options;
  const ofClasses = classes && classWeights ? weightsOfClasses(functionName, classWeights, { classes, counts }) : null;
  const largest = Math.max(...found.map(({ largestWeight }) => largestWeight));
  const [unit, unitOfClasses] = [toUnitSize(largest), toUnitSize(Math.max(0, ...(ofClasses ?? [])))];
  const conversion: Conversion = {
    targets: perClass?.columns ?? 1,
    writeTargets(y, out) {
      if (perClass) for (let i = 0; i < y.length; i++) copyRow(perClass, y[i]!, out, i);
      else
        for (let i = 0; i < y.length; i++) out[i] = scaling ? (y[i]! - scaling.shift[0]!) / scaling.scale[0]! : y[i]!;
    },
    writeWeights:
      table.rows.weighted || ofClasses
        ? (y, weights, out) => {
            for (let i = 0; i < y.length; i++) {
              out[i] = (weights ? weights[i]! * unit : 1) * (ofClasses ? ofClasses[y[i]!]! * unitOfClasses : 1);
            }
          }
        : null,
  };
  const all = tables.map((each) => storedFitRows(functionName, each, conversion));
  return { training: all[0]!, validation: all[1], all, targets: { classes: classes ?? null, scaling } };
}

function copyRow({ data, columns }: Matrix, row: number, out: Vector, at: number): void {
  for (let c = 0; c < columns; c++) out[at * columns + c] = data[row * columns + c]!;
}

/** The scaling of the targets of a regression. */
function targetScaling(functionName: string, table: StoredTable): Scaling {
  const read = chunkReader(table);
  const each = (visit: (part: Vector) => void): void => {
    for (let chunk = 0; chunk < chunkCount(table.rows); chunk++) visit(read(chunk).y);
  };
  const parts = { rows: table.rows.rows, columns: 1, each };
  return standardizationOf(parts, functionName, () => "the target");
}

function requireSameColumns(functionName: string, table: StoredTable, validation: StoredTable | undefined): void {
  const textOf = ({ rows: { columns, elementType, weighted }, names, classes }: StoredTable): string =>
    JSON.stringify({ columns, elementType, weighted, names, classes });
  if (!validation || textOf(table) === textOf(validation)) return;
  throw new InputRangeError(
    `${functionName}: the validation rows must have the columns of the training rows, ${textOf(table)}, got ${textOf(validation)}. ` +
      "Store both in the same way.",
  );
}

/** The rows of a stored table. */
function storedFitRows(functionName: string, table: StoredTable, conversion: Conversion): FitRows {
  const { rows: stored, names } = table;
  const { rows, columns, elementType } = stored;
  const { targets, writeTargets, writeWeights } = conversion;
  const read = chunkReader(table);
  let weightSum: number | undefined;
  let sizes: RowSizes | undefined;
  let last: { readonly most: number; readonly rows: RowSubset } | undefined; // two defaults use the same sample

  /** The weights of a chunk, scaled to mean 1 over all rows. */
  function weightsOf(y: Vector, given: Vector | null): Float64Array | null {
    if (!writeWeights) return null;
    const weights = new Float64Array(y.length);
    weightSum ??= sumOfWeights();
    writeWeights(y, given, weights);
    return weights.map((weight) => (weight * rows) / weightSum!);
  }
  function sumOfWeights(): number {
    const readAgain = chunkReader(table);
    let sum = 0;
    for (let chunk = 0; chunk < chunkCount(stored); chunk++) {
      const { y, weights } = readAgain(chunk);
      const out = new Float64Array(y.length);
      writeWeights!(y, weights, out);
      for (const weight of out) sum += weight;
    }
    requireSomeWeight(functionName, sum, rows);
    return sum;
  }
  function partOf(chunk: number): RowSubset & { readonly from: number; readonly X: Matrix } {
    const { from, X, y, weights } = read(chunk);
    const data = new Float64Array(y.length * targets);
    writeTargets(y, data);
    return { from, X, y: { data, rows: y.length, columns: targets }, weights: weightsOf(y, weights) };
  }
  function each(visit: (part: RowSubset & { readonly X: Matrix }) => void): void {
    for (let chunk = 0; chunk < chunkCount(stored); chunk++) visit(partOf(chunk));
  }

  const parts = { rows, columns, isSparse: false, each };
  return {
    ...parts,
    elementType,
    ...(names && { names }),
    spaced(most) {
      if (last?.most !== most) last = { most, rows: readSpaced(most) };
      return last.rows;
    },
    sizes: () => (sizes ??= rowSizes(parts)),
    scaling(name) {
      const numbers = { ...table, rows, columns };
      return standardizationOf({ ...numbers, each: (visit) => each(({ X }) => visit(X.data)) }, name);
    },
    problem: (parts, scaling) => risk({ ...parts, stored: preparedRows(scaling) }),
  };

  /** At most this many rows, evenly spaced, with their targets and weights. */
  function readSpaced(most: number): RowSubset {
    const chosen = spacedRows(rows, most) ?? Uint32Array.from({ length: rows }, (_, i) => i);
    const data = zeros(elementType, chosen.length * columns);
    const y = new Float64Array(chosen.length * targets);
    const weights = writeWeights && new Float64Array(chosen.length);
    for (let at = 0; at < chosen.length; ) {
      const part = partOf(Math.floor(chosen[at]! / stored.rowsPerChunk));
      for (; at < chosen.length && chosen[at]! < part.from + part.y.rows; at++) {
        const row = chosen[at]! - part.from;
        copyRow(part.X, row, data, at);
        copyRow(part.y, row, y, at);
        if (weights) weights[at] = part.weights![row]!;
      }
    }
    const X = { data, rows: chosen.length, columns, ...(names && { names }) };
    return { X, y: { data: y, rows: chosen.length, columns: targets }, weights };
  }

  /** The rows as the loss expects them. */
  function preparedRows(scaling: Scaling | null): StoredRows {
    const size = Math.min(stored.rowsPerChunk, rows);
    const given = new Float64Array(size);
    const givenWeights = stored.weighted ? new Float64Array(size) : null;
    return {
      ...stored,
      targets,
      weighted: writeWeights !== null,
      ...(scaling && { scaling }),
      load(chunk, inputs, out, weights) {
        const y = given.subarray(0, out.length / targets);
        const own = givenWeights?.subarray(0, y.length) ?? null;
        stored.load(chunk, inputs, y, own);
        writeTargets(y, out);
        weights?.set(weightsOf(y, own)!);
      },
    };
  }
}
