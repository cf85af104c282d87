/** A loop of your own around the evaluator of a task: random search, by which any other way to find networks is measured. */
import { compile, createPool, meanScore, Search, STANDARD_WEIGHTS } from "precocial";

const POPULATION = 100;
const evaluator = await createPool({ name: "cartpole" }, { threads: 2 });
const { inputs, outputs } = evaluator.task.info;
const shape = { inputCount: inputs.length, outputCount: outputs.length, outputActivation: 1 };

/** Every network faces the same episodes at every weight: labels name them, and give them again on any machine. */
const trialOf = (round) => ({
  weights: { kind: "shared", values: Float32Array.from(STANDARD_WEIGHTS) },
  episodes: [`mine/${round}/0`, `mine/${round}/1`],
  split: "train",
  pairing: "all",
});

let best = { score: Number.NEGATIVE_INFINITY };
for (let round = 0; round < 5; round++) {
  // The first generation of a search is random.
  const genomes = new Search(shape, { population: POPULATION }, round).ask();
  const { scores } = await evaluator.evaluate(
    genomes.map((genome) => compile(genome).program),
    trialOf(round),
  );
  scores.forEach((each, index) => {
    const score = meanScore(each);
    if (score > best.score) best = { score, round, genome: genomes[index] };
  });
  console.log(`round ${round}: best so far ${best.score.toFixed(1)} of 500, found in round ${best.round}`);
}
await evaluator.close();
console.log(`It has ${compile(best.genome).connectionCount} connections.`);
