/** `precocial data <set>`: downloads a data set to where the tasks look for it. */
import { checkKnown } from "../base/check.ts";
import { downloadData } from "../files/data-download.ts";
import { DATA_SOURCE_NAMES, downloadFolder } from "../files/data-files.ts";
import type { Command } from "./command.ts";
import { createDownloadProgress } from "./download-progress.ts";
import { exitOnInterrupt } from "./interrupt.ts";
import { printResult } from "./output.ts";

export const dataCommand: Command = {
  name: "data",
  positionals: { set: { type: "string", demandOption: true, describe: `One of ${DATA_SOURCE_NAMES.join(", ")}` } },
  options: {
    "data-dir": {
      type: "string",
      describe: "Folder to download to; default: PRECOCIAL_DATA if that is set, else the user's cache folder",
    },
  },
  examples: [
    ["precocial data mnist", "then: precocial search mnist"],
    ["precocial data fashion-mnist --data-dir data", "data/fashion-mnist; then: search fashion-mnist --data-dir data"],
  ],
  async run(values) {
    const name = checkKnown("downloadable data set", String(values.set), DATA_SOURCE_NAMES);
    const dataDir = values.dataDir === undefined ? undefined : String(values.dataDir);
    const progress = createDownloadProgress(process.stderr);
    const interrupt = exitOnInterrupt(progress.stop);
    try {
      const result = await downloadData(name, downloadFolder(name, { dataDir }), { onProgress: progress.update });
      const { folder, kept, paths, checksums } = result;
      const count = Object.keys(paths).length;
      const checked = checksums
        ? "Their checksums are right."
        : "Only their form was checked: no checksums of this set are known here.";
      const done = kept.length === count ? `All ${count} files were there` : `${count - kept.length} files downloaded`;
      progress.stop();
      printResult(values, { set: name, ...result }, `${name}: ${done}, in ${folder}.\n${checked}`);
    } finally {
      progress.stop();
      interrupt.close();
    }
  },
};
