// A terminal with `width` columns. It shows the output of a command, breaks long lines, and breaks them again after a resize.

const codes = new RegExp(`${"\x1b"}\\[(?:\\?\\d+[hl]|\\d*[A-Za-z])|[\\s\\S]`, "g");

/** The visible width of a letter is 1: the tests draw no wide ones. */
export class Screen {
  /** Each line as it was written; a line that was broken is longer than the screen is wide. */
  #lines: string[] = [""];
  /** Cursor: the row on the screen (from 0 at the very top) and the column. */
  #row = 0;
  #column = 0;
  columns: number;

  constructor(columns: number) {
    this.columns = columns;
  }

  /** Rows of the screen, without spaces at their ends. */
  rows(): string[] {
    return this.#rows().map((row) => row.trimEnd());
  }

  resize(columns: number): void {
    const before = this.#position();
    this.columns = columns;
    [this.#row, this.#column] = this.#place(before);
  }

  write(text: string): void {
    for (const [token] of text.matchAll(codes)) {
      if (token === "\r") this.#column = 0;
      else if (token === "\n") this.#newLine();
      else if (token === "\x1b[1A") this.#row = Math.max(0, this.#row - 1);
      else if (token === "\x1b[2K") this.#clearRow();
      else if (!token.startsWith("\x1b")) this.#put(token);
    }
  }

  #rows(): string[] {
    return this.#lines.flatMap((line) => this.#broken(line));
  }

  #broken(line: string): string[] {
    const rows = [];
    for (let at = 0; at === 0 || at <= line.length; at += this.columns) rows.push(line.slice(at, at + this.columns));
    return rows;
  }

  /** The line of the cursor, and the position in this line. */
  #position(): { line: number; at: number } {
    let row = this.#row;
    for (const [line, text] of this.#lines.entries()) {
      const count = this.#broken(text).length;
      if (row < count) return { line, at: row * this.columns + this.#column };
      row -= count;
    }
    throw new Error("the cursor is below the last line");
  }

  #place({ line, at }: { line: number; at: number }): [row: number, column: number] {
    const above = this.#lines.slice(0, line).reduce((sum, text) => sum + this.#broken(text).length, 0);
    return [above + Math.floor(at / this.columns), at % this.columns];
  }

  #newLine(): void {
    this.#row += 1;
    this.#column = 0;
    while (this.#row >= this.#rows().length) this.#lines.push("");
  }

  #clearRow(): void {
    const { line, at } = this.#position();
    const start = at - this.#column;
    const text = this.#lines[line]!;
    this.#lines[line] =
      text.slice(0, start) +
      " ".repeat(Math.min(this.columns, Math.max(0, text.length - start))) +
      text.slice(start + this.columns);
    this.#lines[line] = this.#lines[line]!.trimEnd();
  }

  #put(letter: string): void {
    const { line, at } = this.#position();
    const text = this.#lines[line]!.padEnd(at);
    this.#lines[line] = text.slice(0, at) + letter + text.slice(at + 1);
    [this.#row, this.#column] = this.#place({ line, at: at + 1 });
  }
}
