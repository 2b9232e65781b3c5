// Words on their way to Python. They travel as messages and are never part of a widget's state.

const BEAT = 700; // ms between two sends while somebody types
const LATE = 3000; // ms after which a missing reply is spoken of
const SLOWEST = 10_000; // ms between two tries while nothing gets through

const WAITS = new Set(["locked", "elsewhere"]); // a person has to do something first

// What is not kept yet, by item, so that a cell that runs anew finds it. This is the open page's
// memory; the browser's storage would leave private words on the disk.
const unkept = (globalThis[Symbol.for("peer-drift-kit.unkept")] ??= new Map());

/** Questions to Python and their answers. Several windows may share one model: each has a name. */
class Line {
  constructor(model) {
    this.model = model;
    this.view = Array.from(crypto.getRandomValues(new Uint32Array(2)), (n) => n.toString(36)).join("");
    this.n = 0;
    this.waiting = new Map();
    this.listeners = [];
    this.hear = (message) => {
      if (message.view && message.view !== this.view) return;
      this.waiting.get(message.n)?.(message);
      this.waiting.delete(message.n);
      for (const listener of this.listeners) listener(message);
    };
    model.on("msg:custom", this.hear);
  }

  /** The answer, whenever it comes. `late` is called once if that takes long. */
  ask(kind, fields = {}, late = () => {}) {
    const n = (this.n += 1);
    return new Promise((resolve) => {
      const timer = setTimeout(late, LATE);
      this.waiting.set(n, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      try {
        this.model.send({ kind, view: this.view, n, ...fields });
      } catch {
        // The kernel is gone. `late` will tell, as for any answer that does not come.
      }
    });
  }

  close() {
    this.model.off("msg:custom", this.hear);
  }
}

/**
 * Keeps what `read()` returns, at most a beat behind, and goes on trying while that fails.
 * `show(state)` is told how it went: a reply (`kept`, `problem`, `locked`, `elsewhere`), or `late`.
 */
class Keeper {
  constructor(root, line, item, read, show) {
    Object.assign(this, { line, item, read, show });
    this.version = this.kept = this.sent = 0;
    this.wait = BEAT;
    this.fields = {};
    const flush = () => this.flush();
    const warn = (event) => {
      if (this.wait > BEAT && this.kept < this.version) event.preventDefault();
    };
    root.addEventListener("focusout", flush);
    root.addEventListener("pdk-save", flush);
    const page = [
      [document, "visibilitychange", flush],
      [window, "pagehide", flush],
      [window, "beforeunload", warn],
    ];
    for (const [target, name, does] of page) target.addEventListener(name, does);
    this.forget = () => {
      for (const [target, name, does] of page) target.removeEventListener(name, does);
    };
  }

  changed() {
    this.version += 1;
    unkept.set(this.item, this.read());
    this.timer ??= setTimeout(() => this.flush(), this.wait);
  }

  /** Send once more what was refused, with `fields`; they go along until it is kept. */
  insist(fields) {
    this.fields = fields;
    this.sent = this.kept;
    this.flush();
  }

  flush() {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.sent === this.version) return;
    const version = (this.sent = this.version);
    const failed = (state) => {
      this.sent = this.kept;
      this.wait = Math.min(2 * this.wait, SLOWEST);
      this.show(state);
      if (!WAITS.has(state.kind)) this.timer ??= setTimeout(() => this.flush(), this.wait);
    };
    // Half of a surrogate pair is no text; no file could hold it.
    const value = this.read().toWellFormed?.() ?? this.read();
    this.line.ask("save", { value, ...this.fields }, () => failed({ kind: "late" })).then((reply) => {
      if (reply.kind !== "kept") {
        failed(reply);
        return;
      }
      this.wait = BEAT;
      this.fields = {};
      this.kept = Math.max(this.kept, version);
      if (this.kept === this.version) {
        unkept.delete(this.item);
        clearTimeout(this.timer);
        this.timer = undefined;
        this.sent = this.kept;
      }
      this.show(reply);
    });
  }

  /** What an earlier box of this item could not keep, if there is something. */
  left() {
    return unkept.get(this.item);
  }

  /** What is here need not be kept any more: another text takes its place. */
  drop() {
    clearTimeout(this.timer);
    this.timer = undefined;
    unkept.delete(this.item);
    this.kept = this.sent = this.version;
  }

  close() {
    this.flush();
    this.forget();
  }
}

const KEEP_OPEN = "Keep this page open. I will go on trying.";

/** How keeping went, in words. */
function told(state) {
  if (state.kind === "kept") return `Kept at ${when(state.at)}.`;
  if (state.kind === "late") return `Not saved yet. Your words are still in the box. ${KEEP_OPEN}`;
  return `${state.message} ${KEEP_OPEN}`;
}

const STILL_HERE = "Not saved yet. Your words are still in the box.";

/**
 * Another window wrote on: whose text is to stay is this person's to say, and both are kept.
 * `how` says where; `stay` goes on with the text here, `take` with the other.
 */
function otherWindow({ how, stay, take }) {
  const node = h("div", { class: "pdk-notice", role: "alert", hidden: true });
  return {
    node,
    /** Ask, and return whether this is news. */
    ask() {
      if (!node.hidden) return false;
      node.replaceChildren(
        h("p", {}, `This was written on in another window. ${how}`),
        h("div", { class: "pdk-row" },
          h("button", { class: "pdk-button", type: "button", onclick: stay }, "Go on with the text here"),
          h("button", { class: "pdk-button pdk-quiet", type: "button", onclick: take }, "Take the other text")));
      node.hidden = false;
      return true;
    },
    done() {
      node.hidden = true;
    },
  };
}
