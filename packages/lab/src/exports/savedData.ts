// The file that "Save the data" saves, and the programs that read it instead of the user's own file.
import type { FileData } from "../files/fileData.ts";

/** Whether the programs read the saved file: they have no Parquet reader and draw no sample. */
export const isOfSavedFile = ({ format, sample }: FileData): boolean => format !== "csv" || sample > 0;

/** Whether the command reads the saved file: it has no options for these choices, but reads Parquet. */
export const commandNeedsSavedFile = ({ format, quotes, ragged, decimal, sample }: FileData): boolean =>
  format === "pasted" || !quotes || ragged !== "error" || decimal !== "auto" || sample > 0;

/** The name of the saved file: "prices.lab.csv" for prices.csv. */
export const savedName = ({ name }: FileData): string => `${name.replace(/\.[^.]*$/, "")}.lab.csv`;

/** How the saved file is read. */
export const savedReading = (data: FileData): { readonly delimiter: string; readonly header: true } => ({
  delimiter: hasDecimalCommas(data) ? ";" : ",",
  header: true,
});

/** Whether a comma in 1,234 is a decimal comma. The saved file then has semicolons, so that it is read in the same way. */
const hasDecimalCommas = ({ decimal, delimiter }: FileData): boolean =>
  decimal === "auto" ? delimiter === ";" : decimal === "comma";
