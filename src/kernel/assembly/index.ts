/** What the WebAssembly module exports. */
export { denseStep, denseTally } from "./dense";
export { examples } from "./examples";
export { forward } from "./forward";
export { swingup } from "./swingup";

/** The first byte the host may use. */
export function heapBase(): usize {
  return __heap_base;
}
