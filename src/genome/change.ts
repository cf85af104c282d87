/**
 * What a child has that its parent has not, as a few integers: so a lineage can be kept without its genomes.
 *
 *     kept      1, where the child has the parent's genes in their places; 0, where it is told whole
 *     nodes     their number, then of each: id, activation             those appended
 *     genes     their number, then of each: source, target, innovation, enabled
 *     others    their number, then of each: position, activation       nodes of the parent that changed
 *     others    their number, then of each: gene, enabled              connections of the parent that changed
 *     weights   the bits of the weight of each connection, if it has weights
 */
import { allocateGenome, type Genome, type GenomeShape } from "./genome.ts";

const NOTHING: Genome = allocateGenome({ inputCount: 0, outputCount: 0 }, 0, 0);

/** The change from `parent` to `child`; from nothing, where there is no parent. */
export function changeBetween(parent: Genome | undefined, child: Genome): Int32Array {
  const kept = parent !== undefined && startsWith(child, parent);
  const from = kept ? parent : NOTHING;
  const change = [kept ? 1 : 0];
  const list = (write: (add: (...words: number[]) => void) => void) => {
    const place = change.push(0) - 1;
    write((...words) => {
      change[place]++;
      change.push(...words);
    });
  };
  list((add) => {
    for (let node = from.ids.length; node < child.ids.length; node++) add(child.ids[node], child.activations[node]);
  });
  list((add) => {
    for (let gene = from.sources.length; gene < child.sources.length; gene++) {
      add(child.sources[gene], child.targets[gene], child.innovations[gene], child.enabled[gene]);
    }
  });
  list((add) => {
    for (let node = 0; node < from.ids.length; node++) {
      if (from.activations[node] !== child.activations[node]) add(node, child.activations[node]);
    }
  });
  list((add) => {
    for (let gene = 0; gene < from.enabled.length; gene++) {
      if (from.enabled[gene] !== child.enabled[gene]) add(gene, child.enabled[gene]);
    }
  });
  const { weights } = child;
  if (weights === undefined) return Int32Array.from(change);
  const whole = new Int32Array(change.length + weights.length);
  whole.set(change);
  new Float32Array(whole.buffer).set(weights, change.length);
  return whole;
}

/** The child that a change makes of its parent. @param shape what all genomes of a lineage share */
export function applyChange(parent: Genome | undefined, change: Int32Array, shape: GenomeShape): Genome {
  let place = 0;
  const next = () => change[place++];
  const from = next() === 1 && parent !== undefined ? parent : NOTHING;
  const list = (width: number): number[][] => Array.from({ length: next() }, () => Array.from({ length: width }, next));
  const nodes = list(2);
  const genes = list(4);
  const nodeCount = from.ids.length;
  const geneCount = from.sources.length;
  const child = allocateGenome(shape, nodeCount + nodes.length, geneCount + genes.length);
  for (const name of ["ids", "activations", "sources", "targets", "innovations", "enabled"] as const) {
    child[name].set(from[name]);
  }
  nodes.forEach(([id, activation], index) => {
    child.ids[nodeCount + index] = id;
    child.activations[nodeCount + index] = activation;
  });
  genes.forEach(([source, target, innovation, enabled], index) => {
    child.sources[geneCount + index] = source;
    child.targets[geneCount + index] = target;
    child.innovations[geneCount + index] = innovation;
    child.enabled[geneCount + index] = enabled;
  });
  for (const [node, activation] of list(2)) child.activations[node] = activation;
  for (const [gene, enabled] of list(2)) child.enabled[gene] = enabled;
  child.weights?.set(new Float32Array(change.slice(place).buffer));
  return child;
}

/** Whether a child has all nodes and connections of its parent in their places. */
function startsWith(child: Genome, parent: Genome): boolean {
  return (["ids", "sources", "targets", "innovations"] as const).every((name) => begins(child[name], parent[name]));
}

function begins(whole: Int32Array, start: Int32Array): boolean {
  if (whole.length < start.length) return false;
  for (let place = 0; place < start.length; place++) if (whole[place] !== start[place]) return false;
  return true;
}
