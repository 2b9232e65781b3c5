function render({ model, el }) {
  const content = model.get("content");
  const heading = { kind: "Answer a peer", badge: "To hand in", title: "Your answer to this text" };
  if (content.problem) {
    card(el, "respond", heading, h("p", { class: "pdk-notice" }, content.problem));
    return;
  }
  const line = new Line(model);
  const status = h("p", { class: "pdk-status", role: "status" });
  const late = () => say(status, told({ kind: "late" }));
  const elsewhere = otherWindow({
    how: "Both texts stay: the one you do not go on with is kept in the folder “answers/drafts”.",
    stay: () => keeper.insist({ over: true }),
    take,
  });

  const areas = new Map();
  const part = ({ id, name, hint }) => {
    const [writing, help] = [uid(), uid()];
    const area = box({ id: writing, "aria-describedby": help, oninput: () => keeper.changed() });
    areas.set(id, area);
    return h(
      "div",
      { class: "pdk-answer" },
      h("label", { class: "pdk-label", for: writing }, name),
      h("p", { id: help, class: "pdk-help" }, hint),
      area,
    );
  };
  const root = card(
    el,
    "respond",
    heading,
    content.boxes.map(part),
    elsewhere.node,
    status,
    h(
      "p",
      { class: "pdk-handed" },
      `Saved while you type, in ${content.file} beside this page. ` +
        "If you hand in, this notebook and the folder “answers” go along. Nothing from your journal does.",
    ),
  );

  const whole = (text) => text.toWellFormed?.() ?? text;
  const read = () => JSON.stringify(Object.fromEntries([...areas].map(([id, area]) => [id, whole(area.value)])));
  const keeper = new Keeper(root, line, content.item, read, (state) => {
    if (state.kind === "elsewhere") {
      if (elsewhere.ask()) say(status, STILL_HERE);
      return;
    }
    elsewhere.done();
    say(status, told(state.kind === "kept" ? { ...state, at: new Date() } : state));
  });

  function put(value) {
    const words = JSON.parse(value);
    for (const [id, area] of areas) area.put(words[id] ?? "");
  }

  function lock(on) {
    for (const area of areas.values()) area.readOnly = on;
  }

  async function take() {
    const entry = await line.ask("take", { value: read() }, late);
    if (entry.kind !== "entry") return say(status, told(entry));
    elsewhere.done();
    keeper.drop();
    put(entry.value);
    areas.values().next().value.focus();
  }

  lock(true); // until what was kept is here: nothing typed may be written over
  line.ask("read", {}, () => say(status, "No answer yet. Is this page running?")).then((entry) => {
    if (entry.kind !== "entry") {
      say(status, entry.message);
      return;
    }
    const left = keeper.left();
    put(left ?? entry.value);
    lock(false);
    if (left !== undefined && left !== entry.value) keeper.changed();
  });
  return () => {
    keeper.close();
    line.close();
  };
}

export default { render };
