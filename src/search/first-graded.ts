/** First graded genomes: inputs carried to the outputs by relays, one for each output and grade. */
import { UsageError } from "../base/errors.ts";
import type { Rng } from "../base/rng.ts";
import { activationCode, activationOf } from "../genome/activations.ts";
import {
  bareGenome,
  type ConnectionGene,
  extend,
  fixedNodeCount,
  type Genome,
  type NodeGene,
} from "../genome/genome.ts";
import { activationsAt, gradeOfValue, namesOf } from "../genome/grades.ts";
import type { Innovations } from "../genome/innovation.ts";
import type { SearchSettings, SearchShape } from "./config.ts";

/**
 * Makes first graded genomes: each output has a relay of its own at every grade before its own, with a random activation
 * that keeps scale, and each input (and the bias) is connected to the first relay of each output with a probability. The
 * bias has a gene there in any case, disabled at need: from it follows the relay's grade.
 *
 * @throws UsageError if the activations of the settings, or that of the outputs, do not keep scale
 */
export function gradedCreator(
  { inputCount, outputCount, outputActivation }: SearchShape,
  { grades, connectProbability, activations }: SearchSettings,
  innovations: Innovations,
): (rng: Rng) => Genome {
  if (!activationsAt(grades).includes(outputActivation)) {
    throw new UsageError(
      `Expected outputs that keep scale (${namesOf(activationsAt(grades))}) for graded genomes, got ` +
        `${activationOf(outputActivation).name}: search for genomes of any graph.`,
    );
  }
  const given = activations.map((name) => activationCode(name) as number);
  const choices = Array.from({ length: grades }, (_, grade) =>
    given.filter((code) => activationsAt(grade).includes(code) && gradeOfValue(grade, code) === grade),
  );
  const missing = choices.findIndex((codes, grade) => grade > 0 && codes.length === 0);
  if (missing > 0) {
    throw new UsageError(
      `Expected activations of graded genomes to have one of ${namesOf(activationsAt(missing))}, got ` +
        `${activations.join(", ")}: add one.`,
    );
  }
  const shape = { inputCount, outputCount, grades };
  return (rng) => {
    const nodes: NodeGene[] = [];
    const connections: ConnectionGene[] = [];
    const disabled: number[] = [];
    for (let output = 1 + inputCount; output < fixedNodeCount(shape); output++) {
      // Relays have the ids of splits of the connection from the bias, which graded genomes do not have.
      const relays = choices.slice(1).map((codes, index) => ({
        position: fixedNodeCount(shape) + nodes.length + index,
        id: innovations.split(innovations.connection(0, output), index),
        activation: codes[rng.integer(codes.length)],
      }));
      const way = [...relays, { position: output, id: output }];
      const connect = (source: number, sourceId: number, target: (typeof way)[number]) =>
        connections.push({
          source,
          target: target.position,
          innovation: innovations.connection(sourceId, target.id),
        });
      for (let input = 0; input <= inputCount; input++) {
        const drawn = rng.uniform() < connectProbability;
        if (input === 0 && !drawn) disabled.push(connections.length);
        if (input === 0 || drawn) connect(input, input, way[0]);
      }
      relays.forEach(({ position, id }, index) => {
        connect(position, id, way[index + 1]);
      });
      nodes.push(...relays);
    }
    const genome = extend(bareGenome(shape, outputActivation), { nodes, connections });
    for (const gene of disabled) genome.enabled[gene] = 0;
    return genome;
  };
}
