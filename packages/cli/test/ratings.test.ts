// Factorizations: held-out ratings, recommendations, the scale, and models that are too large for a file.
import { readFileSync } from "node:fs";
import { load, matrixFactorization, rankingScores, ratingModel } from "downhill";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rankingLines } from "../src/model/ranking.ts";
import { downhill, eventsOf, Scratch, standardInput } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());
const model = scratch.at("taste.json");
const columns = "--model factorization --user user --item item --rating rating --save".split(" ");
const train = (data: string, ...more: string[]) => downhill(["train", data, ...columns, model, ...more]);
const saved = () => load(readFileSync(model, "utf8"), "ratingModel").model;

/** Users with 1 to 8 ratings of 12 items; some names are members of every object, such as "constructor", and some are digits. */
const names = ["constructor", "__proto__", "7", "07", ...Array.from({ length: 16 }, (_, i) => `u${i}`)];
const pairs = names.flatMap((user, u) =>
  Array.from(
    { length: 1 + (u % 8) },
    (_, k) => [user, `item ${(u * 5 + k * (1 + (u % 3))) % 12}`, (u * 3 + k * 7) % 5] as const,
  ),
);
const distinct = [...new Map(pairs.map((pair) => [`${pair[0]},${pair[1]}`, pair])).values()];
const table = (change: (rating: number) => number) =>
  `user,item,rating\n${distinct.map(([user, item, rating]) => `${user},${item},${change(rating)}\n`).join("")}`;
const stars = scratch.file(
  "stars.csv",
  table((rating) => rating + 1),
);

test("the model knows every user, and recommends no item that the user has rated", async () => {
  const ran = await train(stars);
  expect(ran.code).toBe(0);
  expect(saved().users).toHaveLength(names.length);
  for (const user of names) {
    const { code, stdout } = await downhill(["recommend", model, "--user", user, "--top", "12", "--json"]);
    expect(code).toBe(0);
    const offered = (JSON.parse(stdout) as { items: { item: string }[] }).items.map(({ item }) => item);
    const rated: string[] = distinct.filter(([each]) => each === user).map(([, item]) => item);
    expect(offered.filter((item) => rated.includes(item))).toEqual([]);
    expect(offered.length).toBe(saved().items.length - rated.length);
  }
});

test("the share that is held out is printed, and is in the events", async () => {
  const { stderr } = await train(stars, "--hold-out", "0.9");
  const [, share, count] = stderr.match(
    /([\d.]+) % held out \((\d+) ratings; every user and item keeps a training rating\)/,
  )!;
  expect(Number(share)).toBeLessThan(80);
  expect(Number(share)).toBeCloseTo((100 * Number(count)) / distinct.length, 1);
  const events = eventsOf(await train(stars, "--hold-out", "0.9", "--json"));
  expect(events[0]).toMatchObject({ heldOutRows: Number(count), trainRows: distinct.length - Number(count) });
});

test("with --patience every user and item keeps a training rating, and the number of validation ratings is printed", async () => {
  const { stderr, code } = await train(stars, "--patience", "3", "--hold-out", "0");
  expect(code).toBe(0);
  expect(stderr).toMatch(/stops 3 epochs after the best validation loss \(on \d+ training ratings\)/);
  expect(saved().users).toHaveLength(names.length);
});

test("if each user has only one rating, no rating can be held out; the advice works", async () => {
  const lonely = scratch.file("lonely.csv", "user,item,rating\na,x,1\nb,y,2\nc,z,5\n");
  const failed = await train(lonely, "--hold-out", "0.4");
  expect(failed.code).toBe(3);
  expect(failed.stderr).toContain(
    "train: none of the 3 ratings can be held out, because each is the only one of its user or of its item. Train with --hold-out 0.",
  );
  expect((await train(lonely, "--hold-out", "0")).code).toBe(0);
  const withPatience = await train(lonely, "--hold-out", "0", "--patience", "2");
  expect([withPatience.code, withPatience.stderr]).toEqual([
    2,
    expect.stringContaining(
      "but each of the 3 training ratings is the only one of its user or of its item. Leave out --patience, or add ratings.",
    ),
  ]);
});

