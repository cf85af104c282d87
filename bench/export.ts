/** Bench of what champions are exported as: images a second of the kernel, ONNX Runtime for the web, and generated C. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as ort from "onnxruntime-web";
import {
  compile,
  createClassification,
  createInlineEvaluator,
  digitsDataset,
  type PortableChampion,
  readChampion,
  writeChampion,
} from "precocial";
import { type Line, measure } from "./measure.ts";

const DATASET = digitsDataset();
const { features, count } = DATASET.train;
const WIDTH = DATASET.inputs.length;
const ROUNDS = 5;
/** Images that ONNX Runtime is given at once: enough that starting its operators takes no time beside. */
const BATCH = 2000;
const PATH = join(import.meta.dirname, "../docs/champions/tasks/digits.json");

/** Runs all and yields the lines of the table: each the same images of 16 x 16 pixels at one weight, on one thread. */
export async function* benchExport(): AsyncGenerator<Line> {
  const champion = readChampion(readFileSync(PATH), { path: PATH });
  const network = compile(champion.genome);
  const name = `images, ${network.connectionCount} connections, one weight`;
  const rates = {
    kernel: await kernelRate(champion),
    "ONNX Runtime for the web": await onnxRate(champion),
    "generated C, -O2": await compiledRate(champion),
  };
  for (const [by, rate] of Object.entries(rates)) {
    if (rate === undefined) continue;
    const note = by === "kernel" ? undefined : `kernel: ${(rates.kernel / rate).toFixed(1)} x`;
    yield { name: `${by}, ${name}`, value: rate / 1000, unit: "k/s", note };
  }
}

/** All training images at one weight, as evaluation has them; the likelihoods of the classes are part of it. */
async function kernelRate({ genome, bestSharedWeight = 1 }: PortableChampion): Promise<number> {
  const evaluator = await createInlineEvaluator(createClassification(DATASET, { batchSize: count }));
  const trial = {
    weights: { kind: "shared", values: Float32Array.of(bestSharedWeight) },
    episodes: ["bench"],
    split: "train",
    pairing: "all",
  } as const;
  const { program } = compile(genome);
  const { min } = await measure(ROUNDS, () => evaluator.evaluate([program], trial));
  await evaluator.close();
  return count / min;
}

async function onnxRate(champion: PortableChampion): Promise<number> {
  ort.env.wasm.numThreads = 1;
  const bytes = await writeChampion(champion, "net.onnx", { weight: champion.bestSharedWeight });
  const session = await ort.InferenceSession.create(bytes);
  const { min } = await measure(ROUNDS, async () => {
    for (let first = 0; first < count; first += BATCH) {
      const size = Math.min(BATCH, count - first);
      const images = features.subarray(first * WIDTH, (first + size) * WIDTH);
      await session.run({ inputs: new ort.Tensor("float32", images, [size, WIDTH]) });
    }
  });
  await session.release();
  return count / min;
}

/** Undefined where there is no C compiler. */
async function compiledRate(champion: PortableChampion): Promise<number | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "precocial-bench-"));
  try {
    writeFileSync(join(folder, "net.c"), await writeChampion(champion, "net.c", { weight: champion.bestSharedWeight }));
    writeFileSync(join(folder, "images"), features);
    writeFileSync(join(folder, "time.c"), timingProgram(champion.genome.outputCount));
    execFileSync("cc", ["-std=c99", "-D_POSIX_C_SOURCE=199309L", "-O2", "-o", "time", "time.c"], { cwd: folder });
    return count / Number(execFileSync("./time", { cwd: folder, encoding: "utf8" }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    console.error("No C compiler (cc): the generated C is left out.");
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Prints the least seconds of several rounds over all images, after one to warm up. */
function timingProgram(outputs: number): string {
  return `#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "net.c"
static float images[${count}][${WIDTH}];
static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec * 1e-9; }
int main(void) {
  FILE *file = fopen("images", "rb");
  float outputs[${outputs}];
  volatile float sink = 0.0f;
  double least = 1e9;
  if (!file || fread(images, sizeof images, 1, file) != 1) return 1;
  for (int round = 0; round <= ${ROUNDS}; round++) {
    double start = now();
    for (int image = 0; image < ${count}; image++) { precocial_act(images[image], outputs); sink += outputs[0]; }
    double seconds = now() - start;
    if (round > 0 && seconds < least) least = seconds;
  }
  printf("%.9f", least);
  return 0;
}
`;
}
