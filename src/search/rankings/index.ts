/**
 * The rankings, by the name that the setting `select` chooses.
 *
 * Contract (ranking.ts): `rank` gets a generation (genomes, scores [weights x episodes] of each, connection counts,
 * ages), the settings of the search and random streams; it gives an order of the genomes, best first, which says who
 * stays, who is culled and who gets children, and the objectives for the record; it may draw parents itself and ask for
 * random newcomers. On islands each is a generation to it. Equal input, equal output; nothing is
 * kept between calls. To add one: its file here and a row in this table; `settings` of its own become settings of
 * every search and options of the command line. A ranking of one's own needs no row:
 * `new Search(shape, { select: "oldest" }, seed, { rankings: { oldest } })`.
 */
import { age } from "./age.ts";
import { lexicase } from "./lexicase.ts";
import { nsga2 } from "./nsga2.ts";
import type { Ranking } from "./ranking.ts";

/** All rankings. */
export const RANKINGS = { nsga2, lexicase, age } satisfies Record<string, Ranking>;
