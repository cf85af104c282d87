/** Shows the pixels of an image: ink is dark on white, in both themes. */

/** @param pixels 0 (paper) to 1 (ink), row by row, as many as the canvas has */
export function putImage(canvas: HTMLCanvasElement, pixels: Float32Array): void {
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  const data = context.createImageData(canvas.width, canvas.height);
  pixels.forEach((value, index) => {
    data.data.set([255 - value * 255, 255 - value * 255, 255 - value * 255, 255], index * 4);
  });
  context.putImageData(data, 0, 0);
}
