import { mkdirSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import { load } from "downhill";
import { expect } from "vitest";
import { dataset, downhill, Scratch } from "./world.ts";

export const scratch = new Scratch();
export const breast = dataset("breast_cancer");
export const iris = dataset("iris");
export const $ = (name: string) => scratch.at(name);

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Writes every bad table and model. */
export async function writeFixtures(): Promise<void> {
  mkdirSync(scratch.path, { recursive: true }); // another test file of this process may have removed it
  scratch.file("ragged.csv", "a,b,y\n1,2,0\n3,4\n5,6,1\n");
  scratch.file(
    "late.csv",
    `a,y\n${numbers(30_000)
      .map((i) => `${i},${i % 3}`)
      .join("\n")}\n7\n`,
  );
  scratch.file("quote.csv", 'a,y\n1,"x\n2,z\n');
  scratch.file("latin.csv", Buffer.concat([Buffer.from("a,y\n1,é\n2,ü\n3,"), Buffer.from([0xe9, 10])]));
  scratch.file("empty.csv", "");
  scratch.file("header.csv", "a,y\n");
  scratch.file("nameless.csv", "1,2\n3,4\n");
  scratch.file("missing.csv", 'a,b,y\n1,"two\nlines",0\n,x,1\n3,x,0\n,x,1\n');
  scratch.file("infinite.csv", "a,y\n1,0\nNaN,1\n3,0\ninf,1\n");
  scratch.file("target.csv", "a,y\n1,0.5\n2,inf\n3,0.25\n");
  scratch.file(
    "mixed.csv",
    `a,y\n${numbers(9)
      .map((i) => `${i},${i % 2}`)
      .join("\n")}\nn/a,1\n`,
  );
  scratch.file(
    "ids.csv",
    `id,y\n${numbers(30)
      .map((i) => `u${i},${i % 2}`)
      .join("\n")}\n`,
  );
  scratch.file("one.csv", "a,y\n1,yes\n2,yes\n3,yes\n");
  scratch.file("lonely.csv", "y\n1\n2\n3\n");
  scratch.file(
    "rare.csv",
    `a,y\n${numbers(9)
      .map((i) => `${i},often`)
      .join("\n")}\n9,rare\n`,
  );
  scratch.file("small.csv", "a,c,y\n1,red,no\n2,blue,yes\n3,red,no\n4,blue,yes\n5,red,yes\n6,blue,no\n");
  scratch.file("unseen.csv", "a,c,y\n1,red,no\n2,green,yes\n");
  scratch.file("texts.csv", "a,c,y\n1,red,no\ntwo,red,yes\n");
  scratch.file("labels.csv", "a,c,y\n1,red,no\n2,red,maybe\n");
  scratch.file("fewer.csv", "a,y\n1,no\n");
  scratch.file("upper.csv", "a,C,y\n1,2,no\n");
  scratch.file("nested.json", '[{"a":[1,2],"y":0},{"a":[3],"y":1}]');
  scratch.file("broken.json", '[{"a":1,"y":0},{"a":');
  scratch.file("broken.parquet", "PAR1 and then nothing");
  scratch.file("book.xlsx", Buffer.from("PK\u0003\u0004 [Content_Types].xml xl/workbook.xml"));
  scratch.file("ratings.csv", "user,item,rating\n1,a,3\n1,b,4\n2,a,5\n2,c,1\n3,b,2\n");
  scratch.file("words.csv", "user,item,rating\n1,a,good\n1,b,bad\n2,a,good\n");
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(`COPY (SELECT INTERVAL 3 DAY AS day, 1 AS y) TO '${$("days.parquet")}'`);
  const rate = await downhill([
    "train",
    $("ratings.csv"),
    ..."--model factorization --user user --item item --rating rating --hold-out 0".split(" "),
    "--save",
    $("ratings.json"),
  ]);
  const svm = await downhill([
    "train",
    $("small.csv"),
    ..."--target y --model svm --epochs 2 --save".split(" "),
    $("svm.json"),
  ]);
  const small = await downhill(["train", $("small.csv"), ..."--target y --save".split(" "), $("small.json")]);
  expect([rate.code, svm.code, small.code]).toEqual([0, 0, 0]);
  const original = await import("node:fs").then(({ readFileSync }) => readFileSync($("small.json"), "utf8"));
  scratch.file("cut.json", original.slice(0, original.length / 2));
  scratch.file("other.json", '{"name":"package"}');
  scratch.file("later.json", original.replace('"version":2', '"version":9'));
  scratch.file("old.json", '{"format":"downhill file","version":1}');
  scratch.file("bare.json", JSON.stringify(load(original)));
  scratch.file("changed.json", original.replace('"kind":"logistic"', '"kind":"softmax"'));
}

/** A training run that would write two files. */
export const train = (...args: string[]): string[] => {
  return ["train", ...args, "--save", $("new.json"), "--report", $("new.html")];
};

/**
 * The message of a command that ends with this exit code and writes nothing into the test's folder, which the message calls DIR.
 * A test file with a folder of its own passes it, because the tests of another file may have removed the one above.
 */
export async function failure(expected: number, argv: string[], folder = scratch): Promise<string> {
  const before = folder.names();
  const { code, stdout, stderr } = await downhill(argv);
  expect({ code, stdout, files: folder.names() }, stderr).toEqual({ code: expected, stdout: "", files: before });
  return stderr.trimEnd().replaceAll(folder.path, "DIR");
}
