/** A position in a text, and the number of lines before it. */
interface Start {
  readonly skip: number;
  readonly from: number;
}

/** The lines before the header of a CSV text. */
export interface BeforeHeader extends Start {
  /** The number of lines that begin with #, and the start of the last. */
  readonly comments: number;
  readonly lastComment?: Start;
  /** The delimiter of a line such as "sep=;". */
  readonly delimiter?: string;
}

/** The lines before the header: blank lines, lines that begin with #, and a line such as "sep=;", which spreadsheets write. */
export function beforeHeader(text: string): BeforeHeader {
  const lines = /([^\r\n]*)(?:\r\n|\n|\r)/y;
  for (let found: BeforeHeader = { skip: 0, from: text.startsWith("\ufeff") ? 1 : 0, comments: 0 }; ; ) {
    lines.lastIndex = found.from;
    const line = lines.exec(text)?.[1];
    if (line === undefined) return found;
    const separator = /^"?sep=(.)"?[ \t]*$/i.exec(line);
    const next = { ...found, skip: found.skip + 1, from: lines.lastIndex };
    if (separator !== null) found = { ...next, delimiter: separator[1]! };
    else if (line.trim() === "") found = next;
    else if (line.startsWith("#")) found = { ...next, comments: found.comments + 1, lastComment: found };
    else return found;
  }
}
