// The errors for cells that are missing or no finite numbers: they name every such column at once.
import { DataError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import { throwAll } from "../../errors/severalErrors.ts";
import { leaveOut } from "../columns/leaveOut.ts";
import { identifier } from "../files/sqlText.ts";

/** A kind of cell: how many a column has, and the row (from 0) and the value of the first. */
export interface Counted {
  count: number;
  row: number;
  value: string;
}

/** The bad cells of a column. */
export interface BadCells extends Counted {
  readonly fault: "missing" | "not finite";
  /** The column. */
  readonly name: string;
  /** Whether the command cannot do without the column, so that no advice says to leave it out. */
  readonly needed: boolean;
}

const MOST_COLUMNS = 10; // that an error describes

/**
 * @param place  where a row (from 0) stands
 * @throws DataError unless there are no bad cells
 */
export function rejectBadCells(command: string, bad: readonly BadCells[], place: (row: number) => string): void {
  const missing = bad.filter(({ fault }) => fault === "missing");
  throwAll([
    ...(missing.length > 0 ? [missingCells(command, missing, place)] : []),
    ...bad.filter(({ fault }) => fault === "not finite").map((each) => notFinite(command, each, place)),
  ]);
}

function missingCells(command: string, bad: readonly BadCells[], place: (row: number) => string): DataError {
  const [only] = bad;
  if (bad.length === 1) {
    const { name, needed, count, row } = only!;
    const cells = count === 1 ? "1 missing cell at" : `${count} missing cells, the first at`;
    return new DataError(
      `${command}: column ${identifier(name)} must have a value in every row, got ${cells} ${place(row)}. ` +
        `Fill the cells in${orWithout(command, needed ? [] : [name])}.`,
    );
  }
  const described = bad.slice(0, MOST_COLUMNS).map(({ name, count, row }) => {
    return `${identifier(name)} (${count}, ${count === 1 ? "" : "the first "}at ${place(row)})`;
  });
  const more = bad.length - described.length;
  const others =
    more === 0
      ? ""
      : ` and ${more} other columns (${bad
          .slice(MOST_COLUMNS)
          .map(({ name }) => show(name))
          .join(", ")})`;
  const optional = bad.filter(({ needed }) => !needed).map(({ name }) => name);
  const advice =
    optional.length === bad.length
      ? `Fill the cells in${orWithout(command, optional)}`
      : `Fill the cells in, or remove their rows${optional.length === 0 ? "" : `; you can also ${leaveOut(command, ...optional)}`}`;
  return new DataError(
    `${command}: ${bad.length} columns have missing cells: ${described.join(", ")}${others}. ${advice}.`,
  );
}

const orWithout = (command: string, names: readonly string[]): string =>
  names.length === 0 ? ", or remove their rows" : `, remove their rows, or ${leaveOut(command, ...names)}`;

/** The error for cells of a column that are no finite numbers. */
export function notFinite(
  command: string,
  { name, needed, count, row, value }: Omit<BadCells, "fault">,
  place: (row: number) => string,
): DataError {
  const others = count === 1 ? "" : ` and ${count - 1} more`;
  return new DataError(
    `${command}: column ${identifier(name)} must hold finite numbers, got ${value} at ${place(row)}${others}. ` +
      `Correct the cells${orWithout(command, needed ? [] : [name])}.`,
  );
}
