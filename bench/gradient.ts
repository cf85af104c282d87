/** Bench of gradients: the kernel against plain TypeScript; how long the choice of a topology takes. */
import {
  compile,
  completeConfig,
  createClassification,
  createGradient,
  createKernelGradient,
  type Dataset,
  derive,
  digitsDataset,
  type Examples,
  growGenome,
  Kernel,
  type LossDerivative,
  searchSettings,
  searchShape,
  startTopology,
  TopologyTrainer,
} from "precocial";
import { type Line, measure } from "./measure.ts";

/** Images of a batch. */
const IMAGES = 256;
/** As MNIST of 16 x 16 pixels, of which 30 % are not 0. */
const MNIST = { count: 48_000, inputs: 256, filled: 0.3 };
/** Connections and hidden units of topologies to choose, small to large. */
const SIZES = [
  { connections: 1700, hidden: 64 },
  { connections: 4100, hidden: 112 },
  { connections: 10_000, hidden: 256 },
];

/** Runs all and yields the lines of the table. */
export async function* benchGradient(): AsyncGenerator<Line> {
  yield* kernelAgainstPlain();
  yield* choices();
}

/** A run of as many epochs as the settings say, of which a few are timed: all cost the same. */
async function* choices(): AsyncGenerator<Line> {
  const dataset = likeMnist();
  for (const settings of SIZES) {
    const trainer = await TopologyTrainer.from(startTopology(settings, dataset), dataset);
    const epoch = await measure(3, () => trainer.epoch());
    const { epochs } = trainer.settings;
    yield {
      name: `topology of ${settings.connections.toLocaleString("en-US")} connections by gradient, ${epochs} epochs of 48,000 images`,
      value: epochs * epoch.min,
      unit: "s",
      target: "under 60",
      note: "one thread",
    };
  }
}

/** Random images: the time depends on how many pixels are 0 alone. */
function likeMnist(): Dataset {
  const { count, inputs, filled } = MNIST;
  const rng = derive("bench gradient");
  const part = (size: number): Examples => ({
    count: size,
    features: Float32Array.from({ length: size * inputs }, () => Math.max(0, (rng.uniform() - 1 + filled) / filled)),
    labels: Uint8Array.from({ length: size }, () => rng.integer(10)),
  });
  const names = (length: number) => Array.from({ length }, (_, index) => String(index));
  const parts = { train: part(count), validation: part(count / 4), test: part(1) };
  return { name: "like MNIST", inputs: names(inputs), classes: names(10), ...parts };
}

async function* kernelAgainstPlain(): AsyncGenerator<Line> {
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