test.each<readonly [string, (rating: number) => number, readonly [number, number]]>([
  ["0 … 200", (rating) => 50 * rating, [0, 200]],
  ["likes", (rating) => Number(rating > 2), [0, 1]],
  ["plays", (rating) => 10 ** (rating + 2), [100, 1e6]],
  ["constant", () => 3, [3, 3]],
])("the defaults train on ratings of %s, and predict within them", async (name, change, [low, high]) => {
  const data = scratch.file(`${name.replaceAll(/\W/g, "")}.csv`, table(change));
  const events = eventsOf(await train(data, "--hold-out", "0", "--json"));
  const { settings } = saved();
  expect(settings.scale).toEqual([low, high]);
  expect(events.at(-1)).toMatchObject({ stopped: "epochs" });
  const { stdout } = await downhill(["predict", model, data]);
  const predicted = stdout.trim().split("\n").slice(1).map(Number);
  expect(Math.min(...predicted)).toBeGreaterThanOrEqual(low);
  expect(Math.max(...predicted)).toBeLessThanOrEqual(high);
});

test("equal ratings can be trained on, with a note", async () => {
  const data = scratch.file("likes.csv", "user,item,rating\na,x,1\na,y,1\nb,x,1\nb,z,1\n");
  const { code, stderr } = await train(data, "--hold-out", "0");
  expect(code).toBe(0);
  expect(stderr).toContain(
    "every rating is 1, so every prediction will be 1 and the order of recommendations has no meaning",
  );
  expect((await downhill(["recommend", model, "--user", "a"])).stdout).toBe("z\t1.000\n");
  expect((await train(stars)).stderr).not.toContain("every rating is");
});

test("--scale clips to another range, or to none", async () => {
  const settingsAt = async (...scale: string[]) => {
    const events = eventsOf(await train(stars, "--json", "--epochs", "1", ...scale));
    expect(saved().settings.scale).toEqual(events[1]!["scale"] === "none" ? null : events[1]!["scale"]);
    return events[1]!["scale"];
  };
  expect(await settingsAt()).toEqual([1, 5]);
  expect(await settingsAt("--scale", "0,10")).toEqual([0, 10]);
  expect(await settingsAt("--scale", "none")).toBe("none");
  for (const wrong of ["5,1", "1", "1,2,3", "1,x", ""]) {
    const { code, stderr } = await train(stars, "--scale", wrong);
    expect([code, stderr]).toEqual([2, expect.stringContaining("none, or two numbers separated by a comma")]);
  }
});

test("--no-standardize trains on ratings minus their mean", async () => {
  await train(stars, "--no-standardize", "--epochs", "1");
  expect(saved().settings.deviation).toBe(1);
  const { stderr } = await train(stars, "--epochs", "1");
  expect(saved().settings.deviation).toBeGreaterThan(1.2);
  expect(stderr).toContain("ratings standardized");
});

test("the uniform penalty uses full batch and the optimizer automatic; plain descent needs a learning rate", async () => {
  const events = eventsOf(await train(stars, "--penalty", "uniform", "--json"));
  expect(events[1]).toMatchObject({ optimizer: "automatic", batchSize: "full", epochs: 100 });
  expect((await train(stars, "--penalty", "uniform", "--optimizer", "automatic", "--epochs", "1")).code).toBe(0);
  const failed = await train(stars, "--penalty", "uniform", "--optimizer", "plain");
  expect(failed.code).toBe(2);
  expect(failed.stderr).toContain("--optimizer plain with --model factorization needs a learning rate");
});

