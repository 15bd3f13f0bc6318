// The letters of runs. A run has the colour and the marker of its letter in every chart and in the table of the runs.

/** The letters, in the order in which runs get them. */
export const runLetters = [..."ABCDEFGH"];

/** The number of the style of a run in the charts. */
export const styleOf = (letter: string): number => runLetters.indexOf(letter);
