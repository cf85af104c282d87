/** The code that a genome of a form has: the way back from `genomeOf`, by which a search over codes starts from a champion. */
import { UsageError } from "../../base/errors.ts";
import { activationCode, activationOf } from "../../genome/activations.ts";
import { fixedNodeCount, type Genome, isInput } from "../../genome/genome.ts";
import { gradesOf, namesOf } from "../../genome/grades.ts";
import { type Code, type Form, featureLength, genomeOf } from "./form.ts";

const [INVERSE, STEP] = ["inverse", "step"].map((name) => activationCode(name) as number);

/** How often a node counts others, by their positions. */
type Counts = ReadonlyMap<number, number>;

/** A sum of features that decides on one direction of an output, by position of the feature. */
interface Decision {
  readonly output: number;
  /** Which way: 1 or -1; 0 of outputs that are sums. */
  readonly direction: number;
  /** Whether it is the sum's inverse that decides, which is so of the second step of a sign alone. */
  readonly isInverse: boolean;
  /** How often the output counts it; 1 of sums. */
  readonly strength: number;
  readonly counts: Counts;
}

/** What is read from a genome of a form. */
interface Read {
  /** The form, as far as the genome tells it. */
  readonly own: Form;
  readonly counts: ReadonlyMap<number, Counts>;
  readonly decisions: readonly Decision[];
  /** Positions, in order. */
  readonly features: readonly number[];
}

/**
 * The code of a form that means what a genome does.
 *
 * @param genome of a form with other numbers of features, multiplicity and strength perhaps; one whose outputs are signs is
 *               one of switches too
 * @throws UsageError if it is of no form, or the form has too few features, activations or numbers for it
 */
export function codeOf(form: Form, genome: Genome): Code {
  const read = readForm(form, genome);
  const { features, outputs, multiplicity } = read.own;
  if (!isMeantBy(genome, read.own, codeIn(read.own, genome, read))) throw ofNoForm();
  if (outputs !== form.outputs && !(outputs === "signs" && form.outputs === "switches")) {
    throw new UsageError(
      `Expected a champion whose outputs are ${form.outputs} to start from, got ${outputs}: give --outputs ${outputs}.`,
    );
  }
  if (features > form.features) {
    throw new UsageError(
      `Expected a champion of at most ${form.features} features to start from, got ${features}: give --features ${features}.`,
    );
  }
  if (multiplicity > form.multiplicity) {
    throw new UsageError(
      `Expected a champion that counts nothing more than ${form.multiplicity} times to start from, got ${multiplicity} ` +
        `times: give --multiplicity ${multiplicity}.`,
    );
  }
  return codeIn(form, genome, read);
}

function readForm(form: Form, genome: Genome): Read {
  const counts = countsOf(genome);
  const decisions = decisionsOf(genome, counts);
  const features = [...new Set(decisions.flatMap((decision) => [...decision.counts.keys()]))].sort((a, b) => a - b);
  const rows = features.map((feature) => ({
    inputs: [...countsAt(counts, feature).values()],
    outputs: Array.from({ length: form.outputCount }, (_, output) => sumAndRest(decisions, feature, output)),
  }));
  const numbers = rows.flatMap(({ inputs, outputs }) => [...inputs, ...outputs.flat()]);
  // A network without connections is of either.
  const isOfSigns = decisions.length === 0 || decisions.some(({ isInverse }) => isInverse);
  const own: Form = {
    ...form,
    features: features.length,
    multiplicity: numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0),
    outputs: genome.grades === 4 ? "sums" : isOfSigns ? "signs" : "switches",
    strength: decisions.reduce((most, { strength }) => Math.max(most, strength), 0),
  };
  return { own, counts, decisions, features };
}

/** What was read as a code of a form. */
function codeIn(form: Form, genome: Genome, { counts, decisions, features }: Read): Code {
  const length = featureLength(form);
  const code = new Int32Array(form.features * length);
  features.forEach((feature, index) => {
    const numbers = code.subarray(index * length, (index + 1) * length);
    numbers[0] = placeOf(form, genome.activations[feature]);
    for (const [source, times] of countsAt(counts, feature)) {
      if (!isInput(genome, source)) throw ofNoForm();
      numbers[1 + source] = times;
    }
    for (let output = 0; output < form.outputCount; output++) {
      const [sum, rest] = sumAndRest(decisions, feature, output);
      if (form.outputs === "switches") numbers.set([sum, rest], 2 + form.inputCount + 2 * output);
      else numbers[2 + form.inputCount + output] = sum;
    }
  });
  return code;
}

