function render({ model, el }) {
  const content = model.get("content");
  const items = content.items.map(item);
  const root = card(
    el,
    "ticks",
    { kind: content.kind, badge: "Private", title: content.title },
    paragraphs(content.text),
    h("ul", { class: "pdk-items" }, items.map((each) => each.node)),
  );
  const room = privately(model, root, {
    put(entry, left) {
      const kept = JSON.parse(left || entry.value || "{}");
      for (const each of items) each.put(kept[each.id] ?? {});
    },
    read: () => JSON.stringify(Object.fromEntries(items.map((each) => [each.id, each.read()]))),
    lock: (on) => items.forEach((each) => each.lock(on)),
  });
  root.append(
    ...room.foot,
    h("p", { class: "pdk-private" }, `Ticks and notes are private. ${PRIVATE.replace("Private: k", "K")}`),
    origin(content.origin),
  );

  function item({ id, text, aside }) {
    const [told, tick, label] = [uid(), uid(), uid()];
    const changed = () => room.keeper.changed();
    const check = h("input", { type: "checkbox", "aria-labelledby": `${tick} ${told}`, onchange: changed });
    const note = box({ rows: 2, "aria-labelledby": `${label} ${told}`, oninput: changed });
    const more = h("details", {}, h("summary", {}, "A note of your own", unseen(`: ${text}`)),
      h("p", { class: "pdk-label", id: label }, "Your note"), note);
    return {
      id,
      node: h("li", {},
        h("p", { class: "pdk-item", id: told }, text),
        aside.length > 0 && h("div", { class: "pdk-aside" }, paragraphs(aside)),
        h("label", { class: "pdk-tick" }, check, h("span", { id: tick }, content.tick)),
        more),
      put(kept) {
        check.checked = Boolean(kept.picked);
        note.put(kept.note ?? "");
        more.open = Boolean(kept.note);
      },
      read: () => ({ picked: check.checked, note: note.value }),
      lock(on) {
        check.disabled = on;
        note.readOnly = on;
      },
    };
  }

  items.forEach((each) => each.lock(true));
  room.open();
  return room.close;
}

export default { render };
