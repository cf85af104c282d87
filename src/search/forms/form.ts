/**
 * A form: a small graded network as a template, of which a code says how often each connection is there.
 *
 *     grade 0         1         2           3         4
 *     bias, inputs -> relays -> features -> relays -> outputs                                            sums
 *     bias, inputs -> relays -> features -> relays -> decisions -> relays -> steps -> relays -> outputs  signs, switches
 *                                           grade     4            5         6, 0     1         2
 *
 * A code has an activation and whole numbers for each feature: how often it counts each input, and how often each output
 * counts it, below 0 with the other sign; of switches also how often each output's rest does. Connections have no weight of
 * their own, so a value that counts three times leads over three linear relays, or inverse ones; all features share the relays
 * of an input, and all outputs those of a feature. At a shared weight w
 *
 *     feature = activation(w^2 sum of inputs)      sum = w^4 sum of features      sign = w^2 strength (-1, 0 or 1)
 *
 * (but of a feature that steps: 0 or 1, which two more relays bring to grade 2). Sums are alike in order at every weight
 * but 0. Signs are alike but for their size, which is at least 1 at every |w| of at least 1 / sqrt(strength): an action
 * that is limited to -1 to 1 is the same at all of these. Switches are two to an output, either direction one: with a sum s
 * and a rest r they are on where s - r and where -s - r is above 0, and the output is the first less the second. Where s
 * is within r of 0 the output is 0. Control by signs is called bang-bang, by switches bang-off-bang.
 */
import { activationCode } from "../../genome/activations.ts";
import { bareGenome, extend, fixedNodeCount, type Genome } from "../../genome/genome.ts";
import { gradeOfValue } from "../../genome/grades.ts";
import { Growth } from "../../genome/growth.ts";

const [LINEAR, INVERSE, STEP] = ["linear", "inverse", "step"].map((name) => activationCode(name) as number);
/** Grade of features. */
const FEATURE = 2;

/** A form, and with it what the numbers of its codes mean. */
export interface Form {
  readonly inputCount: number;
  readonly outputCount: number;
  readonly features: number;
  /** Codes of the activations that features may have: relu, abs, step, linear, inverse. */
  readonly activations: readonly number[];
  /** The largest number in a code, and below 0 the least. */
  readonly multiplicity: number;
  readonly outputs: "sums" | "signs" | "switches";
  /** Relays from each step to its output, of forms whose outputs are not sums. */
  readonly strength: number;
}

/** The numbers of one network: of each feature the place of its activation, those of bias and inputs, those of outputs. */
export type Code = Int32Array;

/** How many numbers of a code belong to each feature. */
export function featureLength(form: Pick<Form, "inputCount" | "outputCount" | "outputs">): number {
  return 1 + (1 + form.inputCount) + sumCount(form);
}

/** How many sums of features there are: one of each output, and of switches a rest after each. */
function sumCount({ outputCount, outputs }: Pick<Form, "outputCount" | "outputs">): number {
  return outputs === "switches" ? 2 * outputCount : outputCount;
}

/** Whether a number of a feature is how often a rest counts it. @param place among those of the feature */
export function isRest(form: Pick<Form, "inputCount" | "outputs">, place: number): boolean {
  return form.outputs === "switches" && place > 1 + form.inputCount && (place - form.inputCount) % 2 === 1;
}

/** The graded genome that a code means. Features that no input leads to, or that lead to no output, are left out. */
export function genomeOf(form: Form, code: Code): Genome {
  const { inputCount, outputCount, outputs, strength } = form;
  const shape = { inputCount, outputCount, grades: outputs === "sums" ? 4 : 2 };
  const fixed = fixedNodeCount(shape);
  const growth = new Growth(fixed);
  const relays = new Relays(growth);
  const sums = Array.from({ length: sumCount(form) }, (_, sum) =>
    outputs === "sums" ? 1 + inputCount + sum : undefined,
  );
  for (const { activation, counted, counting } of featuresOf(form, code)) {
    const feature = growth.node(activation);
    counted.forEach((times, input) => void relays.lead(input, times, feature));
    const value = gradeOfValue(FEATURE, activation) === FEATURE ? feature : chain(growth, feature, FEATURE);
    counting.forEach((times, place) => {
      if (times === 0) return;
      sums[place] ??= growth.node(LINEAR);
      relays.lead(value, times, sums[place]);
    });
  }
  /** Leads to an output whether `sign` times a sum is above 0. */
  const leadStep = (sum: number, sign: 1 | -1, output: number, outputSign: 1 | -1) => {
    const step = growth.node(STEP);
    relays.lead(sum, sign, step);
    relays.lead(step, outputSign * strength, 1 + inputCount + output);
  };
  sums.forEach((sum, place) => {
    if (sum === undefined || outputs === "sums") return;
    if (outputs === "switches") {
      leadStep(sum, 1, place >> 1, place % 2 === 0 ? 1 : -1);
      return;
    }
    for (const sign of [1, -1] as const) leadStep(sum, sign, place, sign);
  });
  return extend(bareGenome(shape, LINEAR), growth);
}

/** A feature of a code that something leads to, and that leads somewhere. */
interface Feature {
  readonly activation: number;
  /** How often it counts the bias and each input. */
  readonly counted: Int32Array;
  /** How often each output counts it, or each switch. */
  readonly counting: Int32Array;
}

function featuresOf(form: Form, code: Code): Feature[] {
  const length = featureLength(form);
  return Array.from({ length: form.features }, (_, feature) => {
    const numbers = code.subarray(feature * length, (feature + 1) * length);
    const outputs = length - sumCount(form);
    const counting = numbers.subarray(outputs);
    return {
      activation: form.activations[numbers[0]],
      counted: numbers.subarray(1, outputs),
      counting: form.outputs === "switches" ? switchesOf(counting) : counting,
    };
  }).filter(({ counted, counting }) => counted.some(isThere) && counting.some(isThere));
}

/** How often each switch counts a feature that sums and rests count so often. */
function switchesOf(counting: Int32Array): Int32Array {
  return counting.map((_, place) => {
    const sum = counting[place & ~1];
    const rest = counting[place | 1];
    return (place % 2 === 0 ? sum : -sum) - rest;
  });
}

const isThere = (times: number) => times !== 0;

/** Linear nodes in a row, each of the next grade; gives the last. */
function chain(growth: Growth, from: number, length: number): number {
  let last = from;
  for (let grade = 0; grade < length; grade++) {
    const next = growth.node(LINEAR);
    growth.connect(last, next);
    last = next;
  }
  return last;
}

/** The relays of a genome, each made when it is first needed. */
class Relays {
  readonly #growth: Growth;
  /** By source and sign, as many as its largest number. */
  readonly #made = new Map<string, number[]>();

  constructor(growth: Growth) {
    this.#growth = growth;
  }

  /** Leads a source to a target so many times, below 0 with the other sign. */
  lead(source: number, times: number, target: number): void {
    const key = `${source}/${Math.sign(times)}`;
    const made = this.#made.get(key) ?? [];
    this.#made.set(key, made);
    while (made.length < Math.abs(times)) {
      const relay = this.#growth.node(times > 0 ? LINEAR : INVERSE);
      this.#growth.connect(source, relay);
      made.push(relay);
    }
    for (const relay of made.slice(0, Math.abs(times))) this.#growth.connect(relay, target);
  }
}
