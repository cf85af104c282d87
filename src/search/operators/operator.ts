/** The contract of an operator: a parent in, a child that differs from it by one change out. */
import type { z } from "zod";
import type { Rng } from "../../base/rng.ts";
import type { Genome } from "../../genome/genome.ts";
import type { Innovations } from "../../genome/innovation.ts";
import type { Proposal } from "../../network/effects.ts";

/** The settings that operators share (search/config.ts), beside their weights and settings of their own. */
export interface OperatorSettings {
  /** Names of the activations of hidden nodes. */
  readonly activations: readonly string[];
  /** Which split connections stay enabled. */
  readonly keepSplit: "never" | "hidden" | "always";
  /** Mean number of operators that make a child. */
  readonly operatorsPerChild: number;
  readonly [name: string]: unknown;
}

/** What operators may use besides the parent. */
export interface OperatorContext {
  /** The stream of this child. */
  readonly rng: Rng;
  /** Numbers for new nodes and connections. */
  readonly innovations: Innovations;
  readonly settings: OperatorSettings;
  /** Draws another parent, for crossover. */
  readonly otherParent: () => Genome;
  /** Draws a genome of the parent's family, its parent or a sibling; where it has none that may have children, another parent. */
  readonly relative: () => Genome;
  /** Changes of a parent that promise most, those of most gain first; undefined where nobody can tell. */
  readonly proposals?: (parent: Genome) => readonly Proposal[] | undefined;
}

/** A way to make a child. */
export interface Operator {
  /** Default of the setting of the operator's name: how often it is drawn, in proportion to the others; 0 is off. */
  readonly weight: number;
  /** The setting in words. */
  readonly description: string;
  /** Settings of its own, which become settings of the search. */
  readonly settings?: z.ZodRawShape;
  /**
   * Makes a child: one change, no invariant of the genome broken, the parent untouched, all chance from `context.rng`.
   *
   * @returns undefined if there is nothing to do in this genome
   */
  makeChild(parent: Genome, context: OperatorContext): Genome | undefined;
}
