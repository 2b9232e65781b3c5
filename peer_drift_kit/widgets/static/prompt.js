function render({ model, el }) {
  const content = model.get("content");
  const [question, help, writing] = [uid(), uid(), uid()];
  const area = box({ id: writing, "aria-describedby": help, oninput: () => room.keeper.changed() });
  const earlier = h("div", { class: "pdk-versions" });
  const versions = h("details", { ontoggle: list }, h("summary", {}, "Earlier versions"), earlier);
  const root = card(
    el,
    "prompt",
    { kind: "A question for you", badge: "Private", group: false },
    h("label", { class: "pdk-title", id: question, for: writing }, content.question),
    h("p", { id: help, class: "pdk-help" }, content.help),
    area,
  );
  const room = privately(model, root, {
    put: (entry, left) => area.put(left ?? entry.value),
    read: () => area.value,
    lock: (on) => (area.readOnly = on),
  });
  root.append(...room.foot, h("p", { class: "pdk-private" }, PRIVATE), versions, origin(content.origin));

  async function list() {
    if (!versions.open) return;
    const late = () => earlier.replaceChildren(h("p", {}, "Your journal does not answer yet."));
    const reply = await room.line.ask("earlier", {}, late);
    const found = reply.versions ?? [];
    earlier.replaceChildren(...found.map(version));
    if (!found.length) earlier.append(h("p", {}, reply.message ?? "There is none yet."));
  }

  function version({ value, at }) {
    const back = () => {
      room.keeper.flush(); // what is in the box now becomes an earlier version itself
      area.put(value);
      room.keeper.changed();
      versions.open = false;
      area.focus();
    };
    return h(
      "div",
      { class: "pdk-version" },
      h("p", { class: "pdk-when" }, when(at)),
      h("p", { class: "pdk-written", dir: "auto" }, value || "(empty)"),
      h("button", { class: "pdk-button pdk-quiet", type: "button", onclick: back },
        "Bring this back", unseen(` from ${when(at)}`)),
    );
  }

  area.readOnly = true; // until what was kept is here: nothing typed may be written over
  room.open().then(() => {
    area.readOnly = room.foot[0].hasChildNodes();
  });
  return room.close;
}

export default { render };
