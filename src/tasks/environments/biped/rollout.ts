/** How the kernel plays the walker: from the track alone, as it takes the first step itself. */
import { UsageError } from "../../../base/errors.ts";
import type { RolloutOf } from "../../play/rollout.ts";
import type { BipedState } from "./environment.ts";

/** Singles of a world, and of the room to work in, a quarter of a block (kernel/assembly/biped/layout.ts). */
const WORLD = 8164;
const WORK = 2929;
/** Most polygons of a world there; a track drawn from a seed has 24 to 35. */
const MAX_POLYGONS = 48;

/** What kernel/assembly/biped needs to play it, flat or hardcore. */
export const BIPED_ROLLOUT: RolloutOf<BipedState> = {
  kernel: "biped",
  hiddenCount: WORLD + WORK,
  record: WORLD,
  hide({ world: { track } }) {
    const { heights, polygons, force } = track;
    if (polygons.length > MAX_POLYGONS) {
      throw new UsageError(
        `Expected a track of at most ${MAX_POLYGONS} polygons for the kernel, got ${polygons.length}: play it in plain TypeScript.`,
      );
    }
    const corners = polygons.flatMap((polygon) => polygon.flatMap(({ x, y }) => [x, y]));
    return Float32Array.of(force, polygons.length, ...heights, ...corners);
  },
};
