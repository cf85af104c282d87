/** Writes an episode of a champion as a picture that moves, for talks and READMEs. */
import { type AnimationFrame, checkAnimationPath, writeAnimation } from "../files/animation.ts";
import type { GenomeJson } from "../genome/codec.ts";
import type { TaskDefinition } from "../tasks/definition.ts";
import { loadDrawings } from "./picture.ts";

/** What is shown of an episode, and how. */
export interface PlayOptions {
  /** Settings of the task that differ from its own. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A value of the shared weight, or the trained weights of the champion. */
  readonly choice: { readonly kind: "shared"; readonly weight: number } | { readonly kind: "trained" };
  /** The shared weight glides from one end to the other and back while the episode goes on, from `choice` on; default: it stays. */
  readonly sweep?: readonly [low: number, high: number];
  /** The label that names the episode. */
  readonly label: string;
  readonly theme: "light" | "dark";
  /** Width in pixels. */
  readonly width: number;
  /** Frames a second, at most. */
  readonly rate: number;
  /** Seconds of the episode, at most. */
  readonly until: number;
}

/**
 * Plays an episode and writes it; the file's ending says whether as GIF or as WebP.
 *
 * @returns the number of frames
 * @throws UsageError if the ending is another, the library sharp is not there, or the disk refuses
 */
export async function writeEpisode(
  path: string,
  definition: TaskDefinition,
  champion: { readonly genome: GenomeJson; readonly trainedWeights?: readonly number[] },
  options: PlayOptions,
): Promise<number> {
  checkAnimationPath(path);
  const { episodeFrames } = await loadDrawings();
  return writeAnimation(path, episodeFrames(definition, champion, options) as Iterable<AnimationFrame>);
}
