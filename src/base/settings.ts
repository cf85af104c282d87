/** Checks a group of settings against its schema, with the wording of base/check.ts. */
import { z } from "zod";
import { show } from "./check.ts";
import { UsageError } from "./errors.ts";
import { didYouMean } from "./nearest.ts";

/** Zod, as settings of one's own are made with. */
export { z };

/** What a schema says of one setting, or of each item of a list; enough for an error message and a command line option. */
export interface SettingInfo {
  readonly name: string;
  /** `shares`: numbers of at least 0 by name. */
  readonly type: "number" | "string" | "boolean" | "array" | "shares";
  readonly integer: boolean;
  /** Whether it must be even. */
  readonly even: boolean;
  /** Whether null is a value too. */
  readonly nullable: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly string[];
  readonly default?: unknown;
  readonly description: string;
  /** Whether it is the path of a file or folder. */
  readonly path: boolean;
}

/** Types by what JSON schema calls them; all others are numbers. */
const TYPES: Readonly<Record<string, SettingInfo["type"]>> = {
  string: "string",
  boolean: "boolean",
  array: "array",
  object: "shares",
};

/** The settings of an object schema, in order. */
export function describeSettings(schema: z.ZodObject): SettingInfo[] {
  const json = z.toJSONSchema(schema, { io: "input" });
  return Object.entries(json.properties ?? {}).map(([name, described]) => {
    if (typeof described === "boolean") throw new TypeError(`The setting ${name} has no type.`);
    const nullable = described.anyOf?.some((form) => typeof form === "object" && form.type === "null") ?? false;
    const property = nullable ? { ...described, ...(described.anyOf?.[0] as object) } : described;
    const items = typeof property.items === "object" && !Array.isArray(property.items) ? property.items : undefined;
    const one = items ?? property;
    return {
      name,
      type: TYPES[String(property.type)] ?? "number",
      integer: one.type === "integer",
      even: one.multipleOf === 2,
      nullable,
      min: one.minimum,
      max: one.maximum === Number.MAX_SAFE_INTEGER ? undefined : one.maximum,
      choices: (property.enum ?? items?.enum ?? (property.const === undefined ? undefined : [property.const])) as
        | string[]
        | undefined,
      default: property.default,
      description: property.description ?? "",
      path: (property as { path?: boolean }).path === true,
    };
  });
}

/**
 * Checks `input` and fills in defaults.
 *
 * @param kind what the settings are of, for messages: "search", "run"
 * @throws UsageError that names the first wrong setting, its range and what came; or the known names
 */
export function parseSettings<Schema extends z.ZodObject>(
  kind: string,
  schema: Schema,
  input: unknown,
): z.infer<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const known = describeSettings(schema);
  if (issue.code === "unrecognized_keys") {
    const names = known.map((setting) => setting.name);
    const [wrong] = issue.keys;
    throw new UsageError(
      `Unknown ${kind} setting ${show(wrong)}.${didYouMean(wrong, names)} Known: ${names.join(", ")}.`,
    );
  }
  const setting = known.find(({ name }) => name === issue.path[0]);
  if (setting === undefined) throw new UsageError(`Expected ${kind} settings as an object, got ${show(input)}.`);
  const value = (input as Record<string, unknown>)[setting.name];
  // A list names the place of what is wrong in it.
  const wrong = Array.isArray(value) ? value[Number(issue.path[1])] : value;
  throw new UsageError(
    `Expected ${setting.name} to be ${expectation(setting)}, got ${show(value)}.${didYouMean(wrong, setting.choices ?? [])}`,
  );
}

function expectation(setting: SettingInfo): string {
  return setting.nullable ? `${expectedValue(setting)}, or null` : expectedValue(setting);
}

function expectedValue({ type, integer, even, min, max, choices }: SettingInfo): string {
  if (choices !== undefined) return `${type === "array" ? "a list of" : "one of"} ${choices.join(", ")}`;
  if (type === "array") return `a list of at least one ${integer ? "integer" : "number"}${rangeOf(min, max)}`;
  if (type === "shares") return "shares by name, none below 0 and not all 0";
  if (type === "boolean") return "true or false";
  if (type !== "number") return `a ${type}`;
  return `${even ? "an even integer" : integer ? "an integer" : "a number"}${rangeOf(min, max)}`;
}

/** " from 1 to 9", or what else is known of a range. */
function rangeOf(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  return min === undefined ? "" : ` of at least ${min}`;
}
