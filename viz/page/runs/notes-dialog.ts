/** The dialog in which a run's tags and note are written. */
import type { RunNotes } from "../../runs-data.ts";
import { html } from "../html.ts";
import { reasonOf } from "../texts.ts";

/** Asks for tags and a note. @param keep is given both; what it throws is said, and the dialog stays */
export function askForNotes(
  name: string,
  { tags, note }: RunNotes,
  keep: (change: Pick<RunNotes, "tags" | "note">) => Promise<void>,
): void {
  const tagField = html("input", { id: "tags-field", value: tags.join(", "), autocomplete: "off" });
  const noteField = html("textarea", { id: "note-field", rows: 4 }, note);
  const trouble = html("p", { class: "notice", hidden: true, role: "alert" });
  const close = () => dialog.close();
  const dialog = html(
    "dialog",
    { "aria-label": `Tags and note of ${name}` },
    html(
      "form",
      {
        onsubmit: (event) => {
          event.preventDefault();
          const parts = tagField.value.split(",").map((tag) => tag.trim());
          keep({ tags: parts.filter((tag) => tag !== ""), note: noteField.value }).then(close, (error: unknown) => {
            trouble.hidden = false;
            trouble.textContent = reasonOf(error);
          });
        },
      },
      html("h2", {}, name),
      html("label", { for: "tags-field" }, "Tags, with commas between"),
      tagField,
      html("label", { for: "note-field" }, "Note"),
      noteField,
      trouble,
      html(
        "div",
        { class: "buttons" },
        html("button", { type: "submit", id: "keep" }, "Keep"),
        html("button", { type: "button", onclick: close }, "Cancel"),
      ),
    ),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
