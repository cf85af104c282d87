/** The ways to find a network, by the value of --method: what `search` runs, and the settings it takes. */
import { checkKnown } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { counted } from "../base/numbers.ts";
import type { SettingInfo } from "../base/settings.ts";
import { completeConfig, type Evaluated, generationsWithin } from "../run/config.ts";
import type { StageConfig, StageKind } from "../run/stage.ts";
import { completeFormConfig, formConfigSchema } from "../run/stages/form-config.ts";
import { FORM_STAGE } from "../run/stages/form-stage.ts";
import { gradientConfigSchema } from "../run/stages/gradient-config.ts";
import { GRADIENT_STAGE } from "../run/stages/gradient-stage.ts";
import {
  completeNeatConfig,
  type NeatConfig,
  neatConfigSchema,
  searchedNeatConfig,
} from "../run/stages/neat-config.ts";
import { NEAT_STAGE } from "../run/stages/neat-stage.ts";
import { SEARCH_STAGE } from "../run/stages/search-stage.ts";
import { integerOption, optionSettings, optionsFor, RUN_SETTINGS, type Values } from "./command.ts";
import { kebab } from "./kebab.ts";

/** A way to find a network. */
interface Method {
  readonly kind: StageKind;
  readonly settings: readonly SettingInfo[];
  /** Further options that it takes, which not every method does. */
  readonly options: readonly string[];
  /** Settings that hold where time limits a run, unless others are given. */
  readonly limitedByTime: Readonly<Record<string, unknown>>;
  /** Completes settings given on the command line or in a file. */
  complete(settings: Readonly<Record<string, unknown>>, values: Values): StageConfig;
  /** What it is doing, for the first line; "Searching mnist with 2 threads". */
  doing(task: string, threads: number): string;
}

const GRADIENT_SETTINGS = optionSettings(gradientConfigSchema);
const FORM_SETTINGS = optionSettings(formConfigSchema);
const NEAT_SETTINGS = optionSettings(neatConfigSchema);

/** All methods; the first is taken where none is named. */
const METHODS: Readonly<Record<"evolution" | "gradient" | "es" | "neat", Method>> = {
  evolution: {
    kind: SEARCH_STAGE,
    settings: RUN_SETTINGS,
    options: ["preset", "evaluations"],
    limitedByTime: { generations: null },
    complete(settings, values) {
      const preset = values.preset === undefined ? undefined : String(values.preset);
      return limited(completeConfig(settings, { preset }), values, (config) => config);
    },
    doing: (task, threads) => `Searching ${task} with ${counted(threads, "thread")}`,
  },
  gradient: {
    kind: GRADIENT_STAGE,
    settings: GRADIENT_SETTINGS,
    options: [],
    limitedByTime: {},
    complete: (settings) => GRADIENT_STAGE.complete(settings),
    doing: (task) => `Choosing a topology for ${task} by gradient`,
  },
  es: {
    kind: FORM_STAGE,
    settings: FORM_SETTINGS,
    options: ["evaluations"],
    limitedByTime: { generations: null },
    complete: (settings, values) => limited(completeFormConfig(settings), values, (config) => config),
    doing: (task, threads) => `Searching ${task} among graded forms with ${counted(threads, "thread")}`,
  },
  neat: {
    kind: NEAT_STAGE,
    settings: NEAT_SETTINGS,
    options: ["evaluations"],
    limitedByTime: { generations: null },
    complete: (settings, values) => limited<NeatConfig>(completeNeatConfig(settings), values, searchedNeatConfig),
    doing: (task, threads) => `Evolving graphs and weights for ${task} with ${counted(threads, "thread")}`,
  },
};

/** The options of `search` that are of one method alone, and --method itself. */
export const METHOD_OPTIONS = {
  method: {
    type: "string",
    describe:
      `How the network is found: ${Object.keys(METHODS).join(", ")}; gradient chooses the topology of a classifier by ` +
      "gradient descent, es evolves whole numbers of a graded form, neat weights with the graph",
    default: "evolution",
  },
  evaluations: {
    type: "string",
    describe: "Run the generations that so many evaluations allow: plays of an episode by a genome at one weight",
  },
  ...optionsFor(GRADIENT_SETTINGS.filter(isOfNoRun), "Settings of --method gradient:"),
  ...optionsFor(
    FORM_SETTINGS.filter(isOfNoRun),
    `Settings of --method es, where others have other defaults (${otherDefaults(FORM_SETTINGS)}):`,
  ),
  ...optionsFor(
    NEAT_SETTINGS.filter(isOfNoRun),
    `Settings of --method neat, where others have other defaults (${otherDefaults(NEAT_SETTINGS)}), and operators ` +
      "are probabilities:",
  ),
} as const;

function isOfNoRun({ name }: SettingInfo): boolean {
  return !RUN_SETTINGS.some((setting) => setting.name === name);
}

/** Those of the settings of a run that a method has other defaults for: "generations 400, weights 1". */
function otherDefaults(settings: readonly SettingInfo[]): string {
  return settings
    .filter(({ name, default: value }) =>
      RUN_SETTINGS.some((setting) => setting.name === name && String(setting.default) !== String(value)),
    )
    .map(({ name, default: value }) => `${kebab(name)} ${value}`)
    .join(", ");
}

/** The method that a command line names. @throws UsageError if it is unknown, or an option is another method's */
export function methodOf(values: Values): Method {
  const name = checkKnown("method", String(values.method), Object.keys(METHODS) as (keyof typeof METHODS)[]);
  const optionsOf = ({ options, settings }: Method) => [...options, ...settings.map((setting) => setting.name)];
  checkOwn(name, Object.fromEntries(Object.entries(METHODS).map(([known, each]) => [known, optionsOf(each)])), values);
  return METHODS[name];
}

/**
 * @param options those of each method, by its name
 * @param what    how methods are called
 * @throws UsageError if an option is given that is only another method's
 */
export function checkOwn(
  method: string,
  options: Readonly<Record<string, readonly string[]>>,
  values: Values,
  what = "--method",
): void {
  for (const [other, names] of Object.entries(options)) {
    const wrong = names.find((name) => !options[method].includes(name) && values[name] !== undefined);
    if (wrong === undefined) continue;
    throw new UsageError(
      `Expected settings of ${what} ${method}, got --${kebab(wrong)}, which is one of ${what} ${other}: leave one out.`,
    );
  }
}

/** The settings with as many generations as --evaluations allows. @param evaluated what says how many one takes @throws UsageError if nothing says how many, or both do */
function limited<Config extends StageConfig & { readonly generations: number | null }>(
  config: Config,
  values: Values,
  evaluated: (config: Config) => Evaluated,
): Config {
  if (values.evaluations !== undefined) {
    if (values.generations === undefined) {
      return {
        ...config,
        generations: generationsWithin(evaluated(config), integerOption(values, "evaluations", 0, 1)),
      };
    }
    throw new UsageError(
      "Expected --generations or --evaluations, which both say how long a search is to be, got both.",
    );
  }
  if (config.generations !== null || values.maxTime !== undefined) return config;
  throw new UsageError("Expected --max-time or --generations, since the settings have null generations, got neither.");
}
