import { show } from "../../../core/check.ts";
import { eachNumber, type TypedRows } from "../../reading/typedParts.ts";
import type { Note, NumberValues } from "../../reading/typedTable.ts";
import type { Dialect } from "../../tableOptions.ts";
import type { ColumnStatistics } from "../columnStatistics.ts";

const EXTREME = 20; // deviations
const FEW_ROWS = 1000;

/**
 * A warning about values that are more than 20 standard deviations from the mean. Mean and deviation are those of the values that are
 * not far away (within 8 deviations of all values, or 4 in a small table), because an extreme value changes both.
 */
export function outlierWarning(
  { column, statistics }: { readonly column: Pick<NumberValues, "name">; readonly statistics: ColumnStatistics },
  table: TypedRows,
  dialect: Dialect,
): Note | null {
  const { smallest, largest, mean, deviation } = statistics;
  const near = (table.rows < FEW_ROWS ? 4 : 8) * deviation;
  if (!(largest - mean > near || mean - smallest > near)) return null;
  const { name } = column;
  const inner = momentsWithin(name, table, { mean, near });
  const limit = EXTREME * inner.deviation;
  if (inner.equal) return null;
  let count = 0;
  let [example, row] = [inner.mean, -1];
  eachNumber(table, name, (value, i) => {
    const distance = Math.abs(value - inner.mean);
    if (!(distance > limit)) return;
    count += 1;
    if (distance > Math.abs(example - inner.mean)) [example, row] = [value, i];
  });
  if (count === 0) return null;
  const what = count === 1 ? "a value" : `${count} values`;
  return {
    code: "outliers",
    column: name,
    text:
      `${show(name)} has ${what} more than ${EXTREME} standard deviations from the mean, the farthest ${example} in ` +
      `${dialect.locate(row)}: check whether ${count === 1 ? "it is a mistake or a mark" : "they are mistakes or marks"} of a missing cell`,
    level: "warning",
  };
}

function momentsWithin(
  name: string,
  table: TypedRows,
  { mean, near }: { readonly mean: number; readonly near: number },
): { readonly mean: number; readonly deviation: number; readonly equal: boolean } {
  let [n, sum, squares] = [0, 0, 0];
  let [smallest, largest] = [Infinity, -Infinity];
  eachNumber(table, name, (value) => {
    const difference = value - mean;
    if (!(Math.abs(difference) <= near)) return;
    n += 1;
    sum += difference;
    squares += difference * difference;
    if (difference < smallest) smallest = difference;
    if (difference > largest) largest = difference;
  });
  const deviation = Math.sqrt(Math.max(0, squares / n - (sum / n) * (sum / n)));
  return { mean: mean + sum / n, deviation, equal: smallest === largest };
}