/** Whether a code makes that very graph, and not one that only looks like it: a genome may have evolved on from a form. */
function isMeantBy(genome: Genome, form: Form, code: Code): boolean {
  const meant = genomeOf(form, code);
  return (["activations", "sources", "targets", "enabled"] as const).every(
    (genes) => String(meant[genes]) === String(genome[genes]),
  );
}

function ofNoForm(): UsageError {
  return new UsageError(
    "Expected a champion of --method es to start from, got one whose graph no code of a form means: search from it by " +
      "--method evolution.",
  );
}

/** Of each output and each hidden node that is no relay, how often it counts others: relays are left out. */
function countsOf(genome: Genome): Map<number, Map<number, number>> {
  if (genome.grades === undefined) throw ofNoForm();
  const { activations, sources, targets } = genome;
  const grades = gradesOf(genome);
  const isRelay = (node: number) => grades[node] % 2 === 1;
  const behind = new Map<number, number>();
  targets.forEach((target, gene) => {
    if (!isRelay(target)) return;
    if (behind.has(target)) throw ofNoForm();
    behind.set(target, sources[gene]);
  });
  const counts = new Map<number, Map<number, number>>();
  targets.forEach((target, gene) => {
    if (isRelay(target)) return;
    const relay = sources[gene];
    const source = behind.get(relay);
    if (source === undefined) throw ofNoForm();
    const own = counts.get(target) ?? new Map<number, number>();
    own.set(source, (own.get(source) ?? 0) + (activations[relay] === INVERSE ? -1 : 1));
    counts.set(target, own);
  });
  return counts;
}

function countsAt(counts: ReadonlyMap<number, Counts>, node: number): Counts {
  const own = counts.get(node);
  if (own === undefined) throw ofNoForm();
  return own;
}

function decisionsOf(genome: Genome, counts: ReadonlyMap<number, Counts>): Decision[] {
  const decisions: Decision[] = [];
  for (let position = 1 + genome.inputCount; position < fixedNodeCount(genome); position++) {
    const output = position - 1 - genome.inputCount;
    const own = counts.get(position) ?? new Map<number, number>();
    if (genome.grades === 4) {
      decisions.push({
        output,
        direction: 0,
        isInverse: false,
        strength: 1,
        counts: featuresBehind(genome, counts, own, 1),
      });
      continue;
    }
    for (const [step, times] of own) {
      const sums = [...countsAt(counts, step)];
      const [[sum, sign]] = sums;
      if (genome.activations[step] !== STEP || sums.length !== 1 || Math.abs(sign) !== 1) throw ofNoForm();
      const behind = featuresBehind(genome, counts, countsAt(counts, sum), sign);
      const strength = Math.abs(times);
      decisions.push({ output, direction: Math.sign(times), isInverse: sign < 0, strength, counts: behind });
    }
  }
  return decisions;
}

/** What a sum counts, times a sign; of a feature that steps, not the node that brings it to grade 2. */
function featuresBehind(genome: Genome, counts: ReadonlyMap<number, Counts>, sum: Counts, sign: number): Counts {
  return new Map(
    Array.from(sum, ([value, times]) => {
      const [[source, once], ...others] = countsAt(counts, value);
      const isChain = others.length === 0 && once === 1 && genome.activations[source] === STEP;
      return [isChain && !isInput(genome, source) ? source : value, sign * times];
    }),
  );
}

/** How often the sum of an output counts a feature, and how often its rest. */
function sumAndRest(decisions: readonly Decision[], feature: number, output: number): [number, number] {
  let [sum, forward, backward] = [0, 0, 0];
  for (const { output: other, direction, counts } of decisions) {
    if (other !== output) continue;
    const times = counts.get(feature) ?? 0;
    if (direction > 0) forward += times;
    else if (direction < 0) backward += times;
    else sum += times;
  }
  return [sum + (forward - backward) / 2, -(forward + backward) / 2];
}

/** The place of an activation among those of the form. */
function placeOf({ activations }: Form, activation: number): number {
  const place = activations.indexOf(activation);
  if (place >= 0) return place;
  throw new UsageError(
    `Expected a champion whose features are ${namesOf(activations)} to start from, got ` +
      `${activationOf(activation).name}: name it in --feature-activations.`,
  );
}
