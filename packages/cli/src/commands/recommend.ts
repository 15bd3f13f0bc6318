// downhill recommend: lists the best items for a user of a factorization.
import type { Label } from "downhill";
import { DataError, exitCodes, UsageError } from "../errors/errors.ts";
import { didYouMean } from "../errors/nearNames.ts";
import { list, show } from "../errors/quoting.ts";
import { isFactorization } from "../model/metrics.ts";
import { readModel } from "../model/modelFile.ts";
import type { RecommendOptions } from "../options/otherOptions.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { visible } from "../terminal/text.ts";

const command = "recommend";

/** Runs `downhill recommend MODEL --user U`. */
export async function recommendCommand(
  path: string,
  options: RecommendOptions,
  { stdout, stderr }: Terminal,
): Promise<number> {
  const { user: name, top, json } = options;
  const { fitted } = readModel(command, path);
  if (!isFactorization(fitted)) {
    throw new DataError(
      `${command}: the model in ${show(path)} must be a factorization, but it is ${fitted.kind}. Train with --model factorization.`,
    );
  }
  const user: Label | undefined = fitted.users.find((each) => String(each) === name);
  if (user === undefined) {
    throw new UsageError(
      `${command}: --user ${show(name)} is not a user of the model. ${didYouMean(name, fitted.users.map(String))}` +
        `Choose one of its ${fitted.users.length} users: ${list(fitted.users, 5)}.`,
    );
  }
  const items = fitted.recommend(user, { top });
  if (json) stdout.json({ user, items });
  else for (const { item, rating } of items) stdout.raw(`${visible(String(item))}\t${rating.toFixed(3)}\n`);
  if (items.length === 0) stderr.line(`${show(name)} has rated every item of the model.`);
  return exitCodes.ok;
}
