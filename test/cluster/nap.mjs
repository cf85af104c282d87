/** A point to be kept in the middle; an episode takes as long as NAP says, in milliseconds, without using a processor. */
const cell = new Int32Array(new SharedArrayBuffer(4));

export default {
  name: "nap",
  inputs: ["position", "velocity"],
  actions: { names: ["force"], low: -1, high: 1 },
  maxSteps: 30,
  start(rng) {
    const nap = Number(process.env.NAP ?? 0);
    if (nap > 0) Atomics.wait(cell, 0, 0, nap);
    return { position: rng.between(-1, 1), velocity: 0 };
  },
  observe: ({ position, velocity }) => [position, velocity],
  step(state, [force]) {
    state.velocity += 0.1 * force;
    state.position += 0.1 * state.velocity;
    return { reward: 1 - Math.abs(state.position), terminated: Math.abs(state.position) > 3 };
  },
};
