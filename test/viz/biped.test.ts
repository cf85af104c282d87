/** The walker's scene: what it draws of a state stands where the state says. */
import { describe, expect, it } from "vitest";
import { BIPED, type BipedState, bipedStart, drawTrack } from "../../src/index.ts";
import { RAY_DOWN, RAY_X } from "../../src/tasks/environments/biped/constants.ts";
import { biped } from "../../viz/scenes/biped.ts";
import { countClass, newDocument } from "../fixtures/picture.ts";

const UNITS = 44; // per metre
const [START, WAY] = [14 / 3, 84];

type Picture = SVGSVGElement;

/** A walker after some steps of an action. */
function walked(steps: number, action: readonly number[], isHardcore = false): BipedState {
  const state = bipedStart(drawTrack(3, isHardcore));
  for (let step = 0; step < steps; step++) BIPED.step(state, Float32Array.from(action), {});
  return state;
}

/** A walker moved along its track, as it stands. */
function moved(state: BipedState, metres: number): BipedState {
  for (const { transform } of state.world.bodies) transform.x += metres;
  return state;
}

function show(state: BipedState, svg: Picture = biped.draw(newDocument()) as Picture): Picture {
  biped.show(svg, { state, observation: new Float32Array(24), action: Float32Array.of(0.5, -1, 0, 1) });
  return svg;
}

const part = (svg: Picture, name: string) => svg.querySelector(`.${name}`) as Element;
const numbers = (text: string | null) => (text ?? "").match(/-?\d+(\.\d+)?/g)?.map(Number) ?? [];
/** Points of a path, in m of the world. */
const pointsOf = (path: string | null) => {
  const all = numbers(path);
  return Array.from({ length: all.length / 2 }, (_, index) => [all[2 * index] / UNITS, -all[2 * index + 1] / UNITS]);
};
/** How far the world is moved to the right and down. */
const cameraOf = (svg: Picture) => numbers(part(svg, "world").getAttribute("transform"));
/** Elements that have a class, as their attributes by name. */
function allOf(svg: Picture, name: string): Record<string, number>[] {
  return [...svg.outerHTML.matchAll(/<\w+ ([^>]*)>/g)]
    .map(([, attributes]) =>
      Object.fromEntries([...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, k, v]) => [k, v])),
    )
    .filter((attributes) => attributes.class?.split(" ").includes(name))
    .map((attributes) => Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, Number(value)])));
}

describe("bodies", () => {
  it("are drawn where they are", () => {
    const state = walked(12, [0.4, -0.6, -0.8, 0.5]);
    const svg = show(state);
    const names = ["hull", "upper", "lower"] as const;
    [state.world.bodies[0], state.world.bodies[1], state.world.bodies[2]].forEach(({ shape, transform }, index) => {
      const drawn = pointsOf(part(svg, names[index]).getAttribute("d"));
      expect(drawn).toHaveLength(shape.vertices.length);
      shape.vertices.forEach(({ x, y }, corner) => {
        expect(drawn[corner][0]).toBeCloseTo(transform.x + transform.cosine * x - transform.sine * y, 4);
        expect(drawn[corner][1]).toBeCloseTo(transform.y + transform.sine * x + transform.cosine * y, 4);
      });
    });
  });

  it("have the second side's leg before the hull and the first side's, fainter, behind it", () => {
    const text = show(walked(0, [])).outerHTML;
    const order = ["leg far", "hull", "leg near"].map((name) => text.indexOf(`class="${name}"`));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
    expect(text).toMatch(/class="leg far" opacity="0\.\d+"/);
    expect(text).not.toMatch(/class="leg near" opacity/);
  });

  it("show the hull touching the ground, by its outline", () => {
    const state = walked(0, []);
    expect(part(show(state), "hull").getAttribute("stroke")).toBe("var(--ink-soft)");
    state.world.touch.hasFallen = true;
    const fallen = part(show(state), "fallen");
    expect(fallen.getAttribute("stroke")).toBe("var(--lit)");
  });
});

describe("feet", () => {
  it("that stand are marked where they touch the ground", () => {
    const state = walked(5, [0, 0, 0, 0]);
    expect([2, 4].map((body) => state.world.touch.feet[body])).toEqual([true, true]);
    const svg = show(state);
    expect(countClass(svg, "touching")).toBe(2);
    const [left, right] = pointsOf(part(svg, "touching").getAttribute("d"));
    expect(left[1]).toBeCloseTo(10 / 3, 1);
    expect(right[1]).toBeCloseTo(10 / 3, 1);
    expect(Math.abs(left[0] - START)).toBeLessThan(0.5);
  });

  it("in the air are not marked", () => {
    const state = walked(14, [0.4, -0.6, -0.8, 0.5]);
    const marked = [2, 4].filter((body) => state.world.touch.feet[body]).length;
    expect(marked).toBeLessThan(2);
    expect(countClass(show(state), "touching")).toBe(marked);
  });

  it("are not marked any more in the moment after", () => {
    const svg = show(walked(5, [0, 0, 0, 0]));
    show(walked(14, [0.4, -0.6, -0.8, 0.5]), svg);
    expect(countClass(svg, "touching")).toBeLessThan(2);
    expect(countClass(svg, "foot")).toBe(2);
  });
});

