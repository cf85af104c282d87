/** How the kernel plays the racer: from the track and the encoder alone, as it takes the first step itself. */
import { UsageError } from "../../../base/errors.ts";
import type { RolloutOf } from "../../play/rollout.ts";
import { startCar } from "./car.ts";
import { ENCODER, type Encoder, firstComponents } from "./encoder.ts";
import { type Ground, INPUTS, type RacerState } from "./environment.ts";
import { PIXELS } from "./picture.ts";

/** Rows of hidden state, of which the last two are the addresses of ground and encoder (kernel/assembly/racer/rows.ts). */
const ROWS = 160;
/** Tiles that the kernel has room to mark; a track drawn from a seed has 217 to 374. */
const MOST_TILES = 2048;
/** Bytes of a tile in the kernel: four corners and the normals of the sides that begin at them. */
const TILE_BYTES = 64;
/** Components that the kernel adds up at once. */
const TOGETHER = 16;
/** Enough for a test of 100 tracks: each takes 700 kB. */
const STARTS_KEPT = 128;

/** What kernel/assembly/racer needs to play it with so many components of an encoder. */
export function racerRollout(encoder: Encoder = ENCODER, inputs = INPUTS): RolloutOf<RacerState> {
  const encoderBytes = packEncoder(firstComponents(encoder, inputs));
  const grounds = new WeakMap<Ground, Uint8Array>();
  return {
    kernel: "racer",
    hiddenCount: ROWS,
    startsKept: STARTS_KEPT,
    hide({ ground }) {
      if (ground.tiles.length > MOST_TILES) {
        throw new UsageError(
          `Expected a track of at most ${MOST_TILES} tiles for the kernel, got ${ground.tiles.length}: play it in plain TypeScript.`,
        );
      }
      const { bodies } = startCar(ground.rows[0]);
      return [...bodies.flatMap(({ cx, cy }) => [cx, cy]), bodies[0].a];
    },
    share({ ground }) {
      let bytes = grounds.get(ground);
      if (bytes === undefined) {
        bytes = packGround(ground);
        grounds.set(ground, bytes);
      }
      return [bytes, encoderBytes];
    },
  };
}

/** Bytes until the next vector. */
function align(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}

/** The number of tiles and where the others begin, in bytes: cells, tiles in cells, texture; then the tiles, and these. */
function packGround({ tiles, firsts, inCells, texture }: Ground): Uint8Array {
  const firstsAt = 16 + tiles.length * TILE_BYTES;
  const inCellsAt = align(firstsAt + firsts.byteLength);
  const textureAt = align(inCellsAt + inCells.byteLength);
  const bytes = new Uint8Array(align(textureAt + texture.length));
  new Int32Array(bytes.buffer, 0, 4).set([tiles.length, firstsAt, inCellsAt, textureAt]);
  tiles.forEach((corners, tile) => {
    new Float32Array(bytes.buffer, 16 + tile * TILE_BYTES, 16).set(packTile(corners));
  });
  new Uint16Array(bytes.buffer, firstsAt, firsts.length).set(firsts);
  new Uint16Array(bytes.buffer, inCellsAt, inCells.length).set(inCells);
  bytes.set(texture, textureAt);
  return bytes;
}

/** Four corners, and the normals of the sides from each to the next. A tile of three has its last corner twice. */
function packTile(corners: Ground["tiles"][number]): number[] {
  const four = Array.from({ length: 4 }, (_, index) => corners[Math.min(index, corners.length - 1)]);
  const normals = four.map((from, index) => {
    const to = four.slice(index + 1).find(({ x, y }) => x !== from.x || y !== from.y) ?? four[0];
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    return [(to.y - from.y) / length, (from.x - to.x) / length];
  });
  return [...four.flatMap(({ x, y }) => [x, y]), ...normals.flat()];
}

/**
 * The number of components, whole vectors of them, scales and offsets; then the weights of 16 components after another: of
 * each pair of pixels both weights of a component beside each other, as the kernel multiplies and adds them.
 */
function packEncoder({ weights, scales, offsets }: Encoder): Uint8Array {
  const count = scales.length;
  const width = Math.ceil(count / TOGETHER) * TOGETHER;
  const weightsAt = 16 + 8 * width;
  const bytes = new Uint8Array(weightsAt + 2 * width * PIXELS);
  new Int32Array(bytes.buffer, 0, 4).set([count, width, weightsAt, 0]);
  new Float32Array(bytes.buffer, 16, width).set(scales);
  new Float32Array(bytes.buffer, 16 + 4 * width, width).set(offsets);
  const packed = new Int16Array(bytes.buffer, weightsAt);
  for (let component = 0; component < count; component++) {
    const group = Math.floor(component / TOGETHER) * TOGETHER * PIXELS + 2 * (component % TOGETHER);
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      packed[group + (pixel >> 1) * 2 * TOGETHER + (pixel & 1)] = weights[component * PIXELS + pixel];
    }
  }
  return bytes;
}
