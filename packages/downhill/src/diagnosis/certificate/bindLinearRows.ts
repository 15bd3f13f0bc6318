import type { Rows } from "../../core/rows.ts";
import { type ElementType, elementTypeOf, type Vector, viewOf } from "../../core/vector.ts";
import { type Kernels, lossCodes } from "../../kernels/kernels.ts";
import { rowMaps } from "../../kernels/rowMaps.ts";
import { kernelLimits } from "../../losses/limitedSlope.ts";
import type { LossSpec } from "../../losses/loss.ts";
import { lossFromSpec } from "../../losses/lossFromSpec.ts";
import type { BoundRun, LinearRisk } from "../../training/objective/objective.ts";
import { entrySums } from "../../training/objective/sparseEntries.ts";
import { classShares } from "./interceptRanges.ts";
import type { LinearRows, SlopeMeans } from "./linearRows.ts";

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
  const others = doubles(k * (d + 1));
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
  const shares = data.shares ?? (loss.loss === "crossEntropy" ? classShares(data) : null);
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

  /** Multiplies the numbers in `scores` by the weights of the rows of a block, and adds their products with the rows. */
  function addBack(x: number, from: number, count: number): void {
    if (weights)
      for (let i = 0, at = 0; i < count; i++) for (let c = 0; c < k; c++) scores[at++]! *= weights[from + i]!;
    maps.affineBack(Z, x, sums.byteOffset, sums.byteOffset + 8 * k * d, count, k);
  }
  function readSums(gradient: Float64Array): Float64Array {
    for (let j = 0; j < gradient.length; j++) gradient[j] = sums[j]! / n;
    return gradient;
  }
  /** Copies those of all rows to the numbers of a block. */
  const read = (of: Float64Array, numbers: Float64Array, from: number, count: number): void =>
    numbers.set(of.subarray(from * k, (from + count) * k));

  /** A function that multiplies the numbers in `scores` by the second derivatives where the slopes are those in `slopesOf`. */
  function bindBend(spec: LossSpec): (from: number, count: number) => void {
    const { curvature, low, high } = kernelLimits(spec);
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

  /** Adds the means of the slopes at an address. */
  const addSlopes = (at: number, from: number, count: number): void =>
    kernels.slopeSums(at, weightsAt(from, count), totals.byteOffset, count, k);
  const meansOfTotals = (): SlopeMeans => ({
    size: Math.sqrt(totals[2 * k]! / n),
    means: Float64Array.from({ length: k }, (_, c) => (totals[c]! + totals[k + c]!) / n),
  });
  function limit(spec: LossSpec, at: number, from: number, count: number): void {
    const { low, high } = kernelLimits(spec);
    kernels.limitSlopes(lossCodes[spec.loss], targetsAt(from, count), at, count, k, low, high, open.byteOffset);
  }

  /** Copies the numbers of a block to those of all rows, or of the first ones that have room. */
  function write(numbers: Float64Array, to: Float64Array, from: number, count: number): void {
    const room = Math.min(count * k, to.length - from * k);
    if (room > 0) to.set(numbers.subarray(0, room), from * k);
  }

  return {
    ...{ loss, n, d, k, targets, weights, shares, l2, l1 },
    additions: Math.max(...[blockRows, chunk].map((size) => size + Math.ceil(n / size))),
    squares: data.squares(),
    isInMemory: !sparse && all !== null,
    entries: sparse ? entrySums(buffer, sparse, n, all!) : null,
    rowAt: (i) => viewOf(elementType, buffer, data.inputs({ order: null, from: i, to: i + 1 }), d),
    evaluate(spec, { params: at, z }, s, other) {
      const sumAndSlope = bindLoss(spec);
      params.set(at);
      if (other) others.set(other);
      sums.fill(0);
      totals.fill(0);
      let sum = 0;
      let otherSum = 0;
      eachBlock((from, count) => {
        const x = inputsAt(from, count);
        if (other) {
          affine(x, others, count);
          otherSum += sumAndSlope(from, count);
        }
        affine(x, params, count);
        write(scores, z, from, count);
        sum += sumAndSlope(from, count);
        if (isClosed) limit(spec, Z, from, count);
        write(scores, s, from, count);
        addSlopes(Z, from, count);
        addBack(x, from, count);
      });
      return { sum, otherSum, ...meansOfTotals(), gradient: readSums(new Float64Array(k * (d + 1))) };
    },
    lossSum(spec, z) {
      const sumAndSlope = bindLoss(spec);
      let sum = 0;
      eachBlock((from, count) => {
        read(z, scores, from, count);
        sum += sumAndSlope(from, count);
      }, chunk);
      return sum;
    },
    back(s, gradient) {
      sums.fill(0);
      eachBlock((from, count) => {
        read(s, scores, from, count);
        addBack(inputsAt(from, count), from, count);
      });
      readSums(gradient);
    },
    means(s) {
      totals.fill(0);
      eachBlock((from, count) => {
        read(s, slopesOf, from, count);
        addSlopes(S, from, count);
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
          read(s, slopesOf, from, count);
          bend(from, count);
          kernels.axpy(-1, Z, S, count * k);
          limit(spec, S, from, count);
          write(slopesOf, s, from, count);
          addSlopes(S, from, count);
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
        read(s, slopesOf, from, count);
        bend(from, count);
        addSlopes(Z, from, count);
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
        read(s, slopesOf, from, count);
        bend(from, count);
        addBack(x, from, count);
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
