/** Every setting of a search: meaning, unit, range, default, and whether the default is the paper's or ours. */
import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { parseSettings } from "../base/settings.ts";
import { ACTIVATION_NAMES } from "../genome/activations.ts";
import { OPERATORS } from "./operators/index.ts";
import type { Operator } from "./operators/operator.ts";
import { RANKINGS } from "./rankings/index.ts";
import type { Ranking } from "./rankings/ranking.ts";

/** Rankings and operators of one's own, by name, beside the built-in ones. */
export interface SearchTables {
  /** Further values of the setting `select`. */
  readonly rankings?: Readonly<Record<string, Ranking>>;
  /** Further operators; each has its weight in the setting of its name. */
  readonly operators?: Readonly<Record<string, Operator>>;
}

const share = (description: string, value: number) => z.number().min(0).max(1).default(value).describe(description);

const CORE = {
  population: z
    .int()
    .min(2)
    .max(100_000)
    .default(192)
    .describe("Genomes in a generation, on all islands together. Paper: 192 (swing-up), 960 (MNIST)."),
  cull: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.2)
    .describe("Share of a generation, lowest ranks, that gets no children. Paper: 0.2."),
  elites: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.2)
    .describe("Share of a generation, highest ranks, that goes on unchanged. Paper: 0.2."),
  tournament: z
    .int()
    .min(1)
    .max(10_000)
    .default(8)
    .describe(
      "Genomes drawn for a parent, of which the best is taken. Paper: 8, 32 (MNIST), but its code takes the better of two such parents: 16, 64 in effect.",
    ),
  islands: z
    .int()
    .min(1)
    .max(1000)
    .default(1)
    .describe(
      "Parts of a generation that are ranked, culled and have children each by itself (Cohoon et al. 1987). Paper: 1.",
    ),
  migration: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(50)
    .describe("With islands, generations from one migration to the next, each island to the one after it. Ours."),
  migrants: z
    .int()
    .min(0)
    .max(10_000)
    .default(2)
    .describe("With islands, how many of the best of an island are copied to the next one at a migration. Ours."),
  operatorsPerChild: z
    .number()
    .min(1)
    .max(20)
    .default(1)
    .describe("Mean number of operators that make a child, of geometric distribution; at 1 always one. Paper: 1."),
  connectProbability: share(
    "Probability that a first genome connects an input with an output. Paper: 0.5 (swing-up), 0.05 (MNIST).",
    0.5,
  ),
  genome: z
    .enum(["any", "graded"])
    .default("any")
    .describe(
      "Any graph, or connections from one grade to the next alone, so that a classifier's answer is the same at every shared weight but 0. Paper: any.",
    ),
  grades: z
    .int()
    .min(2)
    .max(20)
    .multipleOf(2)
    .default(4)
    .describe(
      "Of graded genomes the grade of the outputs; a champion to start from keeps its own. At 2 nothing but steps is not linear. Ours.",
    ),
  activations: z
    .array(z.enum(ACTIVATION_NAMES as [string, ...string[]]))
    .min(1)
    .default(ACTIVATION_NAMES.slice(0, 10) as string[])
    .describe("Activations of hidden nodes. Paper: all but squared."),
  keepSplit: z
    .enum(["never", "hidden", "always"])
    .default("always")
    .describe(
      "Which split connections stay enabled beside the new node: none (the paper's text), those between hidden nodes (what its code does), or all. Ours, by experiments/search-defaults.",
    ),
};

type Intersection<Union> = (Union extends unknown ? (value: Union) => void : never) extends (value: infer All) => void
  ? All
  : never;

/** The settings of a search as zod types: the core's, a weight for each operator, those of all rankings. */
type SearchShapeOf = typeof CORE & { readonly [Name in keyof typeof OPERATORS]: z.ZodDefault<z.ZodNumber> } & {
  readonly select: z.ZodDefault<z.ZodEnum<Record<string, string>>>;
} & (typeof OPERATORS)["followGradient"]["settings"] &
  Intersection<NonNullable<(typeof RANKINGS)[keyof typeof RANKINGS]["settings"]>>;

/** The settings as a schema; the command line takes its options from it. */
export const searchSettingsSchema = searchSchema() as z.ZodObject<SearchShapeOf, z.core.$strict>;

/** The settings of a search, complete. */
export type SearchSettings = z.infer<typeof searchSettingsSchema>;

/** What differs from the defaults; settings of operators and rankings of one's own stand beside the built-in ones. */
export type SearchChanges = Partial<SearchSettings> & Readonly<Record<string, unknown>>;

/** What a search must know of its task. */
export interface SearchShape {
  readonly inputCount: number;
  readonly outputCount: number;
  /** Code of the output nodes' activation. */
  readonly outputActivation: number;
}

/**
 * Fills in defaults.
 *
 * @throws UsageError if a setting is unknown or out of range, or one of the tables has a name that is taken
 */
export function completeSettings(settings: SearchChanges, tables: SearchTables = {}): SearchSettings {
  return parseSettings("search", searchSchema(tables), settings) as SearchSettings;
}

/** The built-in operators and rankings with those of one's own behind them. */
export function completeTables({ rankings, operators }: SearchTables): Required<SearchTables> {
  return { rankings: { ...RANKINGS, ...rankings }, operators: { ...OPERATORS, ...operators } };
}

/**
 * The schema of all settings there are with the given tables.
 *
 * @throws UsageError if one of the tables has a name that is taken
 */
export function searchSchema(tables: SearchTables = {}): z.ZodObject {
  const { rankings, operators } = completeTables(tables);
  const shape: Record<string, z.ZodType> = {};
  const add = (settings: z.ZodRawShape) => {
    for (const [name, setting] of Object.entries(settings)) {
      if (shape[name] !== undefined && shape[name] !== setting) {
        throw new UsageError(
          `Expected a name of its own for each setting of operators and rankings, got ${name} twice: rename one.`,
        );
      }
      shape[name] = setting as z.ZodType;
    }
  };
  const { activations, keepSplit, ...first } = CORE;
  add(first);
  for (const [name, { weight, description, settings = {} }] of Object.entries(operators)) {
    add({ [name]: share(description, weight), ...settings });
  }
  add({ activations, keepSplit, select: selectSetting(rankings) });
  for (const { settings = {} } of Object.values(rankings)) add(settings);
  return z.strictObject(shape);
}

function selectSetting(rankings: Readonly<Record<string, Ranking>>) {
  const names = Object.keys(rankings) as [string, ...string[]];
  return z
    .enum(names)
    .default("nsga2")
    .describe("How a generation is put in order and parents are chosen. Paper: nsga2.");
}
