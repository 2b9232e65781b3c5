function render({ model, el }) {
  const content = model.get("content");
  const [about, naming] = [uid(), uid()];
  const line = new Line(model);
  const talk = content.kind === "talk";
  const status = h("p", { class: "pdk-status", role: "status" });
  const news = h("p", { class: "pdk-unseen", role: "status" });
  const elsewhere = otherWindow({
    how: "Both texts stay: the one you do not go on with is kept among your drafts.",
    stay: () => keeper.insist({ over: true }),
    take,
  });
  const long = h("p", { class: "pdk-help", hidden: true }, "This is a long text. All of it is saved. I looked at the first part of it.");
  const place = h("div", { class: "pdk-editor" });
  const late = () => say(status, told({ kind: "late" }));
  const settled = new Map();
  let seen = { findings: [], practices: [], facts: [], new: [], turns: [] };

  const panel = noticing({ settle, back });
  const stayed = truth();
  const read = letter({ ...content, text: () => editor.text(), back: () => back() });
  const drafts = drafting({ keep, compare: async (one, other) => {
    keeper.flush();
    return (await line.ask("compare", { one, other }, late)).parts ?? [];
  } });
  const samples = others(async () => (await line.ask("samples", { value: editor.text() }, late)).samples);

  const root = card(
    el,
    "rewrite",
    { kind: talk ? "Say it again" : "Tell it again", badge: content.hand_in && "To hand in", title: content.title },
    h("p", { class: "pdk-asked" }, content.asked),
    h("p", { id: about, class: "pdk-help" },
      "The people here are made up. Please stay with them, and never write a real person's note. "
      + "F8 goes to the next underlined place, and Enter opens it."),
    h("div", { class: "pdk-tellings" },
      h("section", { class: "pdk-telling" }, h("h4", {}, `What happened, in ${content.setting}`),
        h("ul", {}, content.scene.map((fact) => h("li", {}, fact)))),
      h("section", { class: "pdk-telling pdk-drifted" },
        h("h4", {}, talk ? "What was said" : "The note as it was"),
        h("p", { class: "pdk-told" }, content.drifted))),
    h("div", { class: "pdk-studio" },
      h("div", {},
        h("p", { class: "pdk-label", id: naming }, talk ? "What you would say" : "Your telling, in a peer's voice"),
        place, elsewhere.node,
        h("div", { class: "pdk-row" }, drafts.again),
        status, news, long),
      panel.node,
      stayed.node),
    h("div", { class: "pdk-parts" }, read.node, drafts.node, samples),
    h("p", { class: "pdk-handed" },
      `Saved while you type, in ${content.file} beside this page. ` + (content.hand_in
        ? "If you hand in, this notebook and the folder “answers” go along, with your drafts and your reasons. Nothing from your journal does."
        : "It is for you. Nothing of this lesson is handed in.")),
    origin(content.origin),
  );

  const editor = pdkEditor.createEditor({
    parent: place,
    attributes: { "aria-labelledby": naming, "aria-describedby": about, "aria-multiline": "true", dir: "auto" },
    hint: talk ? "What would you say?" : "Write here.",
    changed() {
      keeper.changed();
      look();
    },
    reached(id) {
      const found = seen.findings.find((each) => each.id === id);
      if (found) say(news, `I notice “${found.words}”: ${found.name}. Enter opens it.`);
    },
    opened: (id) => panel.open(id),
  });

  const keeper = new Keeper(root, line, content.item, () => editor.text(), (state) => {
    if (state.kind === "elsewhere") {
      if (elsewhere.ask()) say(status, STILL_HERE);
      return;
    }
    elsewhere.done();
    say(status, told(state.kind === "kept" ? { ...state, at: new Date() } : state));
  });

  function back(id) {
    if (id) editor.show(id);
    editor.focus();
  }

  async function take() {
    const entry = await line.ask("take", { value: editor.text() }, late);
    if (entry.kind !== "entry") return say(status, told(entry));
    elsewhere.done();
    keeper.drop();
    begin(entry);
    back();
  }

  async function keep() {
    keeper.flush();
    const reply = await line.ask("draft", {}, late);
    if (reply.kind === "problem") return say(status, told(reply));
    drafts.put(reply.drafts);
    say(status, reply.new ? "A draft is kept. Write on as you like." : "This draft is kept already.");
  }

  async function settle(finding, how, because = "") {
    const { label, words } = finding;
    const reply = await line.ask("settle", { label, words, how, because }, late);
    if (reply.kind === "problem") return say(status, reply.message);
    remember(reply.settled);
    show();
    if (how === "open") panel.open(finding.id);
    else back();
  }

  function remember(all) {
    settled.clear();
    for (const each of all) settled.set(key(each), each);
  }

  let asking = false;
  let again = false;

  /** Ask what is noticed, one question at a time; the newest text is always asked about. */
  async function look() {
    if (asking) {
      again = true;
      return;
    }
    const text = editor.text();
    asking = true;
    const ready = () => {
      asking = false;
      if (again) {
        again = false;
        look();
      }
    };
    const reply = await line.ask("look", { value: text }, ready);
    if (reply.kind === "noticed" && editor.text() === text) {
      const times = new Map();
      for (const each of reply.findings) {
        const n = (times.get(key(each)) ?? 0) + 1;
        times.set(key(each), n);
        each.id = `${key(each)} ${n}`;
      }
      seen = reply;
      show();
    }
    ready();
  }

  let names = [];

  function show() {
    const open = seen.findings.filter((each) => !settled.has(key(each)));
    editor.underline(open.map((each) => ({ ...each, message: `${each.notice} ${each.wonder}` })), "Open");
    panel.put(seen, settled, !editor.text().trim());
    stayed.put(seen);
    long.hidden = !seen.cut;
    // The panel is there to be read at leisure; what is spoken is only what has just come in.
    const now = [...seen.practices.map((each) => `already here: ${each.name}`), ...open.map((each) => `I notice ${each.name}`)];
    const added = [...new Set(now.filter((each) => !names.includes(each)))];
    if (added.length) say(news, `Beside your text: ${added.join("; ")}.`);
    names = now;
  }

  function begin(entry) {
    remember(entry.settled);
    drafts.put(entry.drafts);
    editor.put(entry.value);
    look();
  }

  editor.lock(true); // until what was kept is here: nothing typed may be written over
  line.ask("read", {}, () => say(status, "No answer yet. Is this page running?")).then((entry) => {
    if (entry.kind !== "entry") {
      say(status, entry.message);
      return;
    }
    const left = keeper.left();
    begin(entry);
    editor.lock(false);
    if (left !== undefined && left !== entry.value) {
      editor.put(left);
      keeper.changed();
      look();
    }
  });
  return () => {
    read.close();
    keeper.close();
    line.close();
    editor.close();
  };
}

export default { render };
