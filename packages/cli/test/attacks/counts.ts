/** The number of cases of each attack: a few in every test run, thousands with `npm run attacks`. */
const full = { files: 3000, commandLines: 800, models: 5600, reports: 150, kills: 300 };
const short = { files: 40, commandLines: 60, models: 150, reports: 6, kills: 4 };
export const counts = process.env["DOWNHILL_ATTACKS"] === "full" ? full : short;

/** The first seed: another one makes other cases. */
export const firstSeed = Number(process.env["DOWNHILL_SEED"] ?? 1);

/** A full run takes long: an hour is the limit of one attack. */
export const limit = 3_600_000;
