// Lines that are comments. DuckDB would also cut the end of a row at the character of a comment, as in "color #fff".

const [LINE_FEED, CARRIAGE_RETURN, QUOTE] = [10, 13, 34];
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** The text without the lines that begin with the character; blank lines replace them, so that the numbers of lines stay. */
export async function* blankComments(
  chunks: AsyncIterable<Uint8Array>,
  { comment, delimiter }: { readonly comment: string; readonly delimiter: string | undefined },
): AsyncGenerator<Uint8Array, void> {
  const start = comment.charCodeAt(0);
  const delimiters = new Set([...(delimiter ?? ",;\t|")].map((letter) => letter.charCodeAt(0)));
  let [lineStart, cellStart, quoted, isComment, previous] = [true, true, false, false, 0];
  let mark = 0; // the number of bytes of the byte order mark that were read, or its length after other bytes
  for await (const chunk of chunks) {
    const kept = Buffer.alloc(chunk.length);
    let length = 0;
    for (const byte of chunk) {
      if (byte === BYTE_ORDER_MARK[mark]) {
        kept[length++] = byte;
        mark++;
        continue;
      }
      mark = BYTE_ORDER_MARK.length;
      const ends = byte === LINE_FEED || byte === CARRIAGE_RETURN;
      if (lineStart && !quoted && !ends) isComment = byte === start;
      if (ends) isComment = false;
      if (!isComment) {
        kept[length++] = byte;
        if (byte === QUOTE && (quoted || cellStart || previous === QUOTE)) quoted = !quoted;
      }
      lineStart = ends;
      cellStart = ends || (!quoted && delimiters.has(byte));
      previous = byte;
    }
    yield kept.subarray(0, length);
  }
}
