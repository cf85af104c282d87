/** A fixed topology as a stage: layers of nodes as they are given. */
import { activationCode } from "../../genome/activations.ts";
import { layeredGenome } from "../../genome/layered.ts";
import { FIXED_NETWORK } from "../../measure/figures.ts";
import type { StageKind } from "../stage.ts";
import { completeFixedConfig, type FixedConfig } from "./fixed-config.ts";
import { type MadeStage, madeKind } from "./made-stage.ts";

const made = madeKind<FixedConfig>(FIXED_NETWORK, ({ layers, activation }, { task: { info } }) => {
  const code = (name: string) => activationCode(name) as number;
  const shape = { inputCount: info.inputs.length, outputCount: info.outputs.length, layers };
  return { genome: layeredGenome(shape, code(activation), code(info.outputActivation)) };
});

/** Fixed topologies, as the table of stages has them. */
export const FIXED_STAGE: StageKind<FixedConfig, MadeStage> = {
  ...made,
  name: "fixed",
  title: "a fixed topology",
  complete: completeFixedConfig,
  summarize: (folder, config) => ({
    ...made.summarize(folder, config),
    defaults: completeFixedConfig({ task: config.task }),
  }),
};
