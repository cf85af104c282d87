/** `precocial draw <champion>`: a picture of the network for papers and slides. */
import { checkKnown } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { encodeGenome } from "../genome/codec.ts";
import { writeDrawing } from "../view/draw.ts";
import { CHAMPION_POSITIONAL, type Command, integerOption, optionalInteger, PICK_OPTION } from "./command.ts";
import { readNamedChampion } from "./named-champion.ts";
import { printResult } from "./output.ts";

const THEMES = ["auto", "light", "dark"] as const;

export const drawCommand: Command = {
  name: "draw",
  positionals: CHAMPION_POSITIONAL,
  options: {
    out: { type: "string", describe: "The file to write; its ending, .svg or .png, says the form" },
    theme: {
      type: "string",
      describe: "Colours: light, dark, or auto: light, and dark in browsers if the system asks for it. Default: auto",
    },
    output: { type: "string", describe: "Draw only what feeds the output of this name" },
    width: { type: "string", describe: "Width, at least; a PNG has two dots for each unit. Default: 720" },
    transparent: { type: "boolean", requiresArg: false, describe: "Leave the background out" },
    ...PICK_OPTION,
    task: { type: "string", describe: "The task, which names the ends of a .out file; default: they are numbered" },
  },
  examples: [
    ["precocial draw runs/swingup-1 --out net.svg", "the champion of a run"],
    ["precocial draw runs/swingup-1 --pick 20 --out small.svg", "its best network with at most 20 connections"],
    ["precocial draw runs/digits-1 --out seven.png --output 7 --theme dark", "what recognizes a seven, for a slide"],
    ["precocial draw swing.out --task swingup --out paper.svg", "a champion of the paper's code, its ends named"],
  ],
  async run(values) {
    const path = String(values.champion);
    if (values.out === undefined) throw new UsageError("Expected --out, the file to draw to: --out net.svg");
    const out = String(values.out);
    const theme = values.theme === undefined ? undefined : checkKnown("theme", String(values.theme), THEMES);
    const width = integerOption(values, "width", 720, 100);
    const champion = await readNamedChampion(
      path,
      values.task === undefined ? undefined : String(values.task),
      optionalInteger(values, "pick", 0),
    );
    const { genome, inputs, image } = champion;
    const { outputs = Array.from({ length: genome.outputCount }, (_, output) => `output ${output + 1}`) } = champion;
    const output =
      values.output === undefined ? undefined : outputs.indexOf(checkKnown("output", String(values.output), outputs));
    await writeDrawing(out, encodeGenome(genome), {
      width,
      inputNames: inputs,
      outputNames: outputs,
      image,
      output,
      theme,
      background: values.transparent !== true,
    });
    printResult(values, { champion: path, out, outputs: output === undefined ? outputs : [outputs[output]] }, out);
  },
};
