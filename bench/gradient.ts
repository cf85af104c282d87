/** Bench of gradients: the kernel against plain TypeScript. */
import {
  compile,
  completeConfig,
  createClassification,
  createGradient,
  createKernelGradient,
  digitsDataset,
  growGenome,
  Kernel,
  type LossDerivative,
  searchSettings,
  searchShape,
} from "precocial";
import { type Line, measure } from "./measure.ts";

/** Images of a batch. */
const IMAGES = 256;

/** Runs all and yields the lines of the table. */
export async function* benchGradient(): AsyncGenerator<Line> {
  const dataset = digitsDataset();
  const inputs = dataset.train.features.subarray(0, IMAGES * dataset.inputs.length);
  const config = completeConfig({ task: "digits", addConnection: 0.2 });
  const shape = searchShape(createClassification(dataset).info);
  const loss: LossDerivative = (outputs, derivatives) => derivatives.set(outputs);
  for (const connections of [131, 1849]) {
    const { program } = compile(growGenome(shape, searchSettings(config), connections, "bench"));
    const [plain, kernel] = [createGradient(program), createKernelGradient(await Kernel.create(), program)];
    const fast = await measure(50, () => kernel(inputs, 0.5, loss));
    const slow = await measure(3, () => plain(inputs, 0.5, loss));
    const name = `gradients of ${connections} connections, ${IMAGES} images`;
    yield { name, value: fast.min * 1000, unit: "ms" };
    yield {
      name: `${name}: kernel over plain TypeScript`,
      value: slow.min / fast.min,
      unit: "x",
      target: "at least 10",
    };
  }
}
