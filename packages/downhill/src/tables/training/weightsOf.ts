// The weights of rows, from a column of a table.
import { InputRangeError, InputTypeError, show } from "../../core/check.ts";
import type { TypedTable } from "../reading/typedTable.ts";
import type { Dialect } from "../tableOptions.ts";

/** @throws TypeError for a column of weights that does not hold numbers; RangeError for a missing or negative weight */
export function weightsOf(typed: TypedTable, name: string, { functionName, locate }: Dialect): Float64Array {
  const column = typed.columns.find((each) => each.name === name);
  if (column?.kind !== "number") {
    throw new InputTypeError(
      `${functionName}: column ${show(name)} with the weights must hold numbers, got ${column === undefined ? "a column that cannot be used" : column.kind}. ` +
        "Correct its cells, or choose another column.",
    );
  }
  const { values, start, step } = column;
  return Float64Array.from({ length: typed.rows }, (_, row) => {
    const weight = values[start + row * step]!;
    if (weight >= 0) return weight;
    throw new InputRangeError(
      `${functionName}: column ${show(name)} with the weights must hold a number of at least 0 in every row, ` +
        `got ${Number.isNaN(weight) ? "a missing cell" : weight} in ${locate(row)}. Supply 0 to ignore the row.`,
    );
  });
}
