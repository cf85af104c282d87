/** `precocial import <file>`: a champion from elsewhere as a run of its own, which commands take like any other. */
import { resolve } from "node:path";
import { checkFree, freeFolder } from "../run/folder.ts";
import { IMPORTED_STAGE } from "../run/stages/imported-stage.ts";
import { CHAMPION_POSITIONAL, type Command, integerOption, taskNamed, taskSettingsOf } from "./command.ts";
import { DRIVE_OPTIONS, drive } from "./drive.ts";
import { loadChampion, taskOf, taskOfChampion } from "./load-champion.ts";

export const importCommand: Command = {
  name: "import",
  positionals: CHAMPION_POSITIONAL,
  options: {
    out: { type: "string", describe: "Folder of the run; default: runs/imported-1, or the next that is free" },
    task: { type: "string", describe: "The task; needed for a .out file, which does not name it" },
    seed: { type: "string", describe: "Seed of the validation episodes", default: "1" },
    ...DRIVE_OPTIONS,
  },
  examples: [
    ["precocial import champion.json", "writes runs/imported-1"],
    ["precocial import swing.out --task swingup --out runs/paper", "a champion of the paper's code"],
    ["precocial view runs/paper", "on the page, with its scores at every weight"],
    ["precocial tune runs/paper", "its weights, trained"],
    ["precocial search swingup --from runs/paper", "what evolves from it"],
  ],
  task: taskOfChampion,
  async run(values) {
    const path = String(values.champion);
    const folder = values.out === undefined ? freeFolder("runs", IMPORTED_STAGE.name) : String(values.out);
    checkFree(folder);
    const seed = integerOption(values, "seed", 1, 0);
    const named = values.task === undefined ? undefined : await taskNamed(String(values.task));
    const known = named ?? (await taskOf(path));
    const taskSettings = known === undefined ? {} : taskSettingsOf(values, await taskNamed(known));
    const { source, task, champion, trainedWeights } = await loadChampion(path, { task: named, taskSettings });
    const { name, settings = {} } = source;
    const config = IMPORTED_STAGE.complete({ task: name, taskSettings: settings, from: resolve(path), seed });
    await drive(values, {
      folder,
      kind: IMPORTED_STAGE,
      config,
      resumed: false,
      founder: { ...champion, trainedWeights },
      title: () => `Importing ${path} for ${task.info.name}, seed ${seed}; run folder ${folder}`,
    });
  },
};
