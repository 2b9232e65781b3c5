/** A text with one passage marked. */
function marked(text, passage) {
  const at = passage ? text.indexOf(passage) : -1;
  if (at < 0) return [text];
  return [text.slice(0, at), h("mark", {}, passage), text.slice(at + passage.length)];
}

function render({ model, el }) {
  const content = model.get("content");
  const [before, after] = content.tellings.map(({ title, text }) => {
    const body = h("p", { class: "pdk-told" }, text);
    return { title, text, body, node: h("section", { class: "pdk-telling" }, h("h4", {}, title), body) };
  });
  let now = -1;

  const buttons = content.moves.map((move, n) =>
    h("button", { class: "pdk-move", type: "button", tabindex: n ? -1 : 0, onclick: () => go(n) }, move.name));
  // Every why is in the page from the start; the style sheet shows the one that is lit.
  const moves = content.moves.map((move, n) => h("li", {}, buttons[n], h("p", { class: "pdk-why" }, move.why)));
  const status = h("div", { class: "pdk-lit", role: "status" },
    h("p", {}, "Press “Next move” to see what changed, one step at a time."));
  const earlier = h("button", { class: "pdk-button pdk-quiet", type: "button", onclick: () => go(now - 1) }, "Earlier move");
  const next = h("button", { class: "pdk-button", type: "button", onclick: () => go(now + 1) }, "Next move");

  function go(n) {
    now = (n + content.moves.length) % content.moves.length; // after the last comes the first again
    const move = content.moves[now];
    before.body.replaceChildren(...marked(before.text, move.before));
    after.body.replaceChildren(...marked(after.text, move.after));
    before.node.classList.toggle("pdk-none", !move.before);
    buttons.forEach((button, each) => {
      button.tabIndex = each === now ? 0 : -1;
      if (each === now) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    });
    status.replaceChildren(
      h("p", { class: "pdk-move-name" }, move.name),
      h("p", {}, move.why),
      h("dl", { class: "pdk-passages" },
        [[before, move.before], [after, move.after]].map(([telling, passage]) =>
          h("div", {}, h("dt", {}, telling.title), h("dd", {}, passage ? `“${passage}”` : "Nothing of this is here."))),
      ),
    );
  }

  card(
    el,
    "before-and-after",
    { kind: "Told twice", title: content.title },
    h("p", { class: "pdk-help" }, content.scene),
    h("div", { class: "pdk-tellings" }, before.node, after.node),
    h("div", { class: "pdk-moves" },
      h("div", { class: "pdk-row" }, next, earlier),
      status,
      h("h4", {}, "All moves"),
      h("ol", {
        onkeydown: (event) => {
          const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
          if (!step) return;
          event.preventDefault();
          go((now < 0 ? (step > 0 ? -1 : 0) : now) + step);
          buttons[now].focus();
        },
      }, moves),
    ),
    origin(content.origin),
  );
}

export default { render };
