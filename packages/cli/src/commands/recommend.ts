// downhill recommend: lists the best items for users of a factorization, or the items that are similar to an item.
import { formatCount } from "@downhill/plots/format";
import type { FittedFactorization, FittedRatingModel, Label, Recommendation } from "downhill";
import { DataError, exitCodes, UsageError } from "../errors/errors.ts";
import { didYouMean } from "../errors/nearNames.ts";
import { list, show } from "../errors/quoting.ts";
import { type RatingsModelFile, readModel } from "../model/modelFile.ts";
import { readNewRatings, readUsers } from "../model/readUsers.ts";
import type { RecommendOptions } from "../options/otherOptions.ts";
import { checkOutputs } from "../output/checkOutputs.ts";
import { columnFile } from "../output/columnFiles.ts";
import { dataFiles } from "../output/dataFiles.ts";
import type { DataArgument } from "../table/files/source.ts";
import type { Columns } from "../table/writeTable.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { visible } from "../terminal/text.ts";

const command = "recommend";

/** Runs `downhill recommend MODEL` with --user, --users, --ratings or --similar. */
export async function recommendCommand(path: string, options: RecommendOptions, terminal: Terminal): Promise<number> {
  const { user, users, ratings, similar, top, out } = options;
  const file = columnFile(command, out, "recommendations");
  const data = users ?? ratings;
  if (user === undefined && data === undefined && similar === undefined) {
    throw new UsageError(
      `${command}: --user, --users, --ratings or --similar is missing. Set --user to a user, --users to a table of users, ` +
        "--ratings to a table with ratings of new users, or --similar to an item.",
    );
  }
  if ((data === undefined || user !== undefined) && out !== undefined) {
    throw new UsageError(
      `${command}: --out is for the recommendations of several users. Leave it out, or use --users or --ratings without --user.`,
    );
  }
  if (out !== undefined) {
    const inputs = [{ what: "the model", path }, ...(await dataFiles(command, data!))];
    checkOutputs(command, {
      outputs: [{ option: "--out", path: out, kind: "recommendations" }],
      inputs,
      force: options.force ?? false,
    });
  }
  const model = readModel(command, path);
  if (model.kind !== "ratings") {
    const { kind } = model.kind === "svmlight" ? model.fitted : model.fitted.model;
    throw new DataError(
      `${command}: the model in ${show(path)} must be a factorization, but it is ${kind}. Train with --model factorization.`,
    );
  }
  if (similar !== undefined) return listSimilar(model.fitted.model, similar, options, terminal);
  const source = { ...options, data: data!, stdin: terminal.stdin };
  const folded = ratings === undefined ? null : await foldedIn(model.fitted, source, terminal);
  const fitted = (folded?.fitted ?? model.fitted).model;
  if (user !== undefined) return listForUser(fitted, user, options, terminal);
  const known = folded?.users ?? (await knownUsers(model, fitted, source, terminal));
  const recommended = fitted.recommendEach(known, { top });
  if (options.json) {
    known.forEach((each, at) => {
      terminal.stdout.json({ user: each, items: recommended[at]! });
    });
    return exitCodes.ok;
  }
  const replaced = await file.write([columnsOf(known, recommended, model.fitted.columns.rating !== null)], terminal);
  if (out === undefined) return exitCodes.ok;
  terminal.stderr.line(
    `recommendations for ${formatCount(known.length)} ${known.length === 1 ? "user" : "users"} written to ${out}` +
      `${replaced ? " (replaced the existing file)" : ""}`,
  );
  return exitCodes.ok;
}

