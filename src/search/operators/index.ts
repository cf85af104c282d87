/**
 * The operators, by the name of the setting that holds their weight.
 *
 * An operator makes a child that differs from its parent by one change, or says that it has nothing to do, and is then
 * drawn again among the others (operator.ts has the contract). To add one: its file here and a row in this table; its
 * weight becomes a setting of every search and an option of the command line. An operator of one's own needs no row:
 * `new Search(shape, { swap: 0.1 }, seed, { operators: { swap } })`.
 */
import { changeActivation } from "./change-activation.ts";
import { addConnection, enableConnection, removeConnection } from "./connections.ts";
import { crossover } from "./crossover.ts";
import { followGradient } from "./follow-gradient.ts";
import { duplicateNode, removeNode } from "./hidden-nodes.ts";
import { insertNode } from "./insert-node.ts";
import type { Operator } from "./operator.ts";
import { rewire } from "./rewire.ts";
import { unite } from "./unite.ts";

/** All operators; the order is that of the draws, so new ones go to the end. */
export const OPERATORS = {
  insertNode,
  addConnection,
  changeActivation,
  enableConnection,
  removeConnection,
  crossover,
  duplicateNode,
  removeNode,
  rewire,
  unite,
  followGradient,
} satisfies Record<string, Operator>;
