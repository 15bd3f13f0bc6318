import { shellWord } from "../../terminal/shellWord.ts";

/** Advice on leaving columns out: `train` has --drop; a saved model needs all its columns. */
export function leaveOut(command: string, ...names: readonly string[]): string {
  const columns = names.length === 1 ? "the column" : "the columns";
  if (command !== "train") return `train without ${columns}`;
  return `leave ${columns} out with ${names.map((name) => `--drop ${shellWord(name)}`).join(" ")}`;
}
