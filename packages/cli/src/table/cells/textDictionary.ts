// Texts as codes into the list of the different texts, from DuckDB's vectors.
import type { DuckDBVector } from "@duckdb/node-api";
import type { TextCells } from "downhill";
import { gatherTextCodes, type RankRows } from "./gatherCells.ts";
import { missingCells } from "./missingCells.ts";
import { shortTexts } from "./shortTexts.ts";

/** A growing list of different texts. */
export interface TextCodes {
  readonly texts: readonly string[];
  /** Writes the codes of the texts of a vector, −1 for missing cells. */
  write(vector: DuckDBVector, count: number, codes: Int32Array): void;
}

/** A growing column of texts. */
export interface TextDictionary {
  /** The number of different texts. */
  readonly size: number;
  add(vector: DuckDBVector, count: number): void;
  /** Adds the rows of other ranks. */
  gather(all: RankRows): void;
  column(): TextCells;
}

/** A vector of VARCHAR. An entry has 16 bytes: the length of the text, and the text itself if it has at most 12 bytes. */
interface Texts {
  readonly dataView: DataView;
}

const MAX_SHORT = 12;

/** An empty list. A short text becomes a JavaScript string only when it appears for the first time. */
export function textCodes(): TextCodes {
  const texts: string[] = [];
  const short = shortTexts();
  const long = new Map<string, number>();

  const longCode = (text: string): number => {
    const known = long.get(text);
    if (known !== undefined) return known;
    const code = texts.push(text) - 1;
    long.set(text, code);
    return code;
  };

  return {
    texts,
    write(vector, count, codes) {
      const { dataView } = vector as unknown as Texts;
      const bytes = Buffer.from(dataView.buffer, dataView.byteOffset, 16 * count);
      const words = new Int32Array(dataView.buffer, dataView.byteOffset, 4 * count);
      const isMissing = missingCells(vector, count);
      for (let i = 0, at = 0; i < count; i++, at += 4) {
        const length = words[at]!;
        if (length === 0 || isMissing?.(i)) codes[i] = -1;
        else if (length > MAX_SHORT) codes[i] = longCode(vector.getItem(i) as string);
        else {
          const start = 16 * i + 4;
          codes[i] =
            short.find(words, at) ??
            short.add(words, at, texts.push(bytes.toString("utf8", start, start + length)) - 1);
        }
      }
    },
  };
}

/** An empty column. */
export function textDictionary(): TextDictionary {
  const { texts, write } = textCodes();
  const parts: Int32Array[] = [];
  let rows = 0;
  let all: Omit<TextCells, "type"> | null = null;
  const own = (): Int32Array => {
    const codes = new Int32Array(rows);
    let at = 0;
    for (const part of parts) {
      codes.set(part, at);
      at += part.length;
    }
    return codes;
  };
  return {
    get size() {
      return (all?.texts ?? texts).length;
    },
    add(vector, count) {
      const part = new Int32Array(count);
      write(vector, count, part);
      rows += count;
      parts.push(part);
    },
    gather(rankRows) {
      all = gatherTextCodes(rankRows, texts, own());
    },
    column: () => ({ type: "text", ...(all ?? { codes: own(), texts }) }),
  };
}
