/** What `precocial new` writes: a small environment with all its parts, in JavaScript or Python, and a small data set. */

/** A cart on ice that is to be parked. */
export function environmentTemplate(name: string, ending: string, typed: boolean): string {
  const state = typed ? ": State" : "";
  const types = typed
    ? `import type { Environment } from "precocial";

interface State {
  position: number; // m
  velocity: number; // m/s
}

`
    : "";
  const open = typed ? "const task: Environment<State> = {" : "export default {";
  const close = typed ? "};\n\nexport default task;\n" : "};\n";
  return `/** Park a cart on ice: push it to the middle of its track and stop there. */
${types}${open}
  name: "${name}",
  summary: "Park a cart on ice in the middle of its track",
  // What a network sees, in order; what it does. For a choice: actions: { discrete: ["left", "stay", "right"] }
  inputs: ["position", "velocity"],
  actions: { names: ["push"], low: -1, high: 1 },
  maxSteps: 200,
  // Only for watching at real speed, in seconds.
  timeStep: 0.05,
  score: "sum of rewards over 200 steps, at most 200",
  // Options of the command line: precocial search ./${name}${ending} --friction 0.2
  settings: { friction: 0 },
  // Settings of a search that suit it.
  presets: { population: 96, generations: 100 },

  /** A new episode. All chance comes from rng, so that equal episodes are equal everywhere. */
  start: (rng) => ({ position: rng.between(-2, 2), velocity: rng.between(-1, 1) }),

  /** What a network sees of a state. */
  observe: (state${state}) => [state.position, state.velocity],

  /** Changes the state by one action. Higher rewards are better. */
  step(state${state}, action, settings) {
    const [push] = action${typed ? " as Float32Array" : ""};
    const acceleration = push - Number(settings.friction) * state.velocity;
    state.velocity += 0.05 * acceleration;
    state.position += 0.05 * state.velocity;
    return {
      reward: 1 / (1 + 4 * (state.position ** 2 + state.velocity ** 2)),
      terminated: Math.abs(state.position) > 4,
    };
  },

  // A policy written by hand, and the mean score it must reach: precocial check tries it.
  pilot: { act: ([position, velocity]) => [-position - 2 * velocity], reaches: 120 },

  // How it looks on the page; leave it out for plain bars.
  scene: {
    draw(document) {
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      svg.setAttribute("viewBox", "-4.5 -1.2 9 2.4");
      svg.innerHTML =
        '<line x1="-4" x2="4" y1="0.4" y2="0.4" stroke="currentColor" stroke-width="0.04"/>' +
        '<line y1="0.25" y2="0.55" stroke="currentColor" stroke-width="0.04"/>' +
        '<rect id="cart" x="-0.3" y="0" width="0.6" height="0.4" rx="0.08" fill="currentColor"/>';
      return svg;
    },
    show(svg, { state }) {
      svg.querySelector("#cart")${typed ? "?" : ""}.setAttribute("transform", \`translate(\${state.position},0)\`);
    },
  },
${close}`;
}

/** Points inside and outside a ring. */
export function datasetTemplate(name: string, _: string, typed: boolean): string {
  const types = typed ? 'import type { PlainDataset } from "precocial";\n\n' : "";
  return `/** Points in the plane: is one inside the ring, on it, or outside? */
${types}export const name = "${name}";
export const summary = "Points inside, on and outside a ring";

/** Points from a fixed sequence, so that everybody has the same. */
function part(count${typed ? ": number" : ""}, offset${typed ? ": number" : ""}) {
  const features = Array.from({ length: count }, (_, index) => [
    2 * (((index + offset) * 0.7548776662466927) % 1) - 1,
    2 * (((index + offset) * 0.5698402909980532) % 1) - 1,
  ]);
  const labels = features.map(([x, y]) => {
    const radius = Math.hypot(x, y);
    return radius < 0.5 ? "inside" : radius < 0.8 ? "ring" : "outside";
  });
  return { features, labels };
}

/** Searches use train, choices validation, reports test. May be an async function, for instance to read a file. */
export const dataset${typed ? ": PlainDataset" : ""} = {
  inputs: ["x", "y"],
  classes: ["inside", "ring", "outside"],
  train: part(600, 0),
  validation: part(200, 600),
  test: part(200, 800),
};
`;
}

/** The same cart in Python. */
export const PYTHON_TEMPLATE = `"""Park a cart on ice: push it to the middle of its track and stop there."""

import random

from precocial_env import serve


class Cart:
    """An environment in Gymnasium's words."""

    def reset(self, seed=None):
        # All chance comes from the seed, so that equal episodes are equal everywhere.
        chance = random.Random(seed)
        self.position = chance.uniform(-2, 2)
        self.velocity = chance.uniform(-1, 1)
        return self.observe(), {}

    def step(self, action):
        (push,) = action
        self.velocity += 0.05 * push
        self.position += 0.05 * self.velocity
        # Higher rewards are better.
        reward = 1 / (1 + 4 * (self.position**2 + self.velocity**2))
        terminated = abs(self.position) > 4
        return self.observe(), reward, terminated, False, {}

    def observe(self):
        return [self.position, self.velocity]


if __name__ == "__main__":
    # An environment of Gymnasium says most of this itself: serve(lambda: gymnasium.make("CartPole-v1"))
    serve(
        Cart,
        summary="Park a cart on ice in the middle of its track",
        inputs=["position", "velocity"],
        # For a choice: actions=["left", "stay", "right"], without low and high.
        actions=["push"],
        low=-1,
        high=1,
        max_steps=200,
        time_step=0.05,
        score="sum of rewards over 200 steps, at most 200",
        # Settings of a search that suit it.
        presets={"population": 96, "generations": 100},
    )
`;
