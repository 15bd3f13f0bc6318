// The cells of all ranks, each of which has written the file of its rows.
import type { CellColumnFacts, TextFacts, ValueFacts } from "downhill";
import { gatherValues } from "../ranks/gather.ts";
import { gatherFlags, mergedTexts } from "../table/cells/gatherCells.ts";
import type { Division, ReadTable } from "../table/cells/reader.ts";
import type { CellFilesOptions, StoredColumn } from "./cellFile.ts";
import type { ScratchFile } from "./scratchFile.ts";

export interface Gathering {
  readonly division: Division;
  /** The file of this rank. */
  readonly path: string;
  readonly checkTexts: CellFilesOptions["checkTexts"];
  /** Opens the file of another rank. */
  readonly open: (path: string) => Pick<ScratchFile, "read">;
}

/** The cells of all ranks. Each rank has written the file of its rows, and opens those of the others. */
export async function gatherFiles(
  own: ReadTable<StoredColumn>,
  { division: { ranks, attempt }, path, checkTexts, open }: Gathering,
): Promise<ReadTable<StoredColumn>> {
  const all = gatherValues(ranks, { path, rows: own.rows, facts: own.columns.map(({ column }) => column.facts) });
  const scratches = await attempt(async () => all.map((each) => open(each.path)));
  const sections = scratches.map((scratch, rank) => ({ scratch, rows: all[rank]!.rows }));
  let count = 0; // different texts
  const columns = gatherFlags(ranks, own.columns).map(({ name, column: { stored }, ...flags }, j) => {
    const { facts, codes } = mergedFacts(all.map(({ rows, facts }) => ({ rows, facts: facts[j]! })));
    if (facts.type === "text") {
      count += facts.texts.length;
      checkTexts(name, { own: facts.texts.length, all: count });
    }
    return {
      name,
      column: { facts, stored: stored && { ...stored, file: { ...stored.file, sections }, codes } },
      ...flags,
    };
  });
  return { rows: all.reduce((sum, { rows }) => sum + rows, 0), columns };
}

/** The facts about the cells of a column in all sections and, for texts, the codes that those of each section become. */
function mergedFacts(sections: readonly { readonly rows: number; readonly facts: CellColumnFacts }[]): {
  readonly facts: CellColumnFacts;
  readonly codes: readonly Int32Array[] | null;
} {
  const [first] = sections;
  if (first!.facts.type === "other") return { facts: first!.facts, codes: null };
  if (first!.facts.type !== "text") {
    const all = sections.map(({ facts }) => facts as ValueFacts);
    const present = all.some((facts) => facts.present);
    return { facts: { type: first!.facts.type, present, finite: all.every(({ finite }) => finite) }, codes: null };
  }
  const { texts, codes } = mergedTexts(sections.map(({ facts }) => (facts as TextFacts).texts));
  const counts = new Uint32Array(texts.length);
  const firstRows = new Float64Array(texts.length).fill(Infinity);
  let start = 0;
  for (const [i, { rows, facts }] of sections.entries()) {
    const own = facts as TextFacts;
    for (const [code, merged] of codes[i]!.entries()) {
      counts[merged]! += own.counts[code]!;
      firstRows[merged] = Math.min(firstRows[merged]!, start + own.firstRows[code]!);
    }
    start += rows;
  }
  return { facts: { type: "text", texts, counts, firstRows }, codes };
}