test("a model that is too large for a file is an error before the training; the advice works", async () => {
  const failed = await train(stars, "--rank", "2000000");
  expect(failed.code).toBe(2);
  const [, most] = failed.stderr.match(
    /Use --rank (\d+) or less, fewer users or items, or train without a file: --no-save\./,
  )!;
  expect(failed.stderr).toContain("train: the model file would be larger than 512 MiB, with rank 2,000,000, 20 users");
  expect(Number(most)).toBeGreaterThan(1_000_000);
  const above = await train(stars, "--rank", String(Number(most) + 1));
  expect(above.code).toBe(2);
});

test("several ratings of a pair become one, and its item is not recommended to its user", async () => {
  const twice = scratch.file("twice.csv", "user,item,rating\na,x,1\na,x,5\na,y,3\nb,x,2\nb,z,4\nc,y,3\nc,z,1\n");
  const events = eventsOf(await train(twice, "--hold-out", "0", "--json"));
  expect(events[0]).toMatchObject({ rows: 7, trainRows: 7 });
  const { stdout } = await downhill(["recommend", model, "--user", "a"]);
  expect(stdout).toMatch(/^z\t[\d.]+\n$/);
});

test("the example of the documentation recommends an item that ann has not rated", async () => {
  const text = readFileSync(new URL("../../../docs/command.md", import.meta.url), "utf8");
  const [, table] = text.match(/printf '(user,item,rating[^']*)'/)!;
  const data = scratch.file("example.csv", table!.replaceAll("\\n", "\n"));
  await train(data, "--rank", "2");
  const { stdout } = await downhill(["recommend", model, "--user", "ann", "--top", "1"]);
  const [, shown] = text.match(/recommend taste\.json --user ann --top 1 +# (.+)\n/)!;
  expect(stdout.trim().split("\t")).toEqual(shown!.split(/ +/));
  expect(table).not.toContain(`ann,${shown!.split(" ")[0]}`);
});

test("ranking scores stand beside those of the most popular items, in the table, the events and evaluate", async () => {
  const run = await train(stars, "--hold-out", "0.3");
  expect(run.stdout).toMatch(/NDCG@10 +0?\.?\d+.*\n {2}NDCG@10 of the most popular items/);
  expect(run.stdout).toMatch(
    /\nAs recommendations, (no better|better|worse) than the most popular items: .* NDCG@10 of .* on the held-out ratings/,
  );
  const data = table((rating) => rating + 1);
  const rows = data
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));
  const ratings = {
    users: rows.map(([u]) => u!),
    items: rows.map(([, i]) => i!),
    ratings: rows.map(([, , r]) => Number(r)),
  };
  const own = rankingScores(saved(), ratings);
  const { stdout } = await downhill(["evaluate", model, stars, "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({
    ndcgAt10: own.ndcg,
    popularNdcgAt10: own.popular.ndcg,
    mapAt10: own.map,
    precisionAt10: own.precision,
    recallAt10: own.recall,
    coverageAt10: own.coverage,
  });
  const low = scratch.file("low.csv", "user,item,rating\nu0,item 1,1\nu1,item 2,1\n");
  const none = await downhill(["evaluate", model, low, "--json"]);
  expect(JSON.parse(none.stdout)).toMatchObject({ ndcgAt10: null, popularNdcgAt10: null }); // no rating is relevant
  expect((await downhill(["evaluate", model, low])).stdout).not.toContain("As recommendations");
});

test("recommendations that are worse than the most popular items are called worse", () => {
  const rowsOf = (users: number) => {
    const labels = Array.from({ length: users }, (_, u) => `u${u}`);
    return { task: "ratings" as const, users: labels, items: labels, ratings: new Float64Array(users) };
  };
  const lines = (ndcgAt10: number, users: number) =>
    rankingLines({ ndcgAt10, popularNdcgAt10: 0.2, coverageAt10: 0.5 }, rowsOf(users), "ratings");
  expect(lines(0.1, 2000)).toEqual([
    "As recommendations, worse than the most popular items: the model has an NDCG@10 of 0.1 on the ratings, and these items have 0.2.",
  ]);
  expect(lines(0.2, 4001)).toEqual([
    "As recommendations, no better than the most popular items: both have an NDCG@10 of 0.2 on the ratings.",
    "The scores of lists are those of 1,334 of the 4,001 users with ratings.",
  ]);
  expect(rankingLines({ rmse: 1 }, rowsOf(1), "rows")).toEqual([]);
});

