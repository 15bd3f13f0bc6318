// Reads svmlight files, in pieces.
import { closeSync, openSync, readSync } from "node:fs";
import { readSvmlight, type SvmlightData, type SvmlightOptions } from "downhill";
import { DataError, isInputError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import { compressionOf, firstBytes } from "./compression.ts";
import { plainCopy } from "./plainFile.ts";

const PIECE = 2 ** 20; // bytes in one reading

/**
 * Reads an svmlight file once, in pieces. A compressed file is first copied, without compression, to a temporary file.
 *
 * @throws DataError for text of another form, and for a file that cannot be read
 */
export async function readSvmlightFile(
  command: string,
  name: string,
  firstColumn: NonNullable<SvmlightOptions["firstColumn"]>,
): Promise<SvmlightData> {
  const compression = compressionOf(firstBytes(name, 4));
  const copy = compression === undefined ? null : await plainCopy(command, { name, ending: ".svm", compression });
  try {
    return readSvmlight(piecesOf(copy?.path ?? name), { firstColumn });
  } catch (error) {
    if (!isInputError(error)) throw error;
    throw new DataError(error.message.replace("readSvmlight:", `${command}: ${show(name)}:`));
  } finally {
    copy?.remove();
  }
}

function* piecesOf(path: string): Generator<string, void> {
  const file = openSync(path, "r");
  const decoder = new TextDecoder();
  const bytes = new Uint8Array(PIECE);
  try {
    for (let count = readSync(file, bytes); count > 0; count = readSync(file, bytes)) {
      yield decoder.decode(bytes.subarray(0, count), { stream: true });
    }
    yield decoder.decode();
  } finally {
    closeSync(file);
  }
}
