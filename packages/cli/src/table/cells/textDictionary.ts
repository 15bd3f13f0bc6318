// Texts as codes into the list of the different texts, from DuckDB's vectors.
import type { DuckDBVector } from "@duckdb/node-api";
import type { TextCells } from "downhill";
import { shortTexts } from "./shortTexts.ts";

/** A growing column of texts. */
export interface TextDictionary {
  /** The number of different texts. */
  readonly size: number;
  add(vector: DuckDBVector, count: number): void;
  column(): TextCells;
}

/** A vector of VARCHAR. An entry has 16 bytes: the length of the text, and the text itself if it has at most 12 bytes. */
interface Texts {
  readonly dataView: DataView;
  readonly validity: { readonly data: BigUint64Array | null; itemValid(i: number): boolean };
}

const MAX_SHORT = 12;

/** An empty column. A short text becomes a JavaScript string only when it appears for the first time. */
export function textDictionary(): TextDictionary {
  const parts: Int32Array[] = [];
  const codes = new Map<string, number>();
  const short = shortTexts();
  let rows = 0;

  const codeOf = (text: string): number => {
    if (text === "") return -1;
    const known = codes.get(text);
    if (known !== undefined) return known;
    const code = codes.size;
    codes.set(text, code);
    return code;
  };

  return {
    get size() {
      return codes.size;
    },
    add(vector, count) {
      const { dataView, validity } = vector as unknown as Texts;
      const words = new Int32Array(dataView.buffer, dataView.byteOffset, 4 * count);
      const part = new Int32Array(count);
      const all = validity.data === null;
      for (let i = 0, at = 0; i < count; i++, at += 4) {
        if (!all && !validity.itemValid(i)) part[i] = -1;
        else if (words[at]! > MAX_SHORT) part[i] = codeOf(vector.getItem(i) as string);
        else {
          const known = short.find(words, at);
          part[i] = known ?? short.add(words, at, codeOf(vector.getItem(i) as string));
        }
      }
      rows += count;
      parts.push(part);
    },
    column() {
      const all = new Int32Array(rows);
      let at = 0;
      for (const part of parts) {
        all.set(part, at);
        at += part.length;
      }
      return { type: "text", codes: all, texts: [...codes.keys()] };
    },
  };
}