describe("recommend", () => {
  beforeAll(async () => {
    expect((await train(stars, "--hold-out", "0")).code).toBe(0);
  });
  const recommended = (user: string, top: number) =>
    saved()
      .recommend(user, { top })
      .map(({ item, rating }, at) => [user, at + 1, item, rating].join(","));

  test("for the users of a table, as CSV on stdout, in a file, or as JSON; 007 stays 007", async () => {
    const users = scratch.file("users.csv", "name,user\nx,07\ny,7\nz,07\nw,\nv,nobody\nt,u3\n");
    const { code, stdout, stderr } = await downhill(["recommend", model, "--users", users, "--top", "2"]);
    expect(code).toBe(0);
    const rows = ["07", "7", "u3"].flatMap((user) => recommended(user, 2));
    expect(stdout).toBe(["user,rank,item,rating", ...rows, ""].join("\n"));
    expect(stderr).toBe('1 of 4 users have no training ratings and are left out: "nobody"\n');

    const out = scratch.at("list.csv");
    for (const note of ["", " (replaced the existing file)"]) {
      const written = await downhill(["recommend", model, "--users", users, "--top", "2", "--out", out]);
      expect(written.stderr).toContain(`recommendations for 3 users written to ${out}${note}\n`);
      expect(readFileSync(out, "utf8")).toBe(stdout);
    }
    const json = await downhill(["recommend", model, "--users", users, "--top", "1", "--json"]);
    const lines = json.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ user, items }) => [user, items.length])).toEqual([
      ["07", 1],
      ["7", 1],
      ["u3", 1],
    ]);
    expect(
      (await downhill(["recommend", model, "--users", "-", "--top", "1"], { stdin: standardInput("user\n7\n") }))
        .stdout,
    ).toBe(`user,rank,item,rating\n${recommended("7", 1)}\n`);
  });

  test("similar items", async () => {
    const { stdout } = await downhill(["recommend", model, "--similar", "item 3", "--top", "4"]);
    const own = saved().similarItems("item 3", { top: 4 });
    expect(stdout).toBe(own.map(({ item, similarity }) => `${item}\t${similarity.toFixed(3)}\n`).join(""));
    const json = await downhill(["recommend", model, "--similar", "item 3", "--top", "4", "--json"]);
    expect(JSON.parse(json.stdout)).toEqual({ item: "item 3", items: own });
  });

  test("for new users, from a table of their ratings", async () => {
    const ratings = scratch.file(
      "new.csv",
      "note,user,item,rating\n1,zoe,item 3,5\n2,zoe,item 4,1\n3,yan,item 3,2\n4,zoe,item 99,2\n5,,item 3,1\n",
    );
    const own = saved().foldIn({
      users: ["zoe", "zoe", "yan"],
      items: ["item 3", "item 4", "item 3"],
      ratings: [5, 1, 2],
    });
    const expected = ["zoe", "yan"].flatMap((user) =>
      own.recommend(user, { top: 2 }).map(({ item, rating }, at) => `${user},${at + 1},${item},${rating}`),
    );
    const { code, stdout, stderr } = await downhill(["recommend", model, "--ratings", ratings, "--top", "2"]);
    expect([code, stdout]).toEqual([0, ["user,rank,item,rating", ...expected, ""].join("\n")]);
    expect(stderr).toBe(
      '1 row with a missing cell is left out\n1 rating of items without training ratings is left out: "item 99"\n',
    );
    const one = await downhill(["recommend", model, "--ratings", ratings, "--user", "yan", "--top", "1"]);
    const [first] = own.recommend("yan", { top: 1 });
    expect(one.stdout).toBe(`${first!.item}\t${first!.rating.toFixed(3)}\n`);

    const known = scratch.file("known.csv", "user,item,rating\nu3,item 3,5\n");
    const other = scratch.file("noItems.csv", "user,rating\nu3,5\n");
    const foreign = scratch.file("foreignItems.csv", "user,item,rating\nnew,tea,5\n");
    for (const [file, exit, message] of [
      [
        known,
        3,
        'recommend: --ratings must have ratings of new users only, but the model has training ratings of "u3". Leave out their rows',
      ],
      [
        other,
        2,
        "recommend: --ratings must have the columns of the training table (user, item, rating), but its columns are user, rating.",
      ],
      [foreign, 3, "recommend: none of the items of"],
    ] as const) {
      const failed = await downhill(["recommend", model, "--ratings", file]);
      expect([failed.code, failed.stderr]).toEqual([exit, expect.stringContaining(message)]);
    }
  });

  test("errors", async () => {
    const other = scratch.file("other.csv", "name\nann\n");
    const strangers = scratch.file("strangers.csv", "user\nann\nbob\n");
    const foreign = scratch.file("foreign.csv", "a,b\n1,2\n");
    const cases: readonly (readonly [number, string[], string])[] = [
      [2, [], "recommend: --user, --users, --ratings or --similar is missing."],
      [
        2,
        ["--similar", "item 33"],
        'recommend: --similar "item 33" is not an item of the model. Did you mean "item 3"',
      ],
      [
        2,
        ["--users", other],
        'recommend: --users must have the column "user", which has the users in the training table, but its columns are name. Rename the column of the users.',
      ],
      [3, ["--users", strangers], "recommend: none of the 2 users of"],
      [
        2,
        ["--user", "7", "--out", scratch.at("x.csv")],
        "recommend: --out is for the recommendations of several users. Leave it out, or use --users or --ratings without --user.",
      ],
      [
        2,
        ["--users", strangers, "--out", scratch.at("x.txt")],
        "recommend: --out must end in .csv, .tsv, .json, .ndjson or .parquet",
      ],
      [2, ["--users", strangers, "--out", foreign], "which is not a file of recommendations of downhill"],
      [2, ["--users", strangers, "--out", strangers], "is the same file as the data"],
      [2, ["--users", strangers, "--user", "7"], "cannot be used with option"],
    ];
    for (const [code, argv, message] of cases) {
      const ran = await downhill(["recommend", model, ...argv]);
      expect([ran.code, ran.stderr], argv.join(" ")).toEqual([code, expect.stringContaining(message)]);
    }
  });
});

