// Files whose bytes are those of the table. Every row is read several times, and messages count the lines of the plain text:
// so compressed data, standard input and pipes are first copied, without compression, to a temporary file.
import { createReadStream, statSync } from "node:fs";
import { extname } from "node:path";
import { DataError } from "../../errors/errors.ts";
import { show } from "../../errors/quoting.ts";
import type { StandardInput } from "../../process/io.ts";
import { systemMessage } from "../../process/systemMessage.ts";
import { blankComments } from "./comments.ts";
import { type Compression, compressionOf, decompressed, endingOf, firstBytes } from "./compression.ts";
import { kindOf, noTableIn } from "./contents.ts";
import { DecompressionError } from "./decompressionError.ts";
import { type CsvOptions, endingsOf, type FileKind, type Format, nameOfData } from "./source.ts";
import { isSvmlight } from "./svmlight.ts";
import { type TemporaryFiles, temporaryFiles } from "./temporaryFiles.ts";
import { DecodingError, decoded, encodingOf } from "./textEncoding.ts";

/** A file that can be read several times. Its text is UTF-8. */
export interface PlainFile {
  readonly kind: FileKind;
  /** The name in messages: the path that the user wrote, or "standard input". */
  readonly name: string;
  /** The path of the file itself or of its plain copy, with the ending of its kind. */
  readonly path: string;
  /** The origin of the copy; "file" if there is no copy. */
  readonly origin: "file" | "pipe" | "input" | Compression;
}

/** The files of one command. */
export interface PlainFiles {
  /**
   * Opens a file. Its content decides what it is; `notes` receives a sentence if its name says something else.
   *
   * @throws DataError for an empty file, for a file that is no table, and for data that cannot be decompressed or decoded
   */
  open(path: string): Promise<PlainFile>;
  /** @throws DataError when standard input is empty or cannot be read */
  openStandardInput(format: Format | undefined, stdin: StandardInput): Promise<PlainFile>;
  /** Sentences about the way in which the files were read. */
  readonly notes: string[];
  /** A message of DuckDB with the names of the files in place of the paths of their copies. */
  named(message: string): string;
  /** Removes the copies. */
  remove(): void;
}

export function plainFiles(command: string, { encoding, comment, delimiter }: CsvOptions): PlainFiles {
  const copies = temporaryFiles(command);
  const names = new Map<string, string>();
  const notes: string[] = [];
  const copied = async (source: CopySource): Promise<string> => {
    const path = await copyOf(command, copies, source);
    names.set(path, source.name);
    return path;
  };

  /** The file with the kind of its content, as UTF-8. `named` is the kind of its name or of --format. */
  async function checked(file: Omit<PlainFile, "kind">, ending: string, named?: FileKind): Promise<PlainFile> {
    const { name, path } = file;
    if (statSync(path).size === 0) {
      throw new DataError(`${command}: ${show(name)} is empty. Supply a header and rows.`);
    }
    const top = firstBytes(path, TOP);
    if (isSvmlight(path)) {
      throw new DataError(
        `${command}: ${show(name)} contains svmlight rows, which are read only from one file with the ending .svm. ` +
          "Write them into such a file, and pass it as DATA.",
      );
    }
    const other = noTableIn(top);
    if (other !== undefined) {
      throw new DataError(`${command}: ${show(name)} is not a table: it contains ${other.contents}. ${other.advice}`);
    }
    const kind = kindOf(top, named) ?? "csv";
    if (kind !== named && file.origin !== "input") {
      notes.push(`${name} is read as ${nameOf[kind]}, because it contains ${contentsOf[kind]}`);
    }
    if (kind === "parquet") return { ...file, kind };
    const text = textEncoding(command, { name, path, kind, encoding });
    if (text.note !== undefined) notes.push(text.note);
    const isCommented = kind === "csv" && comment !== undefined;
    if (text.encoding === undefined && !isCommented) return { ...file, kind };
    const chunks = text.encoding === undefined ? createReadStream(path) : decoded(path, text.encoding);
    const rows = isCommented ? blankComments(chunks, { comment, delimiter }) : chunks;
    return { ...file, kind, path: await copied({ name, ending, chunks: rows }) };
  }

  return {
    notes,
    async open(path) {
      const { kind, ending = ".csv", compression } = endingsOf(path) ?? {};
      if (!statSync(path).isFile()) {
        const copy = await copied({ name: path, ending, chunks: createReadStream(path) });
        return checked({ name: path, path: copy, origin: "pipe" }, ending, kind);
      }
      if (compression !== undefined && statSync(path).size > 0) requireCompressed(command, path, compression);
      const found = compressionOf(firstBytes(path, 4));
      if (found === undefined) return checked({ name: path, path, origin: "file" }, ending, kind);
      if (compression === undefined) notes.push(`${path} is decompressed, because it contains ${found} data`);
      const copy = await copied({ name: path, ending, chunks: decompressed(path, found) });
      return checked({ name: path, path: copy, origin: found }, ending, kind);
    },
    async openStandardInput(format, stdin) {
      const name = nameOfData("-");
      const ending = `.${format ?? "csv"}`;
      let path = await copied({ name, ending, chunks: stdin.chunks() });
      const found = compressionOf(firstBytes(path, 4));
      if (found !== undefined) path = await copied({ name, ending, chunks: decompressed(path, found) });
      const named = format === "tsv" ? "csv" : format;
      const kind = kindOf(firstBytes(path, TOP), named);
      if (kind !== undefined && named !== undefined && kind !== named) {
        throw new DataError(
          `${command}: --format is ${format}, but standard input contains ${contentsOf[kind]}. Set --format ${kind}.`,
        );
      }
      return checked({ name, path, origin: "input" }, ending, named);
    },
    named: (message) => [...names].reduce((text, [path, name]) => text.replaceAll(path, name), message),
    remove: copies.remove,
  };
}

