import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Grid, type GridSize, grid } from "./grid.ts";
import { random } from "./random.ts";

const drawn = fc
  .record({
    lefts: fc.integer({ min: 1, max: 40 }),
    rights: fc.integer({ min: 1, max: 40 }),
    groups: fc.integer({ min: 1, max: 16 }),
    seed: fc.nat(),
  })
  .chain((size) =>
    fc.record({
      size: fc.constant(size),
      pairs: fc.array(fc.tuple(fc.nat(size.lefts - 1), fc.nat(size.rights - 1)), { maxLength: 200 }),
    }),
  );

function gridOf(pairs: readonly (readonly [number, number])[], size: GridSize & { readonly seed: number }): Grid {
  const [left, right] = [0, 1].map((side) => Uint32Array.from(pairs, (pair) => pair[side]!));
  return grid(left!, right!, size, random(size.seed));
}

describe("a grid", () => {
  it("has every example once, block after block", () => {
    fc.assert(
      fc.property(drawn, ({ size, pairs }) => {
        const { order, diagonals } = gridOf(pairs, size);
        expect([...order].sort((a, b) => a - b)).toEqual([...pairs.keys()]);
        expect(diagonals.map((parts) => parts.length)).toEqual(Array(size.groups).fill(size.groups));
        let at = 0;
        for (const { from, to } of diagonals.flat()) {
          expect([from, to >= from]).toEqual([at, true]);
          at = to;
        }
        expect(at).toBe(pairs.length);
      }),
    );
  });

  it("has diagonals whose blocks share no left and no right", () => {
    fc.assert(
      fc.property(drawn, ({ size, pairs }) => {
        const { order, diagonals } = gridOf(pairs, size);
        for (const parts of diagonals) {
          for (const side of [0, 1] as const) {
            const sets = parts.map(({ from, to }) => new Set(order.slice(from, to).map((row) => pairs[row]![side])));
            const all = new Set(sets.flatMap((set) => [...set]));
            expect(all.size).toBe(sets.reduce((sum, set) => sum + set.size, 0));
          }
        }
      }),
    );
  });

  it("has groups of equal size: every block has about the same number of pairs", () => {
    const all = Array.from({ length: 24 * 16 }, (_, at) => [at % 24, Math.floor(at / 24)] as const);
    const { diagonals } = gridOf(all, { lefts: 24, rights: 16, groups: 8, seed: 3 });
    for (const { from, to } of diagonals.flat()) expect(to - from).toBe((24 / 8) * (16 / 8));
  });

  it("has groups of about the same number of pairs if few lefts and rights have most pairs, and neighbours in one group", () => {
    const [lefts, rights, groups, n] = [3000, 2000, 8, 40_000];
    const stream = random(4);
    const popular = (size: number) => Math.floor(size * stream.uniform() ** 2);
    const pairs = Array.from({ length: n }, () => [popular(lefts), popular(rights)] as const);
    const { order, diagonals } = gridOf(pairs, { lefts, rights, groups, seed: 5 });
    for (const [side, size] of [lefts, rights].entries()) {
      const groupOf = new Map<number, number>();
      const counts = Array(groups).fill(0);
      for (const [d, parts] of diagonals.entries()) {
        for (const [g, { from, to }] of parts.entries()) {
          const group = (g + side * d) % groups;
          counts[group] += to - from;
          for (const row of order.slice(from, to)) groupOf.set(pairs[row]![side]!, group);
        }
      }
      for (const count of counts) expect(Math.abs((groups * count) / n - 1)).toBeLessThan(0.2);
      const used = Array.from({ length: size }, (_, one) => groupOf.get(one)).filter((group) => group !== undefined);
      const changes = used.filter((group, at) => at > 0 && group !== used[at - 1]).length;
      expect(changes).toBeLessThan(16 * groups); // random groups would change about size · 7/8 times
      expect(changes).toBeGreaterThan(8 * groups);
    }
  });

  it("differs for another seed, and does not keep the order of the examples", () => {
    const pairs = Array.from({ length: 500 }, (_, at) => [at % 23, at % 19] as const);
    const size = { lefts: 23, rights: 19, groups: 4 };
    const orders = [1, 1, 2].map((seed) => gridOf(pairs, { ...size, seed }).order);
    expect(orders[0]).toEqual(orders[1]);
    expect(orders[0]).not.toEqual(orders[2]);
    const { order, diagonals } = gridOf(pairs, { ...size, seed: 1 });
    const rising = diagonals
      .flat()
      .flatMap(({ from, to }) => [...order.slice(from + 1, to)].map((row, i) => row > order[from + i]!));
    const share = rising.filter(Boolean).length / rising.length;
    expect(Math.abs(share - 0.5)).toBeLessThan(0.1); // the share of about 480 pairs of neighbours has a deviation of at most 0.02
  });
});
