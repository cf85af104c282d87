/** A search on scores of your own, without a task: `ask` gives genomes, `tell` takes how good each is at every weight. */
import { compile, createForward, meanScore, outputSlots, Search, STANDARD_WEIGHTS } from "precocial";

// Wanted: an output that is larger at points within a disc than at those around it.
const NUMBERS = [-1.5, -1, -0.5, 0, 0.5, 1, 1.5];
const POINTS = NUMBERS.flatMap((x) => NUMBERS.map((y) => [x, y]));
const isWithin = ([x, y]) => x * x + y * y < 1.2;
const [WITHIN, AROUND] = [POINTS.filter(isWithin), POINTS.filter((point) => !isWithin(point))];

/** The scores of a genome, one for each weight that its connections may share: the share of pairs in the right order. */
function score(genome) {
  const { program } = compile(genome);
  const forward = createForward(program);
  const [output] = outputSlots(program);
  const values = STANDARD_WEIGHTS.map((weight) => {
    const outputs = (points) => points.map((point) => forward(point, weight)[output]);
    const around = outputs(AROUND);
    const right = outputs(WITHIN).map((value) => around.filter((other) => value > other).length);
    return right.reduce((sum, count) => sum + count, 0) / (WITHIN.length * AROUND.length);
  });
  return { weightCount: values.length, episodeCount: 1, values: Float64Array.from(values) };
}

const search = new Search({ inputCount: 2, outputCount: 1, outputActivation: 1 }, { population: 100 }, 1);
for (let generation = 0; generation <= 60; generation++) {
  const scores = search.ask().map(score);
  search.tell(scores);
  if (generation % 20 > 0) continue;
  const best = scores.reduce((a, b) => (meanScore(b) > meanScore(a) ? b : a));
  const percents = Array.from(best.values, (share) => `${(100 * share).toFixed(0)} %`);
  console.log(`generation ${generation}, right at each weight: ${percents.join(", ")}`);
}
