// The affine maps of the compiled module compared with plain loops that round every product and every sum, for random
// shapes: all results must have the same bits. Node 24 can join pairs of vectors to vectors of 256 bits; run this file there too, with
// `--execArgv=--experimental-wasm-revectorize --execArgv=--no-liftoff` after `vitest run FILE`.

import { describe, expect, it } from "vitest";
import { random } from "../src/core/random.ts";
import { elementBytes, type Vector, viewOf } from "../src/core/vector.ts";
import { AFFINE_SCRATCH } from "../src/kernels/kernels.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";
import { Memory } from "../src/kernels/webassembly.ts";
import { cases } from "./cases.ts";
import { ELEMENTS, expectSameBits } from "./kernelTrial.ts";

const SHAPES = cases(500, 1500);
const MOST = 20_000; // products of one shape

describe.each(ELEMENTS)("%s", (elementType) => {
  const round = elementType === "float32" ? Math.fround : (x: number): number => x;
  const bytes = elementBytes(elementType);
  const memory = new Memory({ initial: 40 });
  const kernels = wasmKernels(memory, elementType);

  /** C_rc ← C_rc + Σ_p A_rp B_pc, p in order. */
  function addProduct(C: Vector, [rows, terms, columns]: readonly number[], A: Matrix, B: Matrix): void {
    for (let r = 0; r < rows!; r++) {
      for (let c = 0; c < columns!; c++) {
        let sum = C[r * columns! + c]!;
        for (let p = 0; p < terms!; p++) {
          const a = A.entries[r * A.down + p * A.right]!;
          sum = round(sum + round(a * B.entries[p * B.down + c * B.right]!));
        }
        C[r * columns! + c] = sum;
      }
    }
  }

  it("affine, affineBack and affineInputs have the bits of plain loops", () => {
    const draw = random(11);
    const upTo = (most: number): number => 1 + Math.floor(most * draw.uniform() ** 3); // more small numbers than large ones
    const used = { rows: new Set<number>(), columns: new Set<number>(), outputs: new Set<number>() };
    for (let shape = 0; shape < SHAPES; ) {
      const [n, d, k] = [upTo(300), upTo(700), 1 + upTo(300)] as const; // with one output the order of a sum is another
      if (n * d * k > MOST) continue;
      shape++;
      let top = 64;
      const take = (length: number): Vector => {
        const vector = viewOf(elementType, memory.buffer, top, length);
        for (let i = 0; i < length; i++) vector[i] = draw.normal();
        top += length * bytes;
        return vector;
      };
      const [X, W, b, Z, S, GW, Gb, T] = [
        take(n * d),
        take(k * d),
        take(k),
        take(n * k),
        take(n * k),
        take(k * d),
        take(k),
        take(n * d),
      ];
      const scratch = take(AFFINE_SCRATCH / bytes).byteOffset;
      const expected = { Z: Z.map((_, at) => b[at % k]!), GW: GW.slice(), Gb: Gb.slice(), T: T.slice().fill(0) };
      const matrix = (entries: Vector, columns: number): Matrix => ({ entries, down: columns, right: 1 });
      const transposed = (entries: Vector, columns: number): Matrix => ({ entries, down: 1, right: columns });
      const ones = { entries: Float64Array.of(1), down: 0, right: 0 };
      addProduct(expected.Z, [n, d, k], matrix(X, d), transposed(W, d));
      addProduct(expected.GW, [k, n, d], transposed(S, k), matrix(X, d));
      addProduct(expected.Gb, [1, n, k], ones, matrix(S, k));
      addProduct(expected.T, [n, k, d], matrix(S, k), matrix(W, d));
      kernels.affine(X.byteOffset, W.byteOffset, b.byteOffset, Z.byteOffset, n, d, k, scratch);
      const parts = { GW: take(k * d), Gb: take(k) };
      parts.GW.set(GW);
      parts.Gb.set(Gb);
      kernels.affineBack(S.byteOffset, X.byteOffset, GW.byteOffset, Gb.byteOffset, n, d, k, scratch);
      const first = Math.floor(k * draw.uniform());
      for (const [from, to] of [
        [0, first],
        [first, k],
      ] as const) {
        const [s, g, b] = [from, from * d, from].map((at) => at * bytes) as [number, number, number];
        const at = [parts.GW.byteOffset + g, parts.Gb.byteOffset + b] as const;
        kernels.affineBackColumns(S.byteOffset + s, k * bytes, X.byteOffset, ...at, n, d, to - from, scratch);
      }
      kernels.affineInputs(S.byteOffset, W.byteOffset, T.byteOffset, n, d, k, scratch);
      const about = `${n} rows, ${d} features, ${k} outputs`;
      expectSameBits(Z, expected.Z, `affine: ${about}`);
      expectSameBits(GW, expected.GW, `affineBack: ${about}`);
      expectSameBits(Gb, expected.Gb, `affineBack, sums: ${about}`);
      expectSameBits(parts.GW, expected.GW, `affineBackColumns: ${about}`);
      expectSameBits(parts.Gb, expected.Gb, `affineBackColumns, sums: ${about}`);
      expectSameBits(T, expected.T, `affineInputs: ${about}`);
      used.rows.add(n);
      used.columns.add(d);
      used.outputs.add(k);
    }
    expect(Math.min(used.rows.size, used.columns.size, used.outputs.size)).toBeGreaterThan(100);
  });
});

describe.each(ELEMENTS)("%s", (elementType) => {
  it("logisticRows has the bits of its three steps, with and without weights", () => {
    const memory = new Memory({ initial: 20 });
    const kernels = wasmKernels(memory, elementType);
    const draw = random(12);
    for (let shape = 0; shape < 300; shape++) {
      const [n, d] = [Math.floor(80 * draw.uniform()), 1 + Math.floor(150 * draw.uniform())];
      let top = 64;
      const take = (length: number): Vector => {
        const vector = viewOf(elementType, memory.buffer, top, length);
        for (let i = 0; i < length; i++) vector[i] = draw.normal();
        top += 8 * length;
        return vector;
      };
      const [X, W, Y, w, Z, G] = [take(n * d), take(d + 1), take(n), take(n), take(n), take(d + 1)];
      Y.forEach((y, i) => void Y.fill(Math.sign(y), i, i + 1));
      const [own, ownG] = [take(n), take(d + 1)];
      ownG.set(G);
      const scratch = take(AFFINE_SCRATCH / 4).byteOffset;
      const weights = shape % 2 === 0 ? 0 : w.byteOffset;
      const after = d * X.BYTES_PER_ELEMENT;
      kernels.affine(X.byteOffset, W.byteOffset, W.byteOffset + after, Z.byteOffset, n, d, 1, scratch);
      const sum = kernels.logistic(Z.byteOffset, Y.byteOffset, weights, n);
      kernels.affineBack(Z.byteOffset, X.byteOffset, G.byteOffset, G.byteOffset + after, n, d, 1, scratch);
      const [x, p, z, y, g] = [X, W, own, Y, ownG].map(({ byteOffset }) => byteOffset) as [number, ...number[]];
      const found = kernels.logisticRows(x, p!, z!, y!, weights, g!, n, d, scratch);
      expect(found).toBe(sum);
      expectSameBits(own, Z, `slopes of ${n} rows, ${d} features`);
      expectSameBits(ownG, G, `gradient of ${n} rows, ${d} features`);
    }
  });
});

/** Numbers, and the distances from an entry to the one below it and to the one on its right. */
interface Matrix {
  readonly entries: Vector;
  readonly down: number;
  readonly right: number;
}
