// The notes about a table as lines for people. Many columns can have the same note; then one line names all of them.
import type { Note } from "downhill";
import { list } from "../errors/quoting.ts";

/** The texts of the warnings, and those of the other notes. */
export interface NoteLines {
  readonly warnings: readonly string[];
  readonly information: readonly string[];
}

/** The codes of notes that say the same about each column, apart from an example. */
const alike: readonly string[] = ["spaces", "booleans", "marks"];
const MANY = 4;

/** The texts of the notes; at least four of the same code, if they say the same, become one line. */
export function noteLines(notes: readonly Note[]): NoteLines {
  const ofLevel = (level: Note["level"]): string[] => merged(notes.filter((note) => note.level === level));
  return { warnings: ofLevel("warning"), information: ofLevel("information") };
}

function merged(notes: readonly Note[]): string[] {
  return notes.flatMap((note, at) => {
    const same = alike.includes(note.code) ? notes.filter(({ code }) => code === note.code) : [];
    if (same.length < MANY) return [note.text];
    const others = same.slice(1).map(({ column }) => column ?? "");
    return notes.indexOf(same[0]!) === at ? [`${note.text}; the same applies to ${list(others)}`] : [];
  });
}
