import type { LinearData } from "../../training/objective/objective.ts";
import { gram } from "../curvature/hessianBlocks.ts";
import type { Finding } from "./finding.ts";

const DEPENDENT = 1e-10; // of the square of a column: what the other columns leave of it
const PART = 1e-3; // the smallest share of a column that a named column contributes
const NAMED = 6; // columns in a sentence

/**
 * Columns that are linear combinations of others and the intercept, up to a hundred-thousandth of their own size: each with the
 * columns that it depends on. Cholesky's method on the Gram matrix, in the order of the columns, so a column depends on
 * earlier ones.
 */
export function collinear(data: LinearData, names: readonly string[] | null): Finding[] {
  const { d, l2 } = data;
  const nameOf = (j: number): string => (j === 0 ? "intercept" : (names?.[j - 1] ?? `column ${j - 1}`));
  const G = interceptFirst(gram(data), d);
  return dependencies(G, d + 1).map(({ column, parts }) => {
    const columns = [column, ...parts.filter((j) => j !== 0)].map(nameOf);
    const others = columns.slice(1, 1 + NAMED);
    const more = columns.length - 1 - others.length;
    const combination =
      columns.length === 1
        ? "is constant"
        : `is a linear combination of ${others.join(", ")}${more > 0 ? ` and ${more} others` : ""}`;
    return {
      code: "collinear",
      sentence:
        `The column ${columns[0]} ${combination}. ` +
        (l2 > 0
          ? "Only the penalty determines how the weight is divided among these columns."
          : "Many weights of these columns give the same objective, so single weights have no meaning; leave out a column, or set l2."),
      numbers: { others: columns.length - 1 },
      columns,
      remedies: [],
    };
  });
}

/** The Gram matrix with the row and the column of the intercept first, in full. */
function interceptFirst(G: Float64Array, d: number): Float64Array {
  const m = d + 1;
  const at = (i: number, j: number): number => {
    const [p, q] = [(i + d) % m, (j + d) % m]; // index 0 is the intercept, which is last in G
    return G[Math.max(p, q) * m + Math.min(p, q)]!;
  };
  return Float64Array.from({ length: m * m }, (_, k) => at(Math.floor(k / m), k % m));
}

/** The columns that depend on earlier ones, and the earlier columns that contribute to them. */
function dependencies(G: Float64Array, m: number): { readonly column: number; readonly parts: number[] }[] {
  const basis: number[] = []; // independent columns
  const rows: Float64Array[] = []; // their rows of L with G = L Lᵀ
  const found: { column: number; parts: number[] }[] = [];
  for (let j = 0; j < m; j++) {
    const row = new Float64Array(basis.length + 1);
    let left = G[j * m + j]!;
    for (const [b, i] of basis.entries()) {
      let sum = G[j * m + i]!;
      for (let k = 0; k < b; k++) sum -= row[k]! * rows[b]![k]!;
      row[b] = sum / rows[b]![b]!;
      left -= row[b]! * row[b]!;
    }
    if (left > DEPENDENT * G[j * m + j]!) {
      row[basis.length] = Math.sqrt(left);
      basis.push(j);
      rows.push(row);
    } else found.push({ column: j, parts: contributors(G, m, j, basis, rows, row) });
  }
  return found;
}

/** The columns of the basis with a visible part in column j = Σ coefficient · column: back substitution in Lᵀ c = row. */
function contributors(
  G: Float64Array,
  m: number,
  j: number,
  basis: readonly number[],
  rows: readonly Float64Array[],
  row: Float64Array,
): number[] {
  const c = row.slice(0, basis.length);
  for (let b = basis.length - 1; b >= 0; b--) {
    for (let k = b + 1; k < basis.length; k++) c[b]! -= rows[k]![b]! * c[k]!;
    c[b]! /= rows[b]![b]!;
  }
  const size = (i: number): number => Math.sqrt(G[i * m + i]!);
  return basis.filter((i, b) => Math.abs(c[b]!) * size(i) > PART * size(j));
}
