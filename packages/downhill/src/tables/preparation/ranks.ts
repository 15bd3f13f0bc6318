// Numbers of given ranks, in bounded memory. Few rows are sorted. For more rows, the bits of a float64 as an integer sort as the number does, so the
// numbers are counted by their first 16 bits, then those with the right first bits by the next 16 bits, and so on.
import { eachNumber, isInParts, partsOf, sharedWork, type TypedRows } from "../reading/typedParts.ts";
import type { NumberValues } from "../reading/typedTable.ts";

/** The ranks (from 0) to find among the values of a column that are not missing. */
export interface RanksOfColumn {
  readonly name: string;
  readonly ranks: readonly number[];
}

const DIGITS = 4;
const SIZE = 65_536;
const FEW_ROWS = 8192; // sorting more takes longer than counting
const COUNTS = 128; // arrays of counts at the same time: 32 MB

/** The numbers that have these ranks when the values of a column are sorted; 0 for −0. They are exact for any number of rows. */
export function valuesAtRanks(table: TypedRows, requests: readonly RanksOfColumn[]): number[][] {
  return isInParts(table) ? [...sharedWork(table, requests, search)] : search(table, requests);
}

function search(table: TypedRows, requests: readonly RanksOfColumn[]): number[][] {
  const found: number[][] = [];
  for (let from = 0; from < requests.length; ) {
    let to = from;
    for (let counts = 0; to < requests.length; to++) {
      counts += requests[to]!.ranks.length;
      if (counts > COUNTS && to > from) break;
    }
    const some = requests.slice(from, to);
    found.push(...(table.rows > FEW_ROWS ? counted(table, some) : sorted(table, some)));
    from = to;
  }
  return found;
}

const sorted = (table: TypedRows, requests: readonly RanksOfColumn[]): number[][] =>
  requests.map(({ name, ranks }) => {
    const values: number[] = [];
    eachNumber(table, name, (x) => Number.isNaN(x) || values.push(x + 0));
    const inOrder = new Float64Array(values).sort();
    return ranks.map((rank) => inOrder[rank]!);
  });

/** The search for one rank. */
interface Search {
  /** The first digits of the number. */
  prefix: number;
  /** The rank among the numbers with these digits. */
  rank: number;
  readonly digits: number[];
}

function counted(table: TypedRows, requests: readonly RanksOfColumn[]): number[][] {
  const searches = requests.map(({ ranks }) => ranks.map((rank): Search => ({ prefix: 0, rank, digits: [] })));
  const names = requests.map(({ name }) => name);
  for (let digit = 0; digit < DIGITS; digit++) {
    const counts = searches.map((own) => new Map(own.map(({ prefix }) => [prefix, new Uint32Array(SIZE)])));
    for (const { rows, columns } of partsOf<NumberValues>(table, names)) {
      columns.forEach((column, c) => {
        count(column, rows, digit, counts[c]!);
      });
    }
    searches.forEach((own, c) => {
      for (const search of own) descend(search, counts[c]!.get(search.prefix)!);
    });
  }
  return searches.map((own) => own.map(({ digits }) => numberOf(digits)));
}

const number = new Float64Array(1);
const words = new Uint32Array(number.buffer); // the low word first

function count(
  { values, start, step }: NumberValues,
  rows: number,
  digit: number,
  counts: ReadonlyMap<number, Uint32Array>,
): void {
  const prefixes = [...counts.keys()];
  const arrays = [...counts.values()];
  for (let row = 0, at = start; row < rows; row++, at += step) {
    const x = values[at]!;
    if (Number.isNaN(x)) continue;
    number[0] = x + 0;
    const isNegative = words[1]! >>> 31 === 1;
    const high = (isNegative ? ~words[1]! : words[1]! ^ 0x8000_0000) >>> 0;
    const low = (isNegative ? ~words[0]! : words[0]!) >>> 0;
    const prefix = digit === 0 ? 0 : digit === 1 ? high >>> 16 : digit === 2 ? high : high * SIZE + (low >>> 16);
    const own = digit === 0 ? high >>> 16 : digit === 1 ? high & 0xffff : digit === 2 ? low >>> 16 : low & 0xffff;
    for (let k = 0; k < prefixes.length; k++) if (prefixes[k] === prefix) arrays[k]![own]! += 1;
  }
}

/** The next digit of the number of a rank. */
function descend(search: Search, counts: Uint32Array): void {
  let digit = 0;
  while (search.rank >= counts[digit]!) search.rank -= counts[digit++]!;
  search.digits.push(digit);
  search.prefix = search.prefix * SIZE + digit;
}

function numberOf([a, b, c, d]: readonly number[]): number {
  const [high, low] = [((a! << 16) | b!) >>> 0, ((c! << 16) | d!) >>> 0];
  const isNegative = high < 0x8000_0000;
  words[1] = isNegative ? ~high : high ^ 0x8000_0000;
  words[0] = isNegative ? ~low : low;
  return number[0]!;
}
