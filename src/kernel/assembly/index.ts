/** What the WebAssembly module exports. */
export { acrobot } from "./acrobot";
export { cartpole } from "./cartpole";
export { classify } from "./classify";
export { denseStep, denseTally } from "./dense";
export { forward } from "./forward";
export { mountainCar } from "./mountain-car";
export { pendulum } from "./pendulum";
export { swingup } from "./swingup";

/** The first byte the host may use. */
export function heapBase(): usize {
  return __heap_base;
}
