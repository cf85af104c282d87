/** Answers for new examples: classes by vote with their probability, numbers with their spread. */
import { expect, test } from "vitest";
import { classify, compile, derive, Kernel, STANDARD_WEIGHTS, softmax } from "../../src/index.ts";
import { answerClasses, answerValues, networkVoters, type Voter } from "../../src/measure/predict.ts";
import { growGenome } from "../fixtures/champion.ts";

const rng = derive("predict");
/** More than are answered at once. */
const count = 1050;
const features = Float32Array.from({ length: count * 6 }, () => rng.normal());

test("every voter says what the kernel says, and a score is the mean probability of the answer", async () => {
  const network = compile(growGenome({ inputs: 6, outputs: 4, connections: 40 }));
  const voters = networkVoters(network, STANDARD_WEIGHTS);
  const answers = answerClasses(voters, features, 6);
  const weights = { kind: "shared", values: Float32Array.from(STANDARD_WEIGHTS) } as const;
  const examples = { count, features, labels: new Uint8Array(count) };
  expect(answers.byVoter).toEqual(classify(await Kernel.create(), network.program, weights, examples));
  for (let example = 0; example < count; example += 7) {
    const inputs = features.subarray(example * 6, example * 6 + 6);
    const chances = voters.map((voter) => softmax(voter(inputs))[answers.classes[example]]);
    expect(answers.scores[example]).toBeCloseTo(chances.reduce((sum, chance) => sum + chance, 0) / 6, 5);
    const said = STANDARD_WEIGHTS.filter(
      (_, voter) => answers.byVoter[voter * count + example] === answers.classes[example],
    );
    expect(answers.votes[example]).toBeCloseTo(said.length / 6, 12);
  }
});

test("of equal votes the lowest class wins, and of equal outputs too", () => {
  const voters: Voter[] = [() => [0, 3, 1], () => [5, 5, 5], () => [1, 2, 0], () => [9, 0, 0]];
  const { classes, votes, byVoter } = answerClasses(voters, Float32Array.of(0), 1);
  expect([...byVoter]).toEqual([1, 0, 1, 0]);
  expect([...classes]).toEqual([0]);
  expect([...votes]).toEqual([0.5]);
});

test("a score is finite for outputs of any size", () => {
  const { scores } = answerClasses([() => [1e30, -1e30]], Float32Array.of(0, 0), 1);
  expect([...scores]).toEqual([1, 1]);
});

test("a number is the mean of the voters, with their standard deviation", () => {
  const voters: Voter[] = [([x]) => [x], ([x]) => [3 * x], ([x]) => [5 * x]];
  const { values, spreads, byVoter } = answerValues(voters, Float32Array.of(1, 2), 1);
  expect([...values]).toEqual([3, 6]);
  expect([...spreads]).toEqual([Math.sqrt(8 / 3), Math.sqrt(32 / 3)]);
  expect([...byVoter]).toEqual([1, 2, 3, 6, 5, 10]);
});
