// One option of a command, as the command's table of options describes it, and how commander is told of it.
import { type Command, Option } from "commander";
import type { ModelName } from "./modelNames.ts";

/** An option whose value is a T; its name is its key in the table: `batchSize` is --batch-size. */
export interface OptionSpec<T> {
  /** "<rows>"; without one the option is a switch. */
  readonly placeholder?: string;
  /** A line of help; the default stands in it where the command does not set one here. */
  readonly help: string;
  /** The value of an option that is not given. */
  readonly usual?: T;
  /** Whether the command cannot do without it. */
  readonly required?: boolean;
  /** The only values, where there are few. */
  readonly choices?: readonly string[];
  /** The value of a text; throws InvalidArgumentError. Without one the text is the value. */
  readonly parse?: (text: string) => unknown;
  /** Whether it may be given several times; the value is then the list of what was given. */
  readonly repeatable?: boolean;
  /** For a switch: how --no-NAME is explained. */
  readonly helpOff?: string;
  /** Options that it cannot be used with. */
  readonly conflicts?: readonly string[];
  /** The models that have it; without a list all. */
  readonly models?: readonly ModelName[];
  /** The heading in the help that it and those after it stand under. */
  readonly group?: string;
}

export type OptionTable = Readonly<Record<string, OptionSpec<unknown>>>;

type ValueOf<Spec> = Spec extends OptionSpec<infer T> ? T : never;
type Always = { readonly usual: unknown } | { readonly required: true };

/** The values of a table's options, by name. One that was not given is absent, unless it has a usual value. */
export type OptionsOf<Table> = {
  readonly [Name in keyof Table as Table[Name] extends Always ? Name : never]: ValueOf<Table[Name]>;
} & { readonly [Name in keyof Table as Table[Name] extends Always ? never : Name]?: ValueOf<Table[Name]> };

type Words<T> = Omit<OptionSpec<T>, "placeholder" | "parse" | "choices" | "repeatable" | "help">;

/** An option that takes a text as it is. */
export const text = <const W extends Words<string>>(placeholder: string, help: string, words?: W) =>
  ({ placeholder, help, ...words }) as OptionSpec<string> & W;

/** An option that takes a text as it is, and that --no-NAME turns off: its value is then false. */
export const textOrOff = (
  placeholder: string,
  help: string,
  words: Words<string | false> & { readonly usual: string },
): OptionSpec<string | false> & { readonly usual: string | false } => ({ placeholder, help, ...words });

/** An option whose text is parsed. */
export const parsed = <T, const W extends Words<T>>(
  placeholder: string,
  help: string,
  parse: (text: string) => T,
  words?: W,
) => ({ placeholder, help, parse, ...words }) as OptionSpec<T> & W;

/** An option that takes one of a few names. */
export const oneOf = <T extends string>(
  placeholder: string,
  help: string,
  choices: readonly T[],
  words: Words<T> = {},
): OptionSpec<T> => ({ placeholder, help, choices, ...words });

/** An option that may be given several times. */
export const several = <T>(
  placeholder: string,
  help: string,
  parse: (text: string) => T,
  words: Words<readonly T[]> = {},
): OptionSpec<readonly T[]> => ({ placeholder, help, parse, repeatable: true, ...words });

/** An option without a value. */
export const toggle = (help: string, words: Words<boolean> = {}): OptionSpec<boolean> => ({ help, ...words });

/** "--batch-size" of "batchSize". */
export const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Gives a command its options. */
export function addOptions(command: Command, table: OptionTable): void {
  for (const [name, spec] of Object.entries(table)) {
    if (spec.group !== undefined) command.optionsGroup(spec.group);
    const flag = flagOf(name);
    const options = [optionOf(spec.placeholder === undefined ? flag : `${flag} ${spec.placeholder}`, spec)];
    if (spec.helpOff !== undefined) options.push(new Option(flag.replace("--", "--no-"), spec.helpOff));
    for (const option of options) command.addOption(option);
    if (!spec.repeatable) rejectRepeated(command, options);
  }
}

function optionOf(
  flags: string,
  { help, usual, choices, parse, repeatable, required, conflicts }: OptionSpec<unknown>,
) {
  const option = new Option(flags, help).makeOptionMandatory(required === true);
  if (usual !== undefined) option.default(usual);
  if (conflicts !== undefined) option.conflicts([...conflicts]);
  if (choices !== undefined) option.choices([...choices]);
  if (parse === undefined) return option;
  if (!repeatable) return option.argParser((each) => parse(each));
  return option.argParser((each, before: unknown[] = []) => [...before, parse(each)]);
}

/** An option given twice is refused: only the last of its values would count. --x and --no-x are the same option. */
function rejectRepeated(command: Command, options: readonly Option[]): void {
  let given: string | undefined;
  for (const option of options) {
    command.on(`option:${option.name()}`, () => {
      if (given === option.long) command.error(`error: option '${option.flags}' is given twice; give it once`);
      if (given !== undefined) command.error(`error: option '${option.long}' cannot be used with option '${given}'`);
      given = option.long ?? option.flags;
    });
  }
}