/** The model with the new users of a table of ratings. Ratings of items that the model does not know are left out, and reported. */
async function foldedIn(
  fitted: FittedRatingModel,
  data: DataArgument,
  { stderr }: Terminal,
): Promise<{ fitted: FittedRatingModel; users: string[] }> {
  const { rows, notes } = await readNewRatings(command, fitted, data);
  for (const note of notes) stderr.line(note);
  const known = rows.items.map((item) => fitted.model.knowsItem(item));
  const kept = Uint32Array.from(rows.users.keys()).filter((at) => known[at]);
  const users = [...new Set(Array.from(kept, (at) => rows.users[at]!))];
  if (users.length === 0) {
    throw new DataError(
      `${command}: none of the items of ${show(data.data)} has training ratings. ` +
        `The model has ratings of ${fitted.model.items.length} items: ${list(fitted.model.items, MAX_NAMED)}.`,
    );
  }
  const unknown = rows.items.filter((_, at) => !known[at]);
  if (unknown.length > 0) {
    const one = unknown.length === 1;
    stderr.line(
      `${formatCount(unknown.length)} ${one ? "rating" : "ratings"} of items without training ratings ${one ? "is" : "are"} left out: ` +
        namesOf([...new Set(unknown)]),
    );
  }
  const trained = users.filter((user) => fitted.model.knowsUser(user));
  if (trained.length > 0) {
    throw new DataError(
      `${command}: --ratings must have ratings of new users only, but the model has training ratings of ${namesOf(trained)}. ` +
        "Leave out their rows, or train a model on all ratings.",
    );
  }
  const { user, item, rating } = fitted.columns;
  const columns: Record<string, ArrayLike<unknown>> = {
    [user.name]: Array.from(kept, (at) => rows.users[at]),
    [item.name]: Array.from(kept, (at) => rows.items[at]),
    ...(rating && { [rating.name]: Float64Array.from(kept, (at) => rows.ratings![at]!) }),
  };
  return { fitted: fitted.foldIn(columns), users };
}

const namesOf = (texts: readonly string[]): string =>
  `${texts
    .slice(0, MAX_NAMED)
    .map((text) => show(text))
    .join(", ")}${texts.length > MAX_NAMED ? ", …" : ""}`;

function listForUser(
  fitted: FittedFactorization,
  name: string,
  { top, json }: RecommendOptions,
  { stdout, stderr }: Terminal,
): number {
  const user = labelOf(fitted.users, "--user", name, "user");
  const items = fitted.recommend(user, { top });
  if (json) stdout.json({ user, items });
  else for (const { item, rating } of items) stdout.raw(`${visible(String(item))}\t${rating.toFixed(3)}\n`);
  if (items.length === 0) stderr.line(`${show(name)} has rated every item of the model.`);
  return exitCodes.ok;
}

function listSimilar(
  fitted: FittedFactorization,
  name: string,
  { top, json }: RecommendOptions,
  { stdout }: Terminal,
): number {
  const item = labelOf(fitted.items, "--similar", name, "item");
  const items = fitted.similarItems(item, { top });
  if (json) stdout.json({ item, items });
  else for (const each of items) stdout.raw(`${visible(String(each.item))}\t${each.similarity.toFixed(3)}\n`);
  return exitCodes.ok;
}

/** @throws UsageError for a text that is no user or item of the model */
function labelOf(labels: readonly Label[], option: string, name: string, what: string): Label {
  const label = labels.find((each) => String(each) === name);
  if (label !== undefined) return label;
  throw new UsageError(
    `${command}: ${option} ${show(name)} is not ${what === "item" ? "an item" : "a user"} of the model. ` +
      `${didYouMean(name, labels.map(String))}Choose one of its ${labels.length} ${what}s: ${list(labels, 5)}.`,
  );
}

const MAX_NAMED = 5; // users that a message names

/** The users of a table that the model knows, each once. The others are reported. */
async function knownUsers(
  model: RatingsModelFile,
  fitted: FittedFactorization,
  data: DataArgument,
  { stderr }: Terminal,
): Promise<Label[]> {
  const { texts, notes } = await readUsers(command, model, data);
  for (const note of notes) stderr.line(note);
  const byText = new Map(fitted.users.map((user) => [String(user), user]));
  const unknown = texts.filter((text) => !byText.has(text));
  if (unknown.length === texts.length) {
    throw new DataError(
      `${command}: none of the ${texts.length} users of ${show(data.data)} has training ratings. ` +
        `The model has ratings of ${fitted.users.length} users: ${list(fitted.users, MAX_NAMED)}.`,
    );
  }
  if (unknown.length > 0) {
    stderr.line(
      `${formatCount(unknown.length)} of ${formatCount(texts.length)} users have no training ratings and are left out: ` +
        namesOf(unknown),
    );
  }
  return texts.filter((text) => byText.has(text)).map((text) => byText.get(text)!);
}

/** The recommendations as columns: user, rank, item, and the predicted rating, or the score for implicit feedback. */
function columnsOf(users: readonly Label[], recommended: readonly Recommendation[][], hasRatings: boolean): Columns {
  const rows = recommended.flatMap((items, at) =>
    items.map(({ item, rating }, index) => ({ user: users[at]!, rank: index + 1, item, rating })),
  );
  const names = { user: "user", rank: "rank", item: "item", rating: hasRatings ? "rating" : "score" } as const;
  return (["user", "rank", "item", "rating"] as const).map((name) => [names[name], rows.map((row) => row[name])]);
}
