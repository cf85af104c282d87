/** How the cart-pole looks: the pole stands between two limits, and the force is a choice. */
import { cartScene } from "./cart.ts";

export const cartpole = cartScene({
  trackHalfLength: 2.4,
  poleLength: 1,
  leans: "right",
  angleLimit: (12 * Math.PI) / 180,
  force: (action) => (action === 1 ? 1 : -1),
});
