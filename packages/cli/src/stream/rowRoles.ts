// What each row of a table is used for. The decisions are in a temporary file, one byte per row.
import type { Label, TableInParts, TypedColumn, TypedParts, TypedTable, UsablePart } from "downhill";
import { freeMemory } from "../table/cells/freeChunks.ts";
import type { ScratchFile } from "./scratchFile.ts";

const TRAINING = 1; // 0 is a row without a target, or with a missing cell that leaves it out
const VALIDATION = 2;
const HELD_OUT = 3;

/** The rows of each use; null if there are none. */
export interface RowRoles {
  readonly training: TypedParts;
  readonly validation: TypedParts | null;
  /** The training rows and the validation rows. */
  readonly both: TypedParts;
  readonly heldOut: TypedParts | null;
}

/** Rows that are divided together: their targets, and the columns that decide the division. */
export interface DividedRows {
  readonly y: Float64Array | readonly Label[];
  readonly typed: TypedTable;
  /** The position of these rows among the blocks of rows that are divided together. */
  readonly block: number;
}

/** The positions of held-out rows and of validation rows; the others are training rows. */
export interface Division {
  readonly heldOut: Uint32Array;
  readonly validation: Uint32Array;
}

/** The largest number of rows that are divided together. */
export const DIVIDED = 2 ** 20;

/** The fewest rows whose memory is freed at once after their division. */
const MANY = 2 ** 16;

/**
 * Divides the usable rows of a table, in blocks of about equal size.
 *
 * @param usable  the number of these rows
 * @param names  the columns that decide the division
 */
export function divideRows(
  table: TableInParts,
  rows: { readonly usable: number; readonly names: readonly string[]; readonly scratch: ScratchFile },
  divide: (rows: DividedRows) => Division,
): RowRoles {
  const { usable, names, scratch } = rows;
  const blocks = Math.ceil(usable / DIVIDED);
  const endOf = (block: number): number => Math.floor(((block + 1) * usable) / blocks);
  const counts = new Float64Array(4);
  let pending: Piece[] = [];
  let [block, taken, waiting] = [0, 0, 0];

  /** Writes the uses of the rows of a block. */
  function write(): void {
    const { heldOut, validation } = divide({ ...joined(pending, names), block });
    const uses = new Uint8Array(waiting).fill(TRAINING);
    for (const position of heldOut) uses[position] = HELD_OUT;
    for (const position of validation) uses[position] = VALIDATION;
    for (const use of uses) counts[use]! += 1;
    let from = 0;
    for (const { positions, length, size } of pending) {
      const bytes = new Uint8Array(size);
      if (positions === null) bytes.set(uses.subarray(from, from + length));
      else for (let i = 0; i < length; i++) bytes[positions[i]!] = uses[from + i]!;
      scratch.append(bytes);
      from += length;
    }
    pending = [];
    if (waiting >= MANY) freeMemory();
    waiting = 0;
    block += 1;
  }

  for (const part of piecesOf(table, names, () => endOf(block) - taken)) {
    pending.push(part);
    waiting += part.length;
    taken += part.length;
    if (taken === endOf(block) && waiting > 0) write();
  }
  for (const { size } of pending) scratch.append(new Uint8Array(size)); // rows after the last usable row

  const bytes = new Uint8Array(65_536);
  const some = (...uses: readonly number[]): TypedParts =>
    table.some(
      uses.reduce((sum, use) => sum + counts[use]!, 0),
      (first, count) => {
        const own = count <= bytes.length ? bytes.subarray(0, count) : new Uint8Array(count);
        scratch.read(first, own);
        for (let i = 0; i < count; i++) own[i] = Number(uses.includes(own[i]!));
        return own;
      },
    );
  return {
    training: some(TRAINING),
    validation: counts[VALIDATION] === 0 ? null : some(VALIDATION),
    both: some(TRAINING, VALIDATION),
    heldOut: counts[HELD_OUT] === 0 ? null : some(HELD_OUT),
  };
}

/** Usable rows of a part of the table, or of the start of it. */
interface Piece extends Pick<UsablePart, "y" | "typed"> {
  /** The number of usable rows. */
  readonly length: number;
  /** The positions of the usable rows among the rows of the piece; null if all are usable. */
  readonly positions: Uint32Array | null;
  /** The number of rows of the piece. */
  readonly size: number;
}

/** The usable rows in pieces that have at most `left()` of them. */
function* piecesOf(table: TableInParts, names: readonly string[], left: () => number): Generator<Piece, void> {
  for (const part of table.usable(names)) {
    const { rows, y, typed } = part;
    const size = typed.rows + part.withoutTarget + part.leftOut;
    let [from, done] = [0, 0]; // usable rows, rows
    while (from < typed.rows) {
      const to = Math.min(typed.rows, from + left());
      const end = to === typed.rows ? size : rows === null ? to : rows[to]!;
      const positions = rows === null ? null : rows.slice(from, to).map((row) => row - done);
      yield {
        y: y.slice(from, to),
        typed: sliceOf(typed, names, from, to),
        length: to - from,
        positions,
        size: end - done,
      };
      [from, done] = [to, end];
    }
    if (typed.rows === 0) yield { y, typed, length: 0, positions: new Uint32Array(0), size };
  }
}

function sliceOf(typed: TypedTable, names: readonly string[], from: number, to: number): TypedTable {
  const columns = typed.columns
    .filter(({ name }) => names.includes(name))
    .map((column): TypedColumn => {
      if ("codes" in column) return { ...column, codes: column.codes.slice(from, to) };
      const { values, start, step } = column;
      return {
        ...column,
        values: Float64Array.from({ length: to - from }, (_, i) => values[start + (from + i) * step]!),
        start: 0,
        step: 1,
      };
    });
  return { ...typed, rows: to - from, columns };
}

function joined(pieces: readonly Piece[], names: readonly string[]): Omit<DividedRows, "block"> {
  const rows = pieces.reduce((sum, { length }) => sum + length, 0);
  const numbers = (lists: readonly Float64Array[]): Float64Array => {
    const all = new Float64Array(rows);
    let at = 0;
    for (const list of lists) {
      all.set(list, at);
      at += list.length;
    }
    return all;
  };
  const isNumbers = pieces.every(({ y }) => y instanceof Float64Array);
  const y = isNumbers
    ? numbers(pieces.map((piece) => piece.y as Float64Array))
    : pieces.flatMap((piece) => piece.y as readonly Label[]);
  const columns = names.flatMap((name): TypedColumn[] => {
    const own = pieces.flatMap(({ typed }) => typed.columns.filter((column) => column.name === name));
    const [first] = own;
    if (first === undefined) return [];
    if (!("codes" in first)) return [{ ...first, values: numbers(own.map((each) => (each as typeof first).values)) }];
    return [{ ...first, codes: Int32Array.from(own.flatMap((each) => [...(each as typeof first).codes])) }];
  });
  return { y, typed: { ...pieces[0]!.typed, rows, columns } };
}
