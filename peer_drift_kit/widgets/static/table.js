const STEPS = 6; // from 0, beside the left text, to 6, beside the right one

/** A place between two texts, in words. */
function place(step, pair) {
  if (step == null) return "not marked yet";
  if (step === STEPS / 2) return "about half way";
  const how = ["right beside", "nearer to", "a little nearer to"][Math.min(step, STEPS - step)];
  return `${how}: “${step < STEPS / 2 ? pair.left : pair.right}”`;
}

function render({ model, el }) {
  const content = model.get("content");
  let marks = {};
  const rows = content.pairs.map(row);
  const note = box({ id: uid(), oninput: () => room.keeper.changed() });
  const root = card(
    el,
    "table",
    { kind: "Where I stand today", badge: "Private", title: content.title },
    h("div", { class: "pdk-shores", "aria-hidden": "true" },
      h("span", {}, content.left), h("span", {}, content.right)),
    rows.map((each) => each.node),
    h("label", { class: "pdk-label", for: note.id }, "A note to yourself, if you like"),
    note,
  );
  const room = privately(model, root, {
    put(entry, left) {
      const kept = JSON.parse(left || entry.value || "{}");
      const before = entry.before && { at: entry.before.at, ...JSON.parse(entry.before.value) };
      marks = kept.marks ?? {};
      note.put(kept.note ?? "");
      for (const each of rows) each.show(before);
    },
    read: () => JSON.stringify({ marks, note: note.value }),
    lock: (on) => (root.inert = false, enable(!on)),
  });
  root.append(
    ...room.foot,
    h("p", { class: "pdk-private" }, `${PRIVATE} It does not add up to anything.`),
    origin(content.origin),
  );

  function enable(on) {
    note.readOnly = !on;
    for (const each of rows) each.slider.disabled = !on;
  }

  function row(pair) {
    let before;
    const set = (step) => {
      marks[pair.id] = step;
      show(before);
      room.keeper.changed();
    };
    const slider = h("input", {
      type: "range",
      class: "pdk-slider",
      min: 0,
      max: STEPS,
      step: 1,
      "aria-label": `${pair.about}: from “${pair.left}” to “${pair.right}”`,
      oninput: () => set(Number(slider.value)),
      // The middle is where an unmarked slider rests, so it needs ways to say: here, yes.
      onclick: () => set(Number(slider.value)),
      onkeydown: (event) => {
        if (event.key === " " || event.key === "Enter") {
          event.preventDefault();
          set(Number(slider.value));
        }
      },
    });
    const ghost = h("span", { class: "pdk-ghost", "aria-hidden": "true" });
    const today = h("p", { class: "pdk-place" });
    const last = h("p", { class: "pdk-place pdk-last" });
    const clear = h(
      "button",
      {
        class: "pdk-button pdk-quiet",
        type: "button",
        onclick: () => {
          slider.focus();
          set(undefined);
        },
      },
      "Take this mark away",
      unseen(` (${pair.about})`),
    );

    function show(lastTime) {
      before = lastTime;
      const step = marks[pair.id];
      const then = before?.marks?.[pair.id];
      slider.value = step ?? STEPS / 2;
      slider.classList.toggle("pdk-unset", step == null);
      slider.setAttribute("aria-valuetext", place(step, pair));
      say(today, `Today: ${place(step, pair)}`);
      say(last, then == null ? "" : `Last time (${when(before.at)}): ${place(then, pair)}`);
      ghost.hidden = then == null;
      ghost.style.setProperty("--pdk-at", then ?? 0);
      clear.hidden = step == null;
    }

    const node = h(
      "div",
      { class: "pdk-pair" },
      h("h4", {}, pair.about),
      h("div", { class: "pdk-ends" }, h("p", {}, pair.left), h("p", {}, pair.right)),
      h("div", { class: "pdk-track" }, slider, ghost),
      h("div", { class: "pdk-words" }, today, last, clear),
    );
    show();
    return { node, slider, show };
  }

  enable(false);
  room.open();
  return room.close;
}

export default { render };