describe("lidar rays", () => {
  it("go from the hull to where they hit, ten of them", () => {
    const state = walked(12, [0.4, -0.6, -0.8, 0.5], true);
    const svg = show(state);
    const { x, y } = state.world.bodies[0].transform;
    const [rays, hits] = [allOf(svg, "ray"), allOf(svg, "hit")];
    expect([rays.length, hits.length]).toEqual([10, 10]);
    state.rays.forEach((share, ray) => {
      expect(rays[ray].x1 / UNITS).toBeCloseTo(x, 4);
      expect(rays[ray].y1 / -UNITS).toBeCloseTo(y, 4);
      expect(rays[ray].x2 / UNITS).toBeCloseTo(x + share * RAY_X[ray], 4);
      expect(rays[ray].y2 / -UNITS).toBeCloseTo(y - share * RAY_DOWN[ray], 4);
      expect([hits[ray].cx, hits[ray].cy]).toEqual([rays[ray].x2, rays[ray].y2]);
    });
  });

  it("that hit nothing are fainter and have no mark", () => {
    const state = walked(0, []);
    const free = state.rays.filter((share) => share === 1).length;
    expect(free).toBeGreaterThan(0);
    const svg = show(state);
    expect(countClass(svg, "free")).toBe(free);
    expect(allOf(svg, "hit").map(({ opacity }) => opacity)).toEqual(state.rays.map((share) => (share < 1 ? 1 : 0)));
  });
});

describe("the track", () => {
  it("has its surface along all edges and every obstacle of hardcore ground", () => {
    const { heights, polygons } = drawTrack(3, true);
    const svg = show(walked(0, [], true));
    const surface = pointsOf(part(svg, "grass").getAttribute("d"));
    expect(surface.map(([, y]) => Math.round(y * 1000))).toEqual(heights.map((y) => Math.round(y * 1000)));
    const obstacles = (part(svg, "obstacles").getAttribute("d") ?? "").split("Z").slice(0, -1).map(pointsOf);
    expect(obstacles).toHaveLength(polygons.length);
    expect(polygons.length).toBeGreaterThan(5);
    polygons.forEach((corners, polygon) => {
      corners.forEach(({ x, y }, corner) => {
        expect(obstacles[polygon][corner][0]).toBeCloseTo(x, 3);
        expect(obstacles[polygon][corner][1]).toBeCloseTo(y, 3);
      });
    });
  });

  it("is drawn anew for a walker on another one, and has no obstacles on flat ground", () => {
    const svg = show(walked(0, [], true));
    const before = part(svg, "ground").getAttribute("d");
    show(walked(0, []), svg);
    expect(part(svg, "ground").getAttribute("d")).not.toBe(before);
    expect(part(svg, "obstacles").getAttribute("d")).toBe("");
  });

  it("has its flag on the ground where the walker has arrived", () => {
    const { heights } = drawTrack(3, false);
    const [[x, y]] = pointsOf(part(show(walked(0, [])), "finish").getAttribute("transform"));
    expect(x).toBeCloseTo(START + WAY, 3);
    expect(y).toBeCloseTo(heights[190], 3);
  });
});

describe("the camera", () => {
  it("keeps the hull at the same place of the picture as it walks", () => {
    const at = [10, 20, 40].map((metres) => {
      const state = moved(walked(0, []), metres);
      return cameraOf(show(state))[0] + state.world.bodies[0].transform.x * UNITS;
    });
    for (const place of at) expect(place).toBeCloseTo(at[0], 1);
  });

  it("goes up and down with the ground, not with the walker", () => {
    const state = walked(0, []);
    const before = cameraOf(show(state));
    state.world.bodies[0].transform.y += 2;
    expect(cameraOf(show(state))).toEqual(before);
  });

  it("stops at both ends of the track", () => {
    const [left] = cameraOf(show(moved(walked(0, []), -4)));
    const [right] = cameraOf(show(moved(walked(0, []), WAY)));
    expect(left).toBeCloseTo(0.6 * UNITS, 1);
    expect(560 - right).toBeCloseTo(((199 * 14) / 30 + 0.6) * UNITS, 1);
  });
});

it.each([
  [0, "0.0 m of 84", 14],
  [42, "42.0 m of 84", 280],
  [84, "84.0 m of 84", 546],
  [-2, "−2.0 m of 84", 14],
])("at %s m the way that is done is told and shown", (metres, words, end) => {
  const state = walked(0, []);
  const svg = show(moved(state, START + metres - state.world.bodies[0].transform.x));
  expect(part(svg, "way").textContent).toBe(words);
  expect(Number(part(svg, "done").getAttribute("x2"))).toBeCloseTo(end, 2);
});

it("the torque of each motor is an arrow, and none for none", () => {
  const svg = show(walked(0, []));
  const paths = [...svg.outerHTML.matchAll(/class="torque"[^>]* d="([^"]*)"/g)].map(([, d]) => d !== "");
  // Of each side knee, then hip; the actions are 0.5, -1, 0, 1.
  expect(paths).toEqual([true, true, true, false]);
});
