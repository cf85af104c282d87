/** From a ranked population, or an island of one, to the next: cull, elites, migrants, parents, operators, newcomers. */
import { groupBy } from "../base/groups.ts";
import { derive, type Rng } from "../base/rng.ts";
import type { Genome } from "../genome/genome.ts";
import type { Innovations } from "../genome/innovation.ts";
import type { Proposal } from "../network/effects.ts";
import type { SearchSettings } from "./config.ts";
import { Ancestor } from "./lineage.ts";
import { OPERATORS } from "./operators/index.ts";
import type { Operator, OperatorContext } from "./operators/operator.ts";
import { founder, type Member, type Population } from "./population.ts";
import type { Ranked } from "./rankings/ranking.ts";

/** What children are made with throughout a search. */
export interface Breeding {
  readonly seed: string;
  readonly settings: SearchSettings;
  readonly innovations: Innovations;
  readonly operators: Readonly<Record<string, Operator>>;
  /** Makes a first genome. */
  readonly create: (rng: Rng) => Genome;
  readonly propose?: Propose;
}

/** Proposes changes of a genome, the same whenever it is asked. @param birth the generation in which it was made */
export type Propose = (genome: Genome, birth: number) => readonly Proposal[];

/** Where in the next population its members will stand. */
export interface Destination {
  /** The number of the next population. */
  readonly generation: number;
  /** The place of the first of them. */
  readonly first: number;
  /** Places in this population of those who come from elsewhere, as they are. */
  readonly migrants: readonly number[];
}

/**
 * The next members, as many as are ranked: elites in order of rank, migrants, children, newcomers.
 *
 * @param ranked places in the population, all of it or those of an island
 */
export function vary(
  population: Population,
  { order, chooseParent, newcomers = 0 }: Pick<Ranked, "order" | "chooseParent" | "newcomers">,
  breeding: Breeding,
  { generation, first, migrants }: Destination,
): Member[] {
  const { genomes, families, births, origins, ancestors } = population;
  const { seed, settings, innovations, operators, propose } = breeding;
  const count = order.length;
  const parentCount = Math.max(1, count - Math.floor(count * settings.cull));
  const byTournament = (rng: Rng) => order[playTournament(parentCount, settings.tournament, rng)];
  const choose = chooseParent ? (rng: Rng) => chooseParent(rng, () => byTournament(rng)) : byTournament;
  const relatives = groupBy(order.subarray(0, parentCount), (place) => families[place]);

  /** Parents that proposals were made for: taking a gradient costs as much as scoring many children. */
  const asked = new Set<number>();
  const proposalsFor = (place: number) => {
    if (propose === undefined || (!asked.has(place) && asked.size >= settings.gradientParents)) return undefined;
    asked.add(place);
    return propose(genomes[place], births[place]);
  };

  const unchanged = (place: number): Member => ({
    genome: genomes[place],
    family: place,
    birth: births[place],
    origin: origins[place],
    ancestor: ancestors[place],
  });
  const child = (place: number): Member => {
    const rng = derive(seed, "mutate", generation, place);
    const parent = choose(rng);
    let origin = origins[parent];
    const other = (index: number) => {
      origin = Math.min(origin, origins[index]);
      return genomes[index];
    };
    const otherParent = () => other(choose(rng));
    const relative = () => {
      const near = (relatives.get(families[parent]) ?? []).filter((index) => index !== parent);
      return near.length > 0 ? other(near[rng.integer(near.length)]) : otherParent();
    };
    const proposals = (genome: Genome) => (genome === genomes[parent] ? proposalsFor(parent) : undefined);
    const context = { rng, innovations, settings, otherParent, relative, proposals };
    const { genome, operators: used } = makeChild(genomes[parent], context, operators);
    const line = { parent: ancestors[parent], generation, operators: used };
    const ancestor = new Ancestor(line, { from: genomes[parent], to: genome });
    return { genome, family: parent, birth: generation, origin, ancestor };
  };
  // A family of its own: a number that is no place in the population.
  const newcomer = (place: number) =>
    founder(breeding.create(derive(seed, "newcomer", generation, place)), genomes.length + place, generation);

  const elites = order.subarray(0, Math.floor(count * settings.elites));
  const next = [...elites, ...migrants].slice(0, count).map(unchanged);
  const childrenEnd = Math.max(next.length, count - newcomers);
  while (next.length < childrenEnd) next.push(child(first + next.length));
  while (next.length < count) next.push(newcomer(first + next.length));
  return next;
}

/** The best place of `tournament` draws from the first `parentCount` places of the ranking. */
function playTournament(parentCount: number, tournament: number, rng: Rng): number {
  let best = parentCount;
  for (let draw = 0; draw < tournament; draw++) best = Math.min(best, rng.integer(parentCount));
  return best;
}

/** A child, and the names of the operators that made it, in turn; the parent itself where none had anything to do. */
export interface Child {
  readonly genome: Genome;
  readonly operators: readonly string[];
}

/**
 * Applies one operator after the other, in number of geometric distribution with the mean `operatorsPerChild`, each drawn
 * by weight; one that has nothing to do is drawn again among the others.
 */
export function makeChild(
  parent: Genome,
  context: OperatorContext,
  operators: Readonly<Record<string, Operator>> = OPERATORS,
): Child {
  const used: string[] = [];
  const another = 1 - 1 / context.settings.operatorsPerChild;
  let genome = parent;
  do {
    const step = applyOne(genome, context, operators);
    if (step === undefined) break;
    genome = step.genome;
    used.push(step.operator);
  } while (another > 0 && context.rng.uniform() < another);
  return { genome, operators: used };
}

function applyOne(
  parent: Genome,
  context: OperatorContext,
  operators: Readonly<Record<string, Operator>>,
): { readonly genome: Genome; readonly operator: string } | undefined {
  const names = Object.keys(operators);
  const weights = names.map((name) => context.settings[name] as number);
  for (let total = sum(weights); total > 0; total = sum(weights)) {
    const drawn = drawWeighted(weights, context.rng.uniform() * total);
    const genome = operators[names[drawn]].makeChild(parent, context);
    if (genome !== undefined) return { genome, operator: names[drawn] };
    weights[drawn] = 0;
  }
  return undefined;
}

/** The index at which the running sum of `weights` passes `point`; never one of weight 0. */
function drawWeighted(weights: readonly number[], point: number): number {
  let passed = 0;
  const drawn = weights.findIndex((weight) => {
    passed += weight;
    return point < passed;
  });
  return drawn >= 0 ? drawn : weights.findLastIndex((weight) => weight > 0);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
