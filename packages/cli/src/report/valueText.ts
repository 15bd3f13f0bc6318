import { formatNumber } from "@downhill/plots/format";
import type { ColumnInspection } from "downhill";

const GROUPED = 10_000; // smaller numbers, which may be years, have no comma

/** A value of a column as text: a number such as 1984 or 12,500, a date such as 2020-01-31, or a time such as 09:30. */
export function valueText(kind: ColumnInspection["kind"], value: number): string {
  if (kind !== "date" && kind !== "time") {
    const text = formatNumber(value);
    return Math.abs(value) < GROUPED ? text.replace(",", "") : text;
  }
  const iso = new Date(value);
  if (Number.isNaN(iso.getTime())) return formatNumber(value);
  const [day = "", time = ""] = iso.toISOString().split("T");
  const short = time.replace(/(:00)?(\.000)?Z$/, "").replace(/Z$/, "");
  if (kind === "time") return short;
  return short === "00:00" ? day : `${day} ${short}`;
}
