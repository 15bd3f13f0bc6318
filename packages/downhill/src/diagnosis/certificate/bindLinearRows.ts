import type { Rows } from "../../core/rows.ts";
import { type ElementType, elementTypeOf, type Vector, viewOf } from "../../core/vector.ts";
import { type Kernels, lossCodes } from "../../kernels/kernels.ts";
import { rowMaps } from "../../kernels/rowMaps.ts";
import { slopeLimits } from "../../losses/limitedSlope.ts";
import type { LossSpec } from "../../losses/loss.ts";
import { lossFromSpec } from "../../losses/lossFromSpec.ts";
import type { BoundRun, LinearRisk } from "../../training/objective/objective.ts";
import { entrySums } from "../../training/objective/sparseEntries.ts";
import { lowerShares } from "./interceptRanges.ts";
import type { LinearRows, SlopeMeans } from "./linearRows.ts";

const NO_LIMITS = { curvature: 1, low: 0, high: 0 };

/** The rows of a linear model in the memory of a run; null for other models, and for stored rows that need too much memory. */
export function bindLinearRows({ objective, memory, kernels, bindKernels, params }: BoundRun): LinearRows | null {
  const elementType = elementTypeOf(params);
  const wideKernels = elementType === "float64" ? kernels : bindKernels(memory, "float64");
  const data = objective.linearData?.() ?? objective.sparseData?.();
  if (data) {
    const { X, d, sparse } = data;
    const inputs = ({ from }: Rows): number =>
      sparse ? sparse.address + from * sparse.stride : X.byteOffset + from * d * X.BYTES_PER_ELEMENT;
    return rowsIn({ ...data, inputs, elementType, all: X }, memory.buffer, wideKernels);
  }
  const rows = objective.linearRows?.();
  return rows ? rowsIn({ ...rows, elementType, all: null }, memory.buffer, wideKernels) : null;
}

/** The rows, with the address of a block of inputs. */
interface OpenRows extends LinearRisk {
  inputs(rows: Rows): number;
  readonly elementType: ElementType;
  /** All inputs, if they are in memory. */
  readonly all: Vector | null;
  /** Those of `LinearRows`, if they are known. */
  readonly shares?: Float64Array | null;
}

