// downhill recommend: the best items for a user of a factorization.
import type { Label } from "downhill";
import { DataError, exitCodes, UsageError } from "../errors/errors.ts";
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
  const { user: asked, top, json } = options;
  const { fitted } = readModel(command, path);
  if (!isFactorization(fitted)) {
    throw new DataError(
      `${command}: model file must hold a factorization, got ${fitted.kind} in ${path}. Train with --model factorization.`,
    );
  }
  const user: Label | undefined = fitted.users.find((each) => String(each) === asked);
  if (user === undefined) {
    throw new UsageError(
      `${command}: --user must be one of the ${fitted.users.length} users of the model (${list(fitted.users, 5)}), ` +
        `got ${show(asked)}. Name one of these.`,
    );
  }
  const items = fitted.recommend(user, { top });
  if (json) stdout.json({ user, items });
  else for (const { item, rating } of items) stdout.raw(`${visible(String(item))}\t${rating.toFixed(3)}\n`);
  if (items.length === 0) stderr.line(`${show(asked)} has rated every item of the model.`);
  return exitCodes.ok;
}
