/** The page's style sheet: one column of calm text, cards for what moves. */

import { NETWORK_CSS } from "../network-live.ts";
import { FONT, themeCss } from "../theme.ts";
import { CHART_CSS } from "./chart-view.ts";
import { CLASSES_CSS } from "./classes-view.ts";
import { SETTINGS_CSS } from "./compare/settings-table.ts";
import { FIGURES_CSS } from "./evaluation-view.ts";
import { FRONT_CSS } from "./front-view.ts";
import { GALLERY_CSS } from "./gallery/gallery-page.ts";
import { IMAGE_CSS } from "./image-view.ts";
import { INSPECTOR_CSS } from "./network/inspector.ts";
import { VIEWPORT_CSS } from "./network/viewport.ts";
import { ROW_FORM_CSS } from "./row-form.ts";
import { ROW_CSS } from "./row-view.ts";
import { RUNS_CSS } from "./runs/runs-page.ts";
import { SEARCH_CSS } from "./search/search-page.ts";
import { TABLE_CSS } from "./table-view.ts";
import { TEST_CSS } from "./test-view.ts";

export const STYLE = `${themeCss()}
${NETWORK_CSS}
${IMAGE_CSS}
${TEST_CSS}
${FRONT_CSS}
${FIGURES_CSS}
${ROW_CSS}
${ROW_FORM_CSS}
${CLASSES_CSS}
${TABLE_CSS}
${CHART_CSS}
${VIEWPORT_CSS}
${INSPECTOR_CSS}
${RUNS_CSS}
${SETTINGS_CSS}
${SEARCH_CSS}
${GALLERY_CSS}
*{box-sizing:border-box}
[hidden]{display:none!important}
html{background:var(--paper);color:var(--ink);font:16px/1.55 ${FONT};-webkit-text-size-adjust:100%}
body{margin:0}
main,aside{max-width:1240px;margin:0 auto;padding:20px clamp(14px,4vw,48px) 80px}
header{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center;margin-bottom:28px}
header .brand{font-weight:650;letter-spacing:.01em}
header .spacer{flex:1}header a{color:var(--accent);text-underline-offset:2px}
h1{font-size:clamp(1.7rem,4.5vw,2.6rem);line-height:1.15;margin:0 0 .35em;font-weight:650;letter-spacing:-.015em;text-wrap:balance}
h2{font-size:1.35rem;margin:2.6em 0 .3em;font-weight:620;letter-spacing:-.01em}
p{margin:.3em 0 1em;max-width:44em}
p.lead{font-size:1.08rem;color:var(--ink-soft)}
.soft{color:var(--ink-soft)}
.small{font-size:.86rem}
.status{font-size:.86rem;color:var(--ink-soft)}
.status::before{content:"";display:inline-block;width:.6em;height:.6em;border-radius:50%;background:var(--ink-faint);margin-right:.45em}
.status:empty{display:none}
.status.live::before{background:var(--series-3)}
button,select,input{font:inherit;color:inherit}
button,select{background:var(--surface);border:1px solid var(--ink-faint);border-radius:7px;padding:.3em .8em;cursor:pointer}
button:hover,select:hover{border-color:var(--ink-soft)}
button[aria-pressed=true]{background:var(--accent-soft);border-color:var(--accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.find{flex:1 1 8em;min-width:0;max-width:14em;background:var(--surface);border:1px solid var(--ink-faint);border-radius:7px;padding:.1em .6em;font-size:.8rem}
.hero{display:grid;grid-template-columns:minmax(0,1fr);gap:18px;margin-top:22px}
.two{display:grid;grid-template-columns:minmax(0,1fr);gap:18px}
@media(min-width:900px){.find{flex:1 1 8em;min-width:0;max-width:14em;background:var(--surface);border:1px solid var(--ink-faint);border-radius:7px;padding:.1em .6em;font-size:.8rem}
.hero{grid-template-columns:minmax(0,1.55fr) minmax(0,1fr)}.two{grid-template-columns:1fr 1fr}.hero .episode{order:2}}
.card{background:var(--surface);border:1px solid var(--rule);border-radius:12px;padding:14px 16px;min-width:0}
.card h2,.card h3{font-size:.95rem;margin:0 0 .3em;font-weight:620}
.picture{overflow-x:auto;min-width:0}
.picture svg{display:block;max-width:none;height:auto}
.scene svg,.scene canvas{display:block;width:100%;height:auto;max-height:320px;object-fit:contain}
.told{max-width:none;min-height:1.5em;font-size:.86rem;color:var(--ink-soft);margin:.4em 0 0}
.shown{max-width:none;font-size:.92rem;margin:.5em 0 0}
.slider{display:grid;grid-template-columns:auto 1fr auto;gap:12px;align-items:center;margin:6px 0 2px}
.slider label,.slider output{align-self:start;line-height:28px}
.slider output{white-space:nowrap;font-variant-numeric:tabular-nums;min-width:3em;text-align:right;font-weight:620}
input[type=range]{width:100%;accent-color:var(--accent);height:28px;margin:0}
.marks{position:relative;height:1.2em;font-size:.72rem;color:var(--ink-soft);margin:0 8px}
.marks span{position:absolute;transform:translateX(-50%);font-variant-numeric:tabular-nums}
.readings{display:flex;flex-wrap:wrap;gap:6px clamp(14px,3vw,26px);margin:10px 0 2px}
.reading{display:flex;flex-direction:column;line-height:1.25}
.reading b{font-size:clamp(1.2rem,4vw,1.5rem);font-weight:620;font-variant-numeric:tabular-nums}
.reading span{font-size:.8rem;color:var(--ink-soft)}
.buttons{display:flex;flex-wrap:wrap;gap:8px;margin-top:10px;align-items:center}
.signs{font-size:.8rem;color:var(--ink-soft)}.signs i{display:inline-block;width:.9em;height:.9em;border-radius:50%;border:3px solid;margin:0 .4em 0 0;vertical-align:-.1em}.signs i+i,.signs i:nth-of-type(2){margin-left:1em}
.notice{background:var(--accent-soft);border-radius:10px;padding:10px 14px;margin:14px 0;max-width:60em}
.notice code,p code{background:var(--rule);border-radius:4px;padding:.05em .35em;font-size:.9em}
.below{margin-top:18px}
.scroll{overflow-x:auto;background:linear-gradient(90deg,var(--surface) 30%,transparent) left/36px 100% no-repeat local,linear-gradient(270deg,var(--surface) 30%,transparent) right/36px 100% no-repeat local,linear-gradient(90deg,var(--rule),transparent) left/14px 100% no-repeat scroll,linear-gradient(270deg,var(--rule),transparent) right/14px 100% no-repeat scroll}
.scroll.runs-scroll{background-color:var(--surface)}
table{border-collapse:collapse;font-size:.82rem;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.34em 1.1em .34em 0;border-bottom:1px solid var(--rule);white-space:nowrap}
th{font-weight:620}
.number{text-align:right}
button.link{border:0;background:none;padding:0;color:var(--accent);text-decoration:underline;text-underline-offset:2px}
.links .run{cursor:pointer}.links .run:hover{fill-opacity:1}
#better>.buttons{margin:0 0 14px}.buttons.picker{margin:0 0 10px}
.below h3{margin-top:1.4em}.below>h3{margin-top:0}
.axes-choice{display:flex;flex-wrap:wrap;gap:0 28px}.axes-choice .buttons{margin:0 0 10px}
.chips{display:grid;gap:6px;grid-template-columns:repeat(auto-fill,minmax(min(100%,330px),1fr));margin-top:8px}
.chip{display:flex;gap:8px;align-items:baseline;text-align:left;font-size:.86rem;padding:.25em .7em}
.chip i{flex:none;width:18px;align-self:center}.chip b{margin-left:auto;font-weight:560;font-variant-numeric:tabular-nums;white-space:nowrap}
.chip[aria-pressed=false]{opacity:.5}
#target{width:8em;background:var(--surface);border:1px solid var(--ink-faint);border-radius:7px;padding:.2em .6em}
footer{margin-top:4em;color:var(--ink-soft);font-size:.86rem}
@media(max-width:520px){td:first-child{white-space:normal;min-width:9em}.card{padding:10px 10px}main,aside{padding-top:12px}header{font-size:.86rem;column-gap:11px}#growth .slider,#front-choice .slider{grid-template-columns:auto 1fr}#growth .slider output,#front-choice .slider output{white-space:nowrap;grid-column:1/-1;text-align:left}}
`;
