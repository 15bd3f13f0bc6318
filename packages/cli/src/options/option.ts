// One option of a command, as the command's table of options describes it; commander's options are made from the tables.
import { type Command, Option } from "commander";
import type { ModelName } from "./modelNames.ts";

/** An option whose value is a T. Its name is its key in the table: `batchSize` is --batch-size. */
export interface OptionSpec<T> {
  /** The placeholder of the value, such as "<rows>". Without one the option is a switch. */
  readonly placeholder?: string;
  /** The line in the help. It must name the default if `defaultValue` is not set. */
  readonly help: string;
  /** The value if the option is not set. */
  readonly defaultValue?: T;
  /** Whether the option must be set. */
  readonly required?: boolean;
  /** The allowed values, if there are few. */
  readonly choices?: readonly string[];
  /** Turns the text into the value; throws InvalidArgumentError. Without it, the text is the value. */
  readonly parse?: (text: string) => unknown;
  /** Whether the value is a list, and the option may be repeated. */
  readonly repeatable?: boolean;
  /** The line in the help for --no-NAME. Without it, there is no such option. */
  readonly helpOff?: string;
  /** Options that cannot be combined with this one. */
  readonly conflicts?: readonly string[];
  /** The models that have the option; without a list, all models. */
  readonly models?: readonly ModelName[];
  /** The heading in the help for this option and the options after it. */
  readonly group?: string;
}

export type OptionTable = Readonly<Record<string, OptionSpec<unknown>>>;

type ValueOf<Spec> = Spec extends OptionSpec<infer T> ? T : never;
type AlwaysSet = { readonly defaultValue: unknown } | { readonly required: true };

/** The values of a table's options, by name. An option that is not set is absent, unless it has a default value. */
export type OptionsOf<Table> = {
  readonly [Name in keyof Table as Table[Name] extends AlwaysSet ? Name : never]: ValueOf<Table[Name]>;
} & { readonly [Name in keyof Table as Table[Name] extends AlwaysSet ? never : Name]?: ValueOf<Table[Name]> };

type OptionFields<T> = Omit<OptionSpec<T>, "placeholder" | "parse" | "choices" | "repeatable" | "help">;

/** An option whose value is a text. */
export const text = <const F extends OptionFields<string>>(placeholder: string, help: string, fields?: F) =>
  ({ placeholder, help, ...fields }) as OptionSpec<string> & F;

/** An option whose value is a text, or false with --no-NAME. */
export const textOrOff = (
  placeholder: string,
  help: string,
  fields: OptionFields<string | false> & { readonly defaultValue: string },
): OptionSpec<string | false> & { readonly defaultValue: string | false } => ({ placeholder, help, ...fields });

/** An option whose text is parsed. */
export const parsed = <T, const F extends OptionFields<T>>(
  placeholder: string,
  help: string,
  parse: (text: string) => T,
  fields?: F,
) => ({ placeholder, help, parse, ...fields }) as OptionSpec<T> & F;

/** An option whose value is one of a few names. */
export const oneOf = <T extends string, const F extends OptionFields<T>>(
  placeholder: string,
  help: string,
  choices: readonly T[],
  fields?: F,
) => ({ placeholder, help, choices, ...fields }) as OptionSpec<T> as OptionSpec<T> & F;

/** An option whose text is a list. It may be repeated, which makes the list longer. */
export const list = <T>(
  placeholder: string,
  help: string,
  parse: (text: string) => readonly T[],
  fields: OptionFields<readonly T[]> = {},
): OptionSpec<readonly T[]> => ({ placeholder, help, parse, repeatable: true, ...fields });

/** An option without a value. */
export const toggle = (help: string, fields: OptionFields<boolean> = {}): OptionSpec<boolean> => ({ help, ...fields });

/** "--batch-size" for the name "batchSize". */
export const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Adds the options of a table to a command. */
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
  { help, defaultValue, choices, parse, repeatable, required, conflicts }: OptionSpec<unknown>,
) {
  const option = new Option(flags, help).makeOptionMandatory(required === true);
  if (defaultValue !== undefined) option.default(defaultValue);
  if (conflicts !== undefined) option.conflicts([...conflicts]);
  if (choices !== undefined) option.choices([...choices]);
  if (parse === undefined) return option;
  if (!repeatable) return option.argParser((each) => parse(each));
  return option.argParser((each, before: unknown[] = []) => [...before, ...(parse(each) as unknown[])]);
}

/** Makes a repeated option an error: commander would use only the last value. --x and --no-x are one option. */
function rejectRepeated(command: Command, options: readonly Option[]): void {
  let earlier: string | undefined;
  for (const option of options) {
    command.on(`option:${option.name()}`, () => {
      if (earlier === option.long) command.error(`error: option '${option.flags}' was set twice. Set it once.`);
      if (earlier !== undefined) {
        command.error(`error: option '${option.long}' cannot be used with option '${earlier}'`);
      }
      earlier = option.long ?? option.flags;
    });
  }
}
