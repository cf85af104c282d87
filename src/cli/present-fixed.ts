/** What is shown of a fixed topology: what it is, and what it comes to untrained. */
import { counted } from "../base/numbers.ts";
import { layeredConnectionCount, layeredName } from "../genome/layered.ts";
import type { FixedConfig } from "../run/stages/fixed-config.ts";
import type { MadeStage } from "../run/stages/made-stage.ts";
import { conditionsTable } from "./conditions.ts";
import type { Presenter } from "./presenter.ts";

export const FIXED_PRESENTER: Presenter<FixedConfig, MadeStage> = {
  last: "Stopping after it is made",
  async present({ config: { layers, activation }, workshop: { task } }) {
    const shape = { inputCount: task.info.inputs.length, outputCount: task.info.outputs.length, layers };
    return {
      close({ champion }, { evaluation }) {
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