const TOP = 4096; // bytes that show what a file contains

const nameOf: Readonly<Record<FileKind, string>> = { csv: "CSV", parquet: "Parquet", json: "JSON" };

const contentsOf: Readonly<Record<FileKind, string>> = {
  csv: "text",
  parquet: "Parquet data",
  json: "JSON records",
};

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
    if (error instanceof DecodingError) {
      throw new DataError(
        `${command}: ${name}:${error.line} ${error.message}. Set the encoding of the file with --encoding, or correct the line.`,
      );
    }
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new DataError(`${command}: ${show(name)} could not be read: ${systemMessage(error)}. Check the path.`);
  }
}

/** A temporary copy of a compressed file, without compression. */
export async function plainCopy(
  command: string,
  { name, ending, compression }: { readonly name: string; readonly ending: string; readonly compression: Compression },
): Promise<{ readonly path: string; remove(): void }> {
  const copies = temporaryFiles(command);
  const path = await copyOf(command, copies, { name, ending, chunks: decompressed(name, compression) });
  return { path, remove: copies.remove };
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

interface TextFile {
  readonly name: string;
  readonly path: string;
  readonly kind: FileKind;
  /** The encoding that the user set. */
  readonly encoding: string | undefined;
}

/**
 * The encoding from which a text must be decoded, and a sentence for the user; no encoding if DuckDB can read the file.
 *
 * @throws DataError if the file has no known encoding
 */
function textEncoding(
  command: string,
  { name, path, kind, encoding }: TextFile,
): { readonly encoding?: string; readonly note?: string } {
  const found = encodingOf(path);
  if (encoding !== undefined) {
    const same = found.name === "utf-8" && new TextDecoder(encoding).encoding === "utf-8";
    return same && !(found.mark && kind === "json") ? {} : { encoding };
  }
  switch (found.name) {
    case "utf-8":
      return found.mark && kind === "json" ? { encoding: found.name } : {};
    case "windows-1252":
      return {
        encoding: found.name,
        note: `${name} is read as Windows-1252, because line ${found.line} is not UTF-8 (--encoding sets another encoding)`,
      };
    case "unknown":
      throw new DataError(
        `${command}: ${name}:${found.line} is not UTF-8 text, ` +
          `${found.mixed ? "but other lines are" : "and it is not Windows-1252 text"}. ` +
          "Set the encoding of the file with --encoding, or save the file as UTF-8.",
      );
    case "binary":
      throw new DataError(
        `${command}: ${show(name)} must be text, but it contains binary data. Pass a CSV, Parquet or JSON file.`,
      );
    default:
      return { encoding: found.name, note: `${name} is read as ${found.name.toUpperCase()}` };
  }
}
