/** What the WebAssembly module exports. */
export { classify } from "./classify";
export { denseStep, denseTally } from "./dense";
export { forward } from "./forward";
export { swingup } from "./swingup";

/** The first byte the host may use. */
export function heapBase(): usize {
  return __heap_base;
}