function rowsIn(data: OpenRows, buffer: ArrayBuffer, kernels: Kernels): LinearRows {
  const {
    n,
    d,
    k,
    elementType,
    all,
    targets,
    weights,
    loss,
    l2,
    l1,
    blockRows,
    chunk,
    scratch,
    affineScratch,
    sparse,
  } = data;
  const perRow = targets.length / n;
  let end = scratch;
  const doubles = (length: number): Float64Array => {
    const view = new Float64Array(buffer, end, length);
    end += view.byteLength;
    return view;
  };
  const params = doubles(k * (d + 1));
  const sums = doubles(k * (d + 1));
  const scores = doubles(chunk * k);
  const slopesOf = doubles(chunk * k);
  const before = doubles(chunk * k);
  const targetsOf = doubles(chunk * perRow);
  const weightsOf = doubles(chunk);
  const inputs = doubles(elementType === "float64" || sparse ? 0 : blockRows * d);
  const totals = doubles(2 * k + 1);
  const open = doubles(k); // above 0 for a class with rows
  const maps = rowMaps({ kernels, affineScratch }, sparse ?? {}, d);
  const shares = data.shares ?? (loss.loss === "crossEntropy" ? lowerShares(data) : null);
  if (shares) open.set(shares);
  const isClosed = shares?.includes(0); // whether a class has no rows
  const [Z, S] = [scores.byteOffset, slopesOf.byteOffset];

  /** The address of some numbers of the run as float64: where they are stored, or that of a copy. */
  function wide(from: Vector, copy: Float64Array, at: number, length: number): number {
    if (from.buffer !== buffer) {
      copy.set(from.subarray(at, at + length));
      return copy.byteOffset;
    }
    const address = from.byteOffset + at * from.BYTES_PER_ELEMENT;
    if (from.BYTES_PER_ELEMENT === 8) return address;
    kernels.widen(address, copy.byteOffset, length);
    return copy.byteOffset;
  }
  function inputsAt(from: number, count: number): number {
    const address = data.inputs({ order: null, from, to: from + count });
    if (elementType === "float64") return address;
    kernels.widen(address, inputs.byteOffset, count * d);
    return inputs.byteOffset;
  }
  const targetsAt = (from: number, count: number): number => wide(targets, targetsOf, from * perRow, count * perRow);
  const weightsAt = (from: number, count: number): number => (weights ? wide(weights, weightsOf, from, count) : 0);

  /** Calls `use` with the first row and the number of rows of each block. */
  function eachBlock(use: (from: number, count: number) => void, size = blockRows): void {
    for (let from = 0; from < n; from += size) use(from, Math.min(size, n - from));
  }
  const affine = (x: number, at: Float64Array, count: number): void =>
    maps.affine(x, at.byteOffset, at.byteOffset + 8 * k * d, Z, count, k);

  /** Multiplies numbers of a block by the weights of its rows, and adds their products with the rows. */
  function addBack(numbers: Float64Array, x: number, from: number, count: number): void {
    if (weights)
      for (let i = 0, at = 0; i < count; i++) for (let c = 0; c < k; c++) numbers[at++]! *= weights[from + i]!;
    maps.affineBack(numbers.byteOffset, x, sums.byteOffset, sums.byteOffset + 8 * k * d, count, k);
  }
  function readSums(gradient: Float64Array): Float64Array {
    for (let j = 0; j < gradient.length; j++) gradient[j] = sums[j]! / n;
    return gradient;
  }
  const readSlopes = (s: Float64Array, from: number, count: number): void =>
    slopesOf.set(s.subarray(from * k, (from + count) * k));

  /** A function that multiplies the numbers in `scores` by the second derivatives where the slopes are those in `slopesOf`. */
  function bindBend(spec: LossSpec): (from: number, count: number) => void {
    const { curvature, low, high } = slopeLimits(spec) ?? { curvature: 1 / (spec.width ?? 1), low: 0, high: 0 };
    return (from, count) =>
      kernels.bendSlopes(lossCodes[spec.loss], targetsAt(from, count), S, Z, count, k, curvature, low, high);
  }

  /** A function that overwrites the scores of a block by the slopes of a loss, without weights, and returns the weighted sum of the losses. */
  function bindLoss(spec: LossSpec): (from: number, count: number) => number {
    const width = spec.loss === "hinge" ? (spec.width ?? 0) : 0;
    const { sumAndSlope } = lossFromSpec(width > 0 ? { loss: "logistic", outputs: k } : spec);
    return (from, count) => {
      const y = targetsAt(from, count);
      if (width > 0) for (let i = 0; i < count; i++) scores[i] = (scores[i]! - targets[from + i]!) / width;
      if (weights) before.set(scores);
      const sum = sumAndSlope(kernels, Z, y, weights ? weightsAt(from, count) : 0, count);
      if (weights) {
        scores.set(before);
        sumAndSlope(kernels, Z, y, 0, count);
      }
      return width > 0 ? width * sum : sum;
    };
  }

  /** The same numbers for each row of a block. */
  function repeated(v: Float64Array): Float64Array {
    const rows = new Float64Array(Math.min(n, chunk) * k);
    for (let at = 0; at < rows.length; at += k) rows.set(v, at);
    return rows;
  }

  const addSlopes = (from: number, count: number): void =>
    kernels.slopeSums(S, weightsAt(from, count), totals.byteOffset, count, k);
  const meansOfTotals = (): SlopeMeans => ({
    size: Math.sqrt(totals[2 * k]! / n),
    means: Float64Array.from({ length: k }, (_, c) => (totals[c]! + totals[k + c]!) / n),
  });
  function limit(spec: LossSpec, from: number, count: number): void {
    const { low, high } = slopeLimits(spec) ?? NO_LIMITS;
    kernels.limitSlopes(lossCodes[spec.loss], targetsAt(from, count), S, count, k, low, high, open.byteOffset);
  }

  const writeSlopes = (s: Float64Array, from: number, count: number): void =>
    s.set(slopesOf.subarray(0, count * k), from * k);

  return {
    ...{ loss, n, d, k, targets, weights, shares, l2, l1 },
    additions: Math.max(...[blockRows, chunk].map((size) => size + Math.ceil(n / size))),
    squares: data.squares(),
    entries: sparse ? entrySums(buffer, sparse, n, all!) : null,
    rowAt: (i) => viewOf(elementType, buffer, data.inputs({ order: null, from: i, to: i + 1 }), d),
    scores({ params: at, z }) {
      params.set(at);
      eachBlock((from, count) => {
        affine(inputsAt(from, count), params, count);
        z.set(scores.subarray(0, count * k), from * k);
      });
    },
    evaluate(spec, { params: at, z }, s) {
      const sumAndSlope = bindLoss(spec);
      params.set(at);
      sums.fill(0);
      totals.fill(0);
      let sum = 0;
      eachBlock((from, count) => {
        const x = inputsAt(from, count);
        affine(x, params, count);
        z.set(scores.subarray(0, count * k), from * k);
        sum += sumAndSlope(from, count);
        slopesOf.set(scores.subarray(0, count * k));
        if (isClosed) limit(spec, from, count);
        writeSlopes(s, from, count);
        addSlopes(from, count);
        addBack(slopesOf, x, from, count);
      });
      return { sum, ...meansOfTotals(), gradient: readSums(new Float64Array(k * (d + 1))) };
    },
    lossSum(spec, z) {
      const sumAndSlope = bindLoss(spec);
      let sum = 0;
      eachBlock((from, count) => {
        scores.set(z.subarray(from * k, (from + count) * k));
        sum += sumAndSlope(from, count);
      }, chunk);
      return sum;
    },
    back(s, gradient) {
      sums.fill(0);
      eachBlock((from, count) => {
        slopesOf.set(s.subarray(from * k, (from + count) * k));
        addBack(slopesOf, inputsAt(from, count), from, count);
      });
      readSums(gradient);
    },
    means(s) {
      totals.fill(0);
      eachBlock((from, count) => {
        readSlopes(s, from, count);
        addSlopes(from, count);
      }, chunk);
      return meansOfTotals();
    },
    moved(spec, s, move) {
      const bend = bindBend(spec);
      const isFull = move.length > k;
      const fixed = isFull ? null : repeated(move);
      if (isFull) params.set(move);
      totals.fill(0);
      eachBlock(
        (from, count) => {
          if (fixed) scores.set(fixed);
          else affine(inputsAt(from, count), params, count);
          readSlopes(s, from, count);
          bend(from, count);
          kernels.axpy(-1, Z, S, count * k);
          limit(spec, from, count);
          writeSlopes(s, from, count);
          addSlopes(from, count);
        },
        isFull ? blockRows : chunk,
      );
      return meansOfTotals();
    },
    interceptProduct(spec, s, v, out) {
      const bend = bindBend(spec);
      const rows = repeated(v);
      totals.fill(0);
      eachBlock((from, count) => {
        scores.set(rows);
        readSlopes(s, from, count);
        bend(from, count);
        kernels.slopeSums(Z, weightsAt(from, count), totals.byteOffset, count, k);
      }, chunk);
      for (let c = 0; c < k; c++) out[c] = totals[c]! / n;
    },
    hessian(spec, s, v, gradient) {
      const bend = bindBend(spec);
      params.set(v);
      sums.fill(0);
      eachBlock((from, count) => {
        const x = inputsAt(from, count);
        affine(x, params, count);
        readSlopes(s, from, count);
        bend(from, count);
        addBack(scores, x, from, count);
      });
      readSums(gradient);
    },
    first: (count) =>
      rowsIn(
        {
          ...{ ...data, n: count, shares, targets: targets.subarray(0, count * perRow) },
          weights: weights?.subarray(0, count) ?? null,
        },
        buffer,
        kernels,
      ),
    ofScore(c) {
      const own = Float64Array.from({ length: n }, (_, i) => targets[i * k + c]!);
      return rowsIn({ ...data, k: 1, loss: { ...loss, outputs: 1 }, targets: own }, buffer, kernels);
    },
  };
}
