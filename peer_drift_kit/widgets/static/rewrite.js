function render({ model, el }) {
  const content = model.get("content");
  const [writing, about] = [uid(), uid()];
  const line = new Line(model);
  const status = h("p", { class: "pdk-status", role: "status" });
  const notice = h("p", { class: "pdk-notice", role: "status" });
  const seen = h("div", { class: "pdk-noticed" });
  const news = h("p", { class: "pdk-unseen", role: "status" });
  const area = box({ id: writing, rows: 9, "aria-describedby": about, oninput: () => keeper.changed() });
  const root = card(
    el,
    "rewrite",
    { kind: "Tell it again", badge: "To hand in", title: content.title },
    h("p", { id: about, class: "pdk-help" },
      "The people here are made up. Please stay with them, and never write a real person's note."),
    h("div", { class: "pdk-tellings" },
      h("section", { class: "pdk-telling" }, h("h4", {}, `What happened, in ${content.setting}`),
        h("ul", {}, content.scene.map((fact) => h("li", {}, fact)))),
      h("section", { class: "pdk-telling pdk-drifted" }, h("h4", {}, "The note as it was"),
        h("p", { class: "pdk-told" }, content.drifted))),
    h("div", { class: "pdk-studio" },
      h("div", {},
        h("label", { class: "pdk-label", for: writing }, "Your telling, in a peer's voice"),
        area,
        h("div", { class: "pdk-row" },
          h("button", { class: "pdk-button pdk-quiet", type: "button", onclick: draft }, "Keep this as a draft")),
        status,
        notice,
        news),
      seen),
    h("p", { class: "pdk-handed" },
      `Saved while you type, in ${content.file} beside this page. `
      + "If you hand in, this notebook and the folder “answers” go along, drafts too. Nothing from your journal does."),
    origin(content.origin),
  );

  const keeper = new Keeper(root, line, content.item, () => area.value, (state) => {
    say(status, told(state.kind === "kept" ? { ...state, at: new Date() } : state));
    if (state.elsewhere)
      say(notice, "This was also written in another window. That text is kept among your drafts.");
  });

  async function draft() {
    keeper.flush();
    const reply = await line.ask("draft", {}, () => say(status, told({ kind: "late" })));
    if (reply.kind === "problem") say(status, told(reply));
    else say(status, reply.new ? "A draft is kept. Write on as you like." : "This draft is kept already.");
  }

  const quoted = (words) => h("span", { class: "pdk-quote" }, `“${words}”`);
  const list = (name, title, items) =>
    h("section", { class: name }, h("h4", {}, title), h("ul", {}, items.map((each) => h("li", {}, each))));
  let last;
  let names = [];

  line.listeners.push((message) => {
    // While somebody types on, a review of what was there before only gets in the way.
    if (message.kind !== "noticed" || keeper.version !== keeper.kept) return;
    const { findings, practices } = message;
    const empty = !area.value.trim();
    const now = JSON.stringify([empty, findings, practices]);
    if (now === last) return;
    last = now;
    const parts = [];
    if (practices.length)
      parts.push(list("pdk-already", "Already here", practices.map((each) =>
        h("p", {}, h("strong", {}, each.name), h("br"), quoted(each.words)))));
    if (findings.length)
      parts.push(list("pdk-wondering", "I notice, and I wonder", findings.map((each) => [
        h("p", {}, quoted(each.words), " ", h("span", { class: "pdk-sign" }, each.name)),
        h("p", {}, each.notice),
        h("p", { class: "pdk-wonder" }, each.wonder),
      ])));
    else
      parts.push(h("p", {}, empty
        ? "As you write, I say here what I notice. You decide what fits."
        : "I have nothing to ask about this. I only see wording. You see more, and so do other peers."));
    seen.replaceChildren(...parts);
    // The list is there to be read at leisure; what is spoken is only what has just come in.
    const fresh = [...practices.map((each) => `already here: ${each.name}`),
      ...findings.map((each) => `I notice ${each.name}`)];
    const added = [...new Set(fresh.filter((each) => !names.includes(each)))];
    if (added.length) say(news, `Below your text: ${added.join("; ")}.`);
    names = fresh;
  });

  area.readOnly = true; // until what was kept is here: nothing typed may be written over
  const late = () => say(status, "No answer yet. Is this page running?");
  line.ask("read", {}, late).then((entry) => {
    if (entry.kind !== "entry") {
      say(status, entry.message);
      return;
    }
    const left = keeper.left();
    area.put(left ?? entry.value);
    area.readOnly = false;
    if (left !== undefined) keeper.changed();
  });
  return () => {
    keeper.close();
    line.close();
  };
}

export default { render };
