/** What is shown of a topology being chosen by gradient, and how its champion is described at its end. */
import { counted, formatPercent, time } from "../base/numbers.ts";
import { compile } from "../network/compile.ts";
import type { GradientConfig } from "../run/stages/gradient-config.ts";
import type { GradientStage } from "../run/stages/gradient-stage.ts";
import { conditionsTable } from "./conditions.ts";
import { showEpochs } from "./present-training.ts";
import type { Presenter } from "./presenter.ts";

export const GRADIENT_PRESENTER: Presenter<GradientConfig, GradientStage> = {
  last: "Stopping after this epoch",
  async present(showing) {
    return {
      ...showEpochs(showing),
      close({ champion, weight = 1, count: epochs }, { status, seconds, evaluation }) {
        const lines = [
          `${counted(epochs, "epoch")} in ${time(seconds)}${status === "stopped" ? ", stopped before the end" : ""}.`,
        ];
        if (champion === undefined) return { lines, json: { epochs } };
        const connections = compile(champion.genome).connectionCount;
        const { generation: epoch, score, reported = 0 } = champion;
        lines.push(
          `Champion of epoch ${epoch}: ${counted(connections, "connection")}, ` +
            `${showing.workshop.task.info.reported} ${formatPercent(reported)} on validation examples, at every shared weight but 0.`,
        );
        if (evaluation) {
          lines.push(
            "",
            "Its scores on what the choice never saw:",
            "",
            conditionsTable(evaluation, evaluation.measure),
            "",
          );
        }
        lines.push(
          `A search from it (--from, --genome graded) is best scored at --weights ${weight.toFixed(2)}: its outputs are ` +
            "as large there as they were in training.",
        );
        return { lines, json: { epochs, champion: { epoch, score, connections, reported, weight } } };
      },
    };
  },
};
