/** Champions as ONNX models, which ONNX Runtime, Netron and many others open. */
import { z } from "zod";
import type { Format } from "../format.ts";
import { WEIGHT_SETTINGS } from "../weights.ts";
import { wire } from "../wiring.ts";

const SETTINGS = {
  ...WEIGHT_SETTINGS,
  requireWeight: z
    .boolean()
    .default(false)
    .describe("A weight that is an input has to be given: ONNX Runtime in JavaScript cannot replace a default."),
};

/** The writer, and with it the library for its bytes, is loaded when it is used. */
export const onnx: Format<typeof SETTINGS> = {
  name: "onnx",
  summary: "an ONNX model: single precision, any batch, opset 13",
  endings: [".onnx"],
  namesTask: false,
  settings: SETTINGS,
  async write(champion, settings) {
    const wiring = wire(champion, settings);
    const { onnxModel } = await import("./model.ts");
    return onnxModel(wiring, settings.requireWeight);
  },
};
