// What all views share. Python joins this file and a view's own into one module.

// Several modules show widgets on one page, so ids begin with something of their own.
const stamp = crypto.getRandomValues(new Uint32Array(1))[0].toString(36);
let serial = 0;
const uid = () => `pdk-${stamp}-${(serial += 1)}`;

/** An element with attributes, listeners (`onclick: fn`) and children. Strings become text nodes. */
function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== false));
  return node;
}

const paragraphs = (texts) => texts.map((text) => h("p", {}, text));

/** For screen readers only. */
const unseen = (text) => h("span", { class: "pdk-unseen" }, text);

const origin = (text) =>
  h("p", { class: "pdk-origin" }, h("span", {}, "Where this comes from: "), text);

/** A widget's frame: `kind` is a word above the heading that says what sort of thing this is. */
function card(el, name, { kind, title, badge, group = true }, ...children) {
  const id = uid();
  const root = h(
    "div",
    {
      class: `pdk pdk-${name}`,
      // JupyterLab has shortcuts on single keys and on Enter; in here, keys are for writing.
      "data-lm-suppress-shortcuts": "true",
      ...(group && { role: "group", "aria-labelledby": id }),
    },
    kind && h("p", { class: "pdk-kind" }, kind, badge && h("span", { class: "pdk-badge" }, badge)),
    title && h("h3", { id, class: "pdk-title" }, title),
    ...children,
  );
  root.addEventListener("keydown", (event) => {
    if (event.key === "Tab") return; // leads on to the next thing
    if (event.key === "Escape") {
      // The way out to the notebook's own keys, as from one of its editors.
      el.closest(".jp-Notebook, .jp-Cell")?.focus();
      return;
    }
    if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault(); // or the browser would save the page
      root.dispatchEvent(new Event("pdk-save"));
    }
    event.stopPropagation();
  });
  el.replaceChildren(root);
  return root;
}

/** Change a text only if it differs, so that a screen reader hears it once. */
function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** "10:42" today, "May 3, 10:42" on another day, in the reader's own way. */
function when(iso) {
  const at = new Date(iso);
  const clock = { hour: "2-digit", minute: "2-digit" };
  if (at.toDateString() === new Date().toDateString()) return at.toLocaleTimeString([], clock);
  const year = at.getFullYear() === new Date().getFullYear() ? {} : { year: "numeric" };
  return at.toLocaleString([], { day: "numeric", month: "long", ...year, ...clock });
}

/** A box that grows with what is in it. */
function box(attributes) {
  const area = h("textarea", { class: "pdk-box", rows: 3, dir: "auto", ...attributes });
  const grow = () => {
    if (CSS.supports("field-sizing", "content")) return; // the style sheet does it
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 4}px`;
  };
  area.addEventListener("input", grow);
  area.put = (text) => {
    area.value = text;
    grow();
  };
  return area;
}

/** One of our own drawings. Parsed as XML, apart from the page, before it comes in. */
function picture(svg, label) {
  const drawing = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", label);
  drawing.setAttribute("focusable", "false");
  return document.importNode(drawing, true);
}
