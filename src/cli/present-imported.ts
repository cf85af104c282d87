/** What is shown of an imported network: how large it is, and what it comes to. */
import { counted } from "../base/numbers.ts";
import { compile } from "../network/compile.ts";
import type { ImportedConfig } from "../run/stages/imported-stage.ts";
import type { MadeStage } from "../run/stages/made-stage.ts";
import { conditionsTable } from "./conditions.ts";
import type { Presenter } from "./presenter.ts";

export const IMPORTED_PRESENTER: Presenter<ImportedConfig, MadeStage> = {
  last: "Stopping after it is read",
  async present({ config: { from } }) {
    return {
      close({ champion }, { evaluation }) {
        const connections = champion && compile(champion.genome).connectionCount;
        const lines = connections === undefined ? [] : [`Read from ${from}: ${counted(connections, "connection")}.`];
        if (evaluation) lines.push("", conditionsTable(evaluation, evaluation.measure), "");
        return { lines, json: { from, connections, score: champion?.score } };
      },
    };
  },
};
