/** Draws which genes of a founder are still in use: a row for each, shaded by the share of a generation that has it. */
import {
  activationOf,
  decodeGenome,
  founderGenes,
  type Genome,
  type GenomeJson,
  type SurvivalRecord,
} from "../src/index.ts";
import { appendCursor, type Chart, type ChartOptions, createChart } from "./chart.ts";
import { nameOf } from "./network-graph.ts";
import { append } from "./svg.ts";
import { colour } from "./theme.ts";

/** Columns that a picture has at most: of neighbouring generations the last is shown. */
const COLUMNS = 120;
/** Shades that shares are drawn in. */
const SHADES = 20;

/** A gene of a founder in the course of a search. */
export interface SurvivingGene {
  /** "angle → force", or a node with its activation. */
  readonly name: string;
  readonly kind: "connection" | "node";
  /** Share of the genomes that have it in use, of each generation that is shown. */
  readonly shares: readonly number[];
}

/** All of it. */
export interface Survival {
  /** The generations that are shown. */
  readonly generations: readonly number[];
  /** Connections, then nodes; of each the gene that most genomes have at the end first, of equals the one longest in use. */
  readonly genes: readonly SurvivingGene[];
}

/** Names of inputs and outputs. */
export interface EndNames {
  readonly inputNames?: readonly string[];
  readonly outputNames?: readonly string[];
}

/** Orders the genes of a founder by how they survived. */
export function survivalOfGenes(
  founder: GenomeJson,
  records: readonly SurvivalRecord[],
  { inputNames = [], outputNames = [] }: EndNames = {},
): Survival {
  const genome = decodeGenome(founder);
  const genes = founderGenes(genome);
  const stride = Math.max(1, Math.ceil(records.length / COLUMNS));
  const shown = records.filter((_, index) => (records.length - 1 - index) % stride === 0);
  const sharesOf = (of: (record: SurvivalRecord) => number) => shown.map((record) => of(record) / record.genomes);
  const positions = new Map(Array.from(genome.ids, (id, position) => [id, position]));
  const named = (position: number) => nodeName(genome, position, { inputNames, outputNames });
  const places = new Map(Array.from(genome.innovations, (innovation, gene) => [innovation, gene]));
  const connections = Array.from(genes.connections, (innovation, place): SurvivingGene => {
    const gene = places.get(innovation) as number;
    return {
      name: `${named(genome.sources[gene])} → ${named(genome.targets[gene])}`,
      kind: "connection",
      shares: sharesOf((record) => record.connections[place]),
    };
  });
  const nodes = Array.from(genes.nodes, (id, place): SurvivingGene => {
    return {
      name: named(positions.get(id) as number),
      kind: "node",
      shares: sharesOf((record) => record.nodes[place]),
    };
  });
  const total = ({ shares }: SurvivingGene) => shares.reduce((sum, share) => sum + share, 0);
  const byShare = (a: SurvivingGene, b: SurvivingGene) =>
    (b.shares.at(-1) ?? 0) - (a.shares.at(-1) ?? 0) || total(b) - total(a);
  return {
    generations: shown.map(({ generation }) => generation),
    genes: [...connections.sort(byShare), ...nodes.sort(byShare)],
  };
}

/** A hidden node by its activation and id, since several may have one; others as they are called. */
function nodeName(
  genome: Genome,
  position: number,
  names: { readonly inputNames: readonly string[]; readonly outputNames: readonly string[] },
): string {
  const name = nameOf(genome, position, { ...names, image: false });
  const isHidden = position > genome.inputCount + genome.outputCount;
  return isHidden ? `${activationOf(genome.activations[position]).name} ${genome.ids[position]}` : name;
}

/** Rows from below: the gene that most genomes have is the lowest, so the height of the shade says how many survive; nodes above. */
export function chartSurvival(document: Document, { generations, genes }: Survival, options: ChartOptions = {}): Chart {
  const [first, last] = [generations[0], generations.at(-1) ?? 0];
  const chart = createChart(
    document,
    "survival",
    "Genes of the founder by generation, shaded by the share of genomes that have them in use.",
    {
      x: {
        name: "generation",
        domain: generations.length > 0 ? [first, Math.max(last, first + 1)] : [],
        whole: true,
        exact: true,
      },
      y: { name: "genes of the founder", domain: genes.length > 0 ? [0, genes.length] : [], whole: true, exact: true },
    },
    { height: 320, ...options },
  );
  for (const [row, gene] of (generations.length > 0 ? genes : []).entries()) {
    const group = append(chart.data, "g", { class: `gene ${gene.kind}` });
    const top = chart.y(row + 1);
    const height = chart.y(row) - top;
    append(group, "title", {}, toldOf(gene));
    // The whole row answers the pointer.
    const from = chart.x(first);
    append(group, "rect", {
      x: from,
      y: top,
      width: chart.x(Math.max(last, first + 1)) - from,
      height,
      fill: colour("surface"),
    });
    for (const { start, end, shade } of runsOf(gene.shares)) {
      if (shade === 0) continue;
      const x = chart.x(generations[start]);
      const right = end < generations.length ? chart.x(generations[end]) : chart.x(Math.max(last, first + 1));
      append(group, "rect", {
        class: "cell",
        x,
        y: top,
        width: right - x,
        height: Math.max(0.5, height - (height > 8 ? 1 : 0)),
        fill: colour(gene.kind === "node" ? "series-3" : "accent"),
        "fill-opacity": shade / SHADES,
      });
    }
  }
  appendCursor(chart);
  return chart;
}

/** What becomes of a gene, in words. */
export function toldOf({ name, kind, shares }: SurvivingGene): string {
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  return `${kind} ${name}: in use by ${percent(shares[0] ?? 0)} of the first genomes, ${percent(shares.at(-1) ?? 0)} of the last`;
}

/** Stretches of columns of one shade. */
function runsOf(shares: readonly number[]): { start: number; end: number; shade: number }[] {
  const runs: { start: number; end: number; shade: number }[] = [];
  shares.forEach((share, column) => {
    const shade = share > 0 ? Math.max(1, Math.round(share * SHADES)) : 0;
    const before = runs.at(-1);
    if (before?.shade === shade) before.end = column + 1;
    else runs.push({ start: column, end: column + 1, shade });
  });
  return runs;
}
