/** `precocial resume <run>`: goes on with a run or a study that was stopped or killed, or makes a run that is done longer. */
import { UsageError } from "../base/errors.ts";
import { counted } from "../base/numbers.ts";
import { checkUnlocked } from "../files/lock.ts";
import { readMeta } from "../run/folder.ts";
import { readRun } from "../run/read-config.ts";
import { STAGES } from "../run/stages/index.ts";
import { isStudyFolder } from "../study/folder.ts";
import { readFounder } from "../study/read-champion.ts";
import { resumeStudy } from "../study/study.ts";
import { CLUSTER_OPTIONS } from "./cluster-options.ts";
import { type Command, integerOption, LOAD_OPTIONS } from "./command.ts";
import { DRIVE_OPTIONS, drive } from "./drive.ts";
import { driveStudy } from "./drive-study.ts";

/** The settings that say how long a run of some kind is to be. */
const LENGTHS = [...new Set(STAGES.map(({ length }) => length))];

/** Options that say how a study is worked at too. */
const OF_STUDIES_TOO = ["threads", ...Object.keys(CLUSTER_OPTIONS)];

/** The kinds of runs of that length, in words. */
function titlesOf(length: string): string {
  return STAGES.filter((kind) => kind.length === length)
    .map(({ title }) => title)
    .join(", ");
}

export const resumeCommand: Command = {
  name: "resume",
  positionals: { run: { type: "string", demandOption: true, describe: "The run folder, or the study folder" } },
  options: {
    ...Object.fromEntries(
      LENGTHS.map((length) => [
        length,
        {
          type: "string",
          describe: `Of ${titlesOf(length)}: ${length} to reach in all; default: as the run was started`,
        } as const,
      ]),
    ),
    ...DRIVE_OPTIONS,
  },
  examples: [
    ["precocial resume runs/swingup-1", "to the generations it was started with"],
    ["precocial resume runs/swingup-1 --generations 2048", "further than that"],
    ["precocial resume studies/swingup-1", "a study, to the end of its plan"],
  ],
  async run(values) {
    const folder = String(values.run);
    if (isStudyFolder(folder)) {
      const given = [...LENGTHS, ...Object.keys(DRIVE_OPTIONS)].find(
        (name) => !OF_STUDIES_TOO.includes(name) && values[name],
      );
      if (given !== undefined) throw new UsageError(`Expected no --${given} for ${folder}: a study keeps its plan.`);
      await driveStudy(values, folder, resumeStudy);
      return;
    }
    const { kind, config } = await readRun(folder, LOAD_OPTIONS);
    checkUnlocked(folder);
    const { length } = kind;
    const other = LENGTHS.find((name) => name !== length && values[name] !== undefined);
    if (other !== undefined) {
      throw new UsageError(`Expected --${length} for ${kind.title}, got --${other}: ${folder} has ${length}.`);
    }
    const settings = config as unknown as Record<string, unknown>;
    const total =
      values[length] === undefined ? (settings[length] as number | null) : integerOption(values, length, 0, 0);
    const done = readMeta(folder).generations;
    if (total !== null && total < done) {
      throw new UsageError(
        `Expected --${length} to be at least the ${done} the run has done, got ${total}: a run can only be made longer.`,
      );
    }
    if (total === null && values.maxTime === undefined) {
      throw new UsageError(`${folder} was limited by time alone: say with --max-time or --${length} how far to go on.`);
    }
    const { from } = settings;
    await drive(values, {
      folder,
      kind,
      config: kind.complete({ ...settings, [length]: total }, null),
      resumed: true,
      founder: typeof from === "string" && done === 0 ? await readFounder(from, config.task) : undefined,
      title: (threads) => `Resuming ${folder} with ${counted(threads, "thread")}`,
    });
  },
};
