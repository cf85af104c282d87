/** Saves what is on the page as files: charts as pictures and data, drawings, and whatever text there is. */
import { csvFormatRows } from "d3";
import type { Chart } from "../chart.ts";
import { svgFile } from "../svg-file.ts";

/** Dots of a PNG for each unit of the drawing. */
const SCALE = 2;

/** Saves a chart: as it is drawn, or the values of its lines. */
export function saveChart(chart: Chart, name: string, kind: "svg" | "png" | "data"): void {
  if (kind === "data") {
    const rows = chart.series.flatMap((series) => series.points.map(([x, y]) => [series.name, String(x), String(y)]));
    save(`${name}.csv`, csvFormatRows([["series", chart.axes.x.name, chart.axes.y.name], ...rows]), "text/csv");
  } else {
    saveDrawing(chart.svg, name, kind);
  }
}

/** Saves a drawing as it is, in the colours of the page's light theme. */
export function saveDrawing(svg: SVGSVGElement, name: string, kind: "svg" | "png"): void {
  const text = svgFile(svg.outerHTML, { theme: "light" });
  if (kind === "svg") {
    save(`${name}.svg`, text, "image/svg+xml");
    return;
  }
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement("canvas");
    canvas.width = image.width * SCALE;
    canvas.height = image.height * SCALE;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => blob && saveBlob(`${name}.png`, blob));
  };
  image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
}

/** Saves a text as a file. */
export function save(name: string, text: string, type: string): void {
  saveBlob(name, new Blob([text], { type }));
}

function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name.replace(/[/\\]/g, "-");
  link.click();
  // The browser has to begin with it first.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
