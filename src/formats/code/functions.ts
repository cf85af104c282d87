/** The functions that a network needs in a language: activations by name, and what those call. */
import type { Wiring } from "../wiring.ts";

/** Functions of a language by name; each activation of genome/activations.ts by its own. */
export type Functions = Readonly<Record<string, { readonly text: string; readonly needs?: readonly string[] }>>;

/** The texts of those that a network needs, what is called before what calls it. */
export function neededFunctions({ nodes }: Pick<Wiring, "nodes">, functions: Functions): string[] {
  const found = new Map<string, string>();
  const find = (name: string) => {
    if (found.has(name)) return;
    const { needs = [], text } = functions[name];
    needs.forEach(find);
    found.set(name, text);
  };
  for (const { activation } of nodes) find(activation.name);
  return [...found.values()];
}