describe("implicit feedback", () => {
  const clicks = scratch.file(
    "clicks.csv",
    `user,item\n${distinct.map(([user, item]) => `${user},${item}\n`).join("")}`,
  );
  const argv = [
    "train",
    clicks,
    "--model",
    "factorization",
    "--feedback",
    "implicit",
    "--user",
    "user",
    "--item",
    "item",
    "--save",
    model,
  ];

  test("trains on pairs, and compares the recommendations with the most popular items", async () => {
    const run = await downhill([...argv, "--loss", "logistic", "--negatives", "2", "--seed", "3"]);
    expect([run.code, run.stderr]).toEqual([0, expect.stringContaining("implicit feedback")]);
    expect(run.stderr).toContain("logistic loss");
    expect(run.stderr).toContain("2 negative items per pair");
    expect(run.stderr).not.toMatch(/standardized|clipped|penalty per rating/);
    expect(run.stdout).toMatch(/\n(Better|No better|Worse) than recommending the most popular items: /);
    expect(saved().settings.loss).toBe("logistic");
    expect(saved().options).toMatchObject({ negatives: 2 });
    const report = scratch.at("clicks.html");
    expect((await downhill([...argv, "--report", report])).code).toBe(0);
    expect(saved().settings.loss).toBe("bpr");
    expect(readFileSync(report, "utf8")).toContain("most popular items");
    const evaluated = JSON.parse((await downhill(["evaluate", model, clicks, "--json"])).stdout);
    expect(evaluated).toMatchObject({ baseline: { answer: "the most popular items" }, ndcgAt10: expect.any(Number) });
    expect(evaluated).not.toHaveProperty("rmse");
    expect((await downhill(["recommend", model, "--user", "7", "--top", "1"])).stdout).toMatch(/^item \d+\t/);
    expect((await downhill(["predict", model, clicks])).code).toBe(0);
  });

  test.each([
    [
      ["--rating", "item"],
      "train: --rating does not work with --feedback implicit, which has no ratings. Leave out --rating.",
    ],
    [["--scale", "1,5"], "train: --scale does not work with --feedback implicit"],
    [
      ["--loss", "huber"],
      "train: the model factorization has no --loss huber. Use --loss bpr or logistic, or use --model linear.",
    ],
  ])("%j is an error", async (more, message) => {
    const run = await downhill([...argv, ...more]);
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  test("its options need it", async () => {
    const run = await train(stars, "--negatives", "2");
    expect([run.code, run.stderr]).toEqual([
      2,
      expect.stringContaining("train: --negatives of a factorization works only with --feedback implicit."),
    ]);
  });
});

describe("repeated ratings and times", () => {
  const data = scratch.file(
    "times.csv",
    `user,item,rating,day\n${distinct.map(([user, item, rating], at) => `${user},${item},${rating},${String(1 + (at % 28)).padStart(2, "0")}.03.2026\n`).join("")}7,item 0,9,31.03.2026\n7,item 0,1,01.01.2026\n`,
  );
  const time = ["--time", "day", "--column", "day:date:%d.%m.%Y"];

  test("--duplicates chooses the mean, the latest, or an error", async () => {
    const run = (...more: string[]) => train(data, "--hold-out", "0", ...time, ...more);
    expect((await run()).stderr).toContain("the mean of repeated ratings");
    const { mean } = saved().settings;
    expect((await run("--duplicates", "last")).stderr).toContain("the last of repeated ratings");
    expect(saved().settings.mean).toBeGreaterThan(mean); // 9 is the latest rating of the pair
    const failed = await run("--duplicates", "error");
    expect([failed.code, failed.stderr]).toEqual([
      3,
      expect.stringMatching(
        /^✖ train: each pair of a user and an item must have one rating, but "7" and "item 0" have two, in .*times\.csv:\d+ and .*times\.csv:\d+\. Remove one, or use --duplicates mean or --duplicates last\.$/m,
      ),
    ]);
  });

  test("--time holds out the last ratings, and says how many are no fair test", async () => {
    const events = eventsOf(await train(data, ...time, "--json"));
    const { trainRows, heldOutRows, rows } = events[0] as Record<string, number>;
    expect(trainRows! + heldOutRows!).toBeLessThanOrEqual(rows!);
    const { stderr } = await train(data, ...time);
    expect(stderr).toContain("; the last by day)");
    if (trainRows! + heldOutRows! < rows!)
      expect(stderr).toMatch(/late ratings? left out, because the user or the item/);
  });
});

test("a file of the library's ratingModel serves the command, and a file of the command serves the library", async () => {
  const rows = distinct.map(([user, item, rating]) => ({ user, item, rating: rating + 1 }));
  const fitted = ratingModel(matrixFactorization({ seed: 0 }), { user: "user", item: "item", rating: "rating" }).fit(
    rows,
  );
  const file = scratch.file("library.json", JSON.stringify(fitted));
  const predicted = (await downhill(["predict", file, stars])).stdout.trim().split("\n").slice(1).map(Number);
  expect(predicted).toEqual([...fitted.predict(rows)]);
  expect((await downhill(["evaluate", file, stars])).code).toBe(0);
  expect((await train(stars, "--hold-out", "0")).code).toBe(0);
  const loaded = load(readFileSync(model, "utf8"), "ratingModel");
  expect([...loaded.predict(rows)]).toEqual([...fitted.predict(rows)]);
  expect(loaded.columns).toEqual(fitted.columns);
});
