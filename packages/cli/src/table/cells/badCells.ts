// The errors for cells that are missing or not finite. An error names all columns with missing cells.
import { DataError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import { throwAll } from "../../errors/severalErrors.ts";
import { leaveOut } from "../columns/leaveOut.ts";
import { identifier } from "../files/sqlText.ts";

/** The number of such cells in a column, and the row (from 0) and value of the first. */
export interface Counted {
  count: number;
  row: number;
  value: string;
}

/** The bad cells of a column. */
export interface BadCells extends Counted {
  readonly fault: "missing" | "not finite";
  /** The name of the column. */
  readonly name: string;
  /** Whether the command needs the column, so that the advice must not be to leave it out. */
  readonly needed: boolean;
}

const MAX_COLUMNS = 10; // described in one error

type Locate = (row: number) => string;

/**
 * Reports bad cells.
 *
 * @param locate  the location of a row (from 0)
 * @throws DataError if there are bad cells
 */
export function rejectBadCells(command: string, bad: readonly BadCells[], locate: Locate): void {
  const missing = bad.filter(({ fault }) => fault === "missing");
  throwAll([
    ...(missing.length > 0 ? [missingCells(command, missing, locate)] : []),
    ...bad.filter(({ fault }) => fault === "not finite").map((each) => notFinite(command, each, locate)),
  ]);
}

function missingCells(command: string, bad: readonly BadCells[], locate: Locate): DataError {
  const [only] = bad;
  if (bad.length === 1) {
    const { name, needed, count, row } = only!;
    const cells = count === 1 ? "1 missing cell," : `${count} missing cells, the first`;
    return new DataError(
      `${command}: column ${identifier(name)} has ${cells} at ${locate(row)}. ` +
        `Fill in the ${cellWord(count)}${orWithout(command, count, needed ? [] : [name])}.`,
    );
  }
  const described = bad.slice(0, MAX_COLUMNS).map(({ name, count, row }) => {
    return `${identifier(name)} (${count}, ${count === 1 ? "" : "the first "}at ${locate(row)})`;
  });
  const others = bad.slice(MAX_COLUMNS).map(({ name }) => show(name));
  const more = others.length === 0 ? "" : ` and ${others.length} other columns (${others.join(", ")})`;
  const optional = bad.filter(({ needed }) => !needed).map(({ name }) => name);
  const advice =
    optional.length === bad.length
      ? `Fill in the cells${orWithout(command, 2, optional)}`
      : `Fill in the cells, or remove their rows${optional.length === 0 ? "" : `; you can also ${leaveOut(command, ...optional)}`}`;
  return new DataError(
    `${command}: ${bad.length} columns have missing cells: ${described.join(", ")}${more}. ${advice}.`,
  );
}

const cellWord = (count: number): string => (count === 1 ? "cell" : "cells");

function orWithout(command: string, count: number, names: readonly string[]): string {
  const remove = count === 1 ? "remove its row" : "remove their rows";
  return names.length === 0 ? `, or ${remove}` : `, ${remove}, or ${leaveOut(command, ...names)}`;
}

/** The error for cells of a column that are not finite numbers. */
export function notFinite(
  command: string,
  { name, needed, count, row, value }: Omit<BadCells, "fault">,
  locate: Locate,
): DataError {
  const cells =
    count === 1
      ? `1 cell is not: ${value} at ${locate(row)}`
      : `${count} cells are not; the first is ${value} at ${locate(row)}`;
  return new DataError(
    `${command}: column ${identifier(name)} must contain finite numbers, but ${cells}. ` +
      `Correct the ${cellWord(count)}${orWithout(command, count, needed ? [] : [name])}.`,
  );
}
