/** How swing-up looks: the pole hangs from its cart, and the force is an amount. */
import { cartScene } from "./cart.ts";

export const swingup = cartScene({
  trackHalfLength: 2.4,
  poleLength: 0.6,
  leans: "left",
  force: (action) => (action as Float32Array)[0],
});
