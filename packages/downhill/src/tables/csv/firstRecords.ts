import { type CsvRecord, type CsvRecordOptions, csvRecords } from "./csvRecords.ts";

const MOST = 100;

/** At most 101 first records of a CSV text. @param isStart  whether the text ends inside its last record */
export function firstRecords(
  text: string,
  { isStart = false, ...options }: CsvRecordOptions & { readonly isStart?: boolean },
): readonly CsvRecord[] {
  const found: CsvRecord[] = [];
  for (const record of csvRecords(text, options)) {
    found.push(record);
    if (found.length > MOST) return found;
  }
  return isStart && found.length > 2 ? found.slice(0, -1) : found;
}
