import { shellWord } from "../../terminal/shellWord.ts";

/** Advice on leaving a column out: `train` has --drop; a saved model needs all its columns. */
export const leaveOut = (command: string, name: string): string =>
  command === "train" ? `leave the column out with --drop ${shellWord(name)}` : "train without the column";
