// The progress of a cross-validation or of a search: one line on a terminal, or one line for each finished part.
import type { ProgressKind } from "../options/trainOptions.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { accent, printed } from "../terminal/text.ts";
import type { FoldProgress } from "../training/evaluation.ts";
import { gauge } from "./progressBar.ts";

const WIDTH = 30; // letters of the gauge

export function foldProgress(kind: ProgressKind, { stderr, style, columns }: Terminal): FoldProgress {
  if (kind === "none") return { step() {}, end() {} };
  if (kind === "lines") {
    return {
      step(_finished, _total, text, isPart) {
        if (isPart) stderr.line(text);
      },
      end() {},
    };
  }
  let drawn = false;
  return {
    step(finished, total, text) {
      const width = Math.max(1, columns() - 1);
      const bar = gauge(finished / total, Math.min(WIDTH, width), style.utf8);
      const rest = `  ${text}`.slice(0, Math.max(0, width - bar.length));
      stderr.raw(`${drawn ? "" : "\x1b[?25l"}\r\x1b[2K${printed([accent(bar), rest], style)}`);
      drawn = true;
    },
    end() {
      if (drawn) stderr.raw("\n\x1b[?25h");
      drawn = false;
    },
  };
}
