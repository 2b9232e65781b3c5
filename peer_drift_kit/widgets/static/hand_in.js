const NO_ANSWER = "No answer yet. Is this page running?";

function render({ model, el }) {
  const [about, naming] = [uid(), uid()];
  const line = new Line(model);
  const list = h("ul", { class: "pdk-files", "aria-label": "Files that would leave this computer" });
  const left = h("div");
  const status = h("p", { class: "pdk-status", role: "status" });
  const made = h("div", { class: "pdk-reply", role: "status" });
  let troubled = false;
  const trouble = (message) => {
    troubled = true;
    say(status, message);
  };
  const late = () => trouble(NO_ANSWER);
  const who = h("input", {
    class: "pdk-field", type: "text", id: naming, "aria-describedby": about, maxlength: 200,
    autocomplete: "off", spellcheck: "false", dir: "auto",
  });
  let rows = new Map();

  const root = card(
    el,
    "hand-in",
    { kind: "Hand in", title: "What would leave this computer" },
    h("p", {}, "You decide whether to hand in. If you do, these files go into one file, and nothing else does. Your journal stays with you."),
    list,
    left,
    h("div", { class: "pdk-row" },
      h("button", { class: "pdk-button pdk-quiet", type: "button", onclick: () => look(true) }, "Look again")),
    status,
    h("p", { class: "pdk-help" },
      "If you wrote in the page’s own cell, save the page first (Ctrl+S, or Command+S on a Mac)."),
    h("form", { onsubmit: make },
      h("label", { class: "pdk-label", for: naming }, "The name or code your trainer knows"),
      who,
      h("p", { id: about, class: "pdk-help" }, "It becomes part of the file’s name, and is kept nowhere else."),
      h("button", { class: "pdk-button", type: "submit" }, "Make the file to hand in")),
    made,
    model.get("content").on_a_server && h("p", { class: "pdk-handed" },
      "If your course has a server, its assignment list does the same, and you need no file. "
      + "(It takes the page as it is, and whatever else you put into this folder.)"),
  );

  /** A file and its words. The row stays as it is where somebody may be reading in it. */
  function row({ name }) {
    const [what, size] = [h("span"), h("span", { class: "pdk-when" })];
    const words = h("p", { class: "pdk-written", dir: "auto" });
    const fill = async () => {
      const reply = await line.ask("words", { name }, late);
      say(words, reply.message ?? (reply.text || "(empty)"));
    };
    const node = h("details", { ontoggle: () => node.open && fill() },
      h("summary", {}, what, unseen(", "), h("span", { class: "pdk-aside" }, name, ", ", size)), words);
    return {
      node: h("li", {}, node),
      put(part) {
        say(what, part.what);
        say(size, part.size);
        if (node.open) fill();
      },
    };
  }

  function put({ parts = [], left_out = [], notice }) {
    const before = [...rows.keys()].join("\n");
    rows = new Map(parts.map((part) => [part.name, rows.get(part.name) ?? row(part)]));
    for (const part of parts) rows.get(part.name).put(part);
    if (before !== [...rows.keys()].join("\n"))
      list.replaceChildren(...[...rows.values()].map((each) => each.node));
    list.hidden = !parts.length;
    const stays = notice ? [...left_out, notice] : left_out;
    left.replaceChildren(...stays.map((text) => h("p", { class: "pdk-notice" }, text)));
  }

  async function look(asked = false) {
    if (asked) say(status, ""); // so that the same answer is heard again
    const reply = await line.ask("look", {}, late);
    put(reply);
    if (reply.kind !== "leaving") trouble(reply.message);
    else if (asked) say(status, count(reply.parts.length));
    else if (troubled) say(status, "");
    troubled &&= reply.kind !== "leaving";
  }

  const count = (n) => (n === 1 ? "One file would leave this computer." : `${n} files would leave this computer.`);

  async function make(event) {
    event.preventDefault();
    made.replaceChildren(h("p", {}, "Making the file."));
    const reply = await line.ask("make", { who: who.value.toWellFormed?.() ?? who.value },
      () => made.replaceChildren(h("p", {}, NO_ANSWER)));
    look(); // what went into it is what is shown
    if (reply.kind !== "made") {
      made.replaceChildren(h("p", {}, reply.message));
      return;
    }
    made.replaceChildren(
      h("p", {}, "Your file is here:"),
      h("p", { class: "pdk-quote" }, reply.path),
      h("p", {}, "Nothing was sent anywhere. You send this one file yourself, by mail or on your course’s upload page. "
        + "If you write on, press the button again, and the file is made anew."));
  }

  // What was written further up is here by the time somebody comes down to it.
  const seen = new IntersectionObserver((found) => found.some((each) => each.isIntersecting) && look());
  seen.observe(root);
  root.addEventListener("focusin", (event) => root.contains(event.relatedTarget) || look());
  // In a card Ctrl+S keeps what is in the card. Here there is nothing to keep but the page.
  root.addEventListener("pdk-save", () => {
    const mac = navigator.platform.startsWith("Mac");
    const keys = { key: "s", code: "KeyS", keyCode: 83, metaKey: mac, ctrlKey: !mac, bubbles: true };
    el.closest(".jp-Notebook")?.dispatchEvent(new KeyboardEvent("keydown", keys));
  });
  return () => {
    seen.disconnect();
    line.close();
  };
}

export default { render };
