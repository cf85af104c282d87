/** The few parts of a document that drawings use, as plain objects: makes SVG text where there is no browser. */

class PlainElement {
  readonly ownerDocument: PlainDocument;
  readonly #name: string;
  readonly #attributes = new Map<string, string>();
  readonly #children: PlainElement[] = [];
  textContent = "";

  constructor(document: PlainDocument, name: string) {
    this.ownerDocument = document;
    this.#name = name;
  }

  setAttribute(name: string, value: string): void {
    this.#attributes.set(name, value);
  }

  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null;
  }

  appendChild(child: PlainElement): PlainElement {
    this.#children.push(child);
    return child;
  }

  /** The first element behind this one, in the order of the text, that has a class (".name"). */
  querySelector(selector: string): PlainElement | null {
    for (const child of this.#children) {
      const classes = child.#attributes.get("class")?.split(" ") ?? [];
      const found = classes.includes(selector.slice(1)) ? child : child.querySelector(selector);
      if (found) return found;
    }
    return null;
  }

  get outerHTML(): string {
    const attributes = [...this.#attributes].map(([name, value]) => ` ${name}="${escapeText(value)}"`).join("");
    const content = escapeText(this.textContent) + this.#children.map((child) => child.outerHTML).join("");
    return content === "" ? `<${this.#name}${attributes}/>` : `<${this.#name}${attributes}>${content}</${this.#name}>`;
  }
}

class PlainDocument {
  createElementNS(_namespace: string, name: string): PlainElement {
    return new PlainElement(this, name);
  }
}

/** A document to draw with; what is drawn has `outerHTML`. */
export function createPlainDocument(): Document {
  return new PlainDocument() as unknown as Document;
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
