/** What the WebAssembly module exports. */
export { acrobot } from "./acrobot";
export { biped } from "./biped/biped";
export { cartpole } from "./cartpole";
export { denseStep, denseTally } from "./dense";
export { dots } from "./dots";
export { examples } from "./examples";
export { forward } from "./forward";
export { gradientBackward, gradientForward } from "./gradient";
export { mountainCar } from "./mountain-car";
export { pendulum } from "./pendulum";
export { racer } from "./racer/racer";
export { swingup } from "./swingup";
export { topologyGradients, topologyMask, topologyStep } from "./topology";

/** The first byte the host may use. */
export function heapBase(): usize {
  return __heap_base;
}
