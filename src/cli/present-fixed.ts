/** What is shown of a fixed topology: what it is, and what it comes to untrained. */
import { counted } from "../base/numbers.ts";
import { layeredConnectionCount, layeredName } from "../genome/layered.ts";
import type { FixedConfig } from "../run/stages/fixed-config.ts";
import type { FixedStage } from "../run/stages/fixed-stage.ts";
import { conditionsTable } from "./conditions.ts";
import type { Presenter } from "./presenter.ts";

export const FIXED_PRESENTER: Presenter<FixedConfig, FixedStage> = {
  last: "Stopping after it is made",
  async present({ config: { activation } }) {
    return {
      close({ champion, shape }, { evaluation }) {
        const [network, connections] = [layeredName(shape), layeredConnectionCount(shape)];
        const lines = [`Fixed topology ${network} with ${activation}: ${counted(connections, "connection")}.`];
        if (evaluation) {
          lines.push("", "Its scores untrained:", "", conditionsTable(evaluation, evaluation.measure), "");
        }
        lines.push("To train its weights: precocial tune, with the run folder");
        return { lines, json: { network, activation, connections, score: champion?.score } };
      },
    };
  },
};
