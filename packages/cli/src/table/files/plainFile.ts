// Files whose bytes are those of the table. Every row is read several times, and messages count the lines of the plain text:
// so compressed data, standard input and pipes are first copied, without compression, to a temporary file.
import { createReadStream, statSync } from "node:fs";
import { extname } from "node:path";
import { DataError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import type { StandardInput } from "../../process/io.ts";
import { systemMessage } from "../../process/systemMessage.ts";
import { type Compression, compressionOf, decompressed, endingOf, firstBytes } from "./compression.ts";
import { DecompressionError } from "./decompressionError.ts";
import { endingsOf, type FileKind, type Format, nameOfData } from "./source.ts";
import { type TemporaryFiles, temporaryFiles } from "./temporaryFiles.ts";

/** A file that can be read several times. */
export interface PlainFile {
  readonly kind: FileKind;
  /** The name in messages: the path that the user wrote, or "standard input". */
  readonly name: string;
  /** The path of the file itself or of its plain copy, with the ending of its kind. */
  readonly path: string;
  /** The origin of the copy; "file" if there is no copy. */
  readonly origin: "file" | "pipe" | Compression;
}

/** The files of one command. */
export interface PlainFiles {
  /**
   * Opens a file of a known kind.
   *
   * @throws DataError for an empty file and for compressed data that cannot be read
   */
  open(path: string): Promise<PlainFile>;
  /** @throws DataError when standard input is empty or cannot be read */
  openStandardInput(format: Format, stdin: StandardInput): Promise<PlainFile>;
  /** A message of DuckDB with the names of the files in place of the paths of their copies. */
  named(message: string): string;
  /** Removes the copies. */
  remove(): void;
}

export function plainFiles(command: string): PlainFiles {
  const copies = temporaryFiles(command);
  const names = new Map<string, string>();
  const copied = async (source: CopySource): Promise<string> => {
    const path = await copyOf(command, copies, source);
    names.set(path, source.name);
    return path;
  };
  return {
    async open(path) {
      const { kind, ending, compression } = endingsOf(path)!;
      const file: PlainFile = { kind, name: path, path, origin: "file" };
      if (compression !== undefined && statSync(path).size > 0) {
        requireCompressed(command, path, compression);
        const copy = await copied({ name: path, ending, chunks: decompressed(path, compression) });
        return nonEmpty(command, { ...file, path: copy, origin: compression });
      }
      if (statSync(path).isFile()) return nonEmpty(command, file);
      const copy = await copied({ name: path, ending, chunks: createReadStream(path) });
      return nonEmpty(command, { ...file, path: copy, origin: "pipe" });
    },
    async openStandardInput(format, stdin) {
      const name = nameOfData("-");
      const path = await copied({ name, ending: `.${format}`, chunks: stdin.chunks() });
      const kind = format === "tsv" ? "csv" : format;
      if (kind === "csv") requireSeparated(command, path, format);
      return nonEmpty(command, { kind, name, path, origin: "pipe" });
    },
    named: (message) => [...names].reduce((text, [path, name]) => text.replaceAll(path, name), message),
    remove: copies.remove,
  };
}

interface CopySource {
  readonly name: string;
  readonly ending: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Copies chunks to a temporary file; returns its path. */
async function copyOf(command: string, copies: TemporaryFiles, { name, ending, chunks }: CopySource): Promise<string> {
  try {
    return await copies.write(name, ending, chunks);
  } catch (error) {
    if (error instanceof DecompressionError) {
      const fault = error.fault === "short" ? "ends early" : `is damaged (${error.message})`;
      throw new DataError(`${command}: the compressed file ${show(name)} ${fault}. Copy or download it again.`);
    }
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new DataError(`${command}: ${show(name)} could not be read: ${systemMessage(error)}. Check the path.`);
  }
}

/** @throws DataError for a file whose name has the ending of a compression that its bytes do not have */
function requireCompressed(command: string, path: string, compression: Compression): void {
  const found = compressionOf(firstBytes(path, 4));
  if (found === compression) return;
  const ending = extname(path);
  const advice =
    found === undefined
      ? `If it is not compressed, remove ${ending} from its name`
      : `Its name must end in ${endingOf(found)}`;
  throw new DataError(
    `${command}: ${show(path)} must contain ${compression} data because its name ends in ${ending}, ` +
      `but it contains ${found ?? "other"} data. ${advice}.`,
  );
}

/** @throws DataError for standard input that looks like JSON or Parquet without the option --format */
function requireSeparated(command: string, path: string, format: Format): void {
  const text = firstBytes(path, 100).toString();
  const found = /^\s*(\[\s*)?\{\s*"/.test(text) ? "json" : text.startsWith("PAR1") ? "parquet" : undefined;
  if (found === undefined) return;
  throw new DataError(
    `${command}: standard input must be ${format.toUpperCase()} text, but it looks like ${found}. Add --format ${found}.`,
  );
}

function nonEmpty(command: string, file: PlainFile): PlainFile {
  if (statSync(file.path).size > 0) return file;
  throw new DataError(`${command}: ${show(file.name)} is empty. Supply a header and rows.`);
}
