const WHERE = { supervision: "For supervision", others: "To work on with others" };

function render({ model, el }) {
  const list = h("div", { class: "pdk-agenda-list" });
  const copied = h("p", { role: "status", class: "pdk-status" });
  let plain = "";
  const copy = h("button", { class: "pdk-button", type: "button", onclick: take }, "Copy as plain text");
  const refresh = h("button", { class: "pdk-button pdk-quiet", type: "button", onclick: () => room.open() }, "Refresh");
  const root = card(
    el,
    "agenda",
    { kind: "Your list", badge: "Private", title: "What you would like to take further" },
    h("p", { class: "pdk-help" }, "All that you ticked in the lists, with your notes. Nobody sees it until you take it somewhere."),
    list,
    h("div", { class: "pdk-row" }, copy, refresh),
    copied,
  );
  const room = privately(model, root, { put });
  root.append(...room.foot, h("p", { class: "pdk-private" }, PRIVATE));

  function put({ groups }) {
    const parts = Object.entries(WHERE)
      .map(([where, heading]) => [heading, groups.filter((group) => group.where === where)])
      .filter(([, found]) => found.length);
    list.replaceChildren(
      ...parts.map(([heading, found]) => h("section", {}, h("h4", {}, heading), found.map(section))));
    plain = parts
      .map(([heading, found]) => [heading.toUpperCase(), ...found.map(text)].join("\n\n"))
      .join("\n\n\n");
    copy.hidden = !parts.length;
    if (!parts.length)
      list.append(h("p", { class: "pdk-empty" }, "Nothing here yet. Tick something in one of the lists, and it shows up here."));
  }

  const section = ({ title, items }) =>
    h("div", {},
      h("p", { class: "pdk-when" }, title),
      h("ul", {}, items.map((item) =>
        h("li", {}, h("p", {}, item.text), item.note && h("p", { class: "pdk-written", dir: "auto" }, item.note)))));

  const text = ({ title, items }) =>
    [title, ...items.map((item) => `- ${item.text}${item.note ? `\n  My note: ${item.note.replaceAll("\n", "\n  ")}` : ""}`)].join("\n");

  async function take() {
    try {
      await navigator.clipboard.writeText(plain);
      say(copied, "Copied. You can paste it where you like.");
    } catch {
      // Not every page may use the clipboard; then the text is there to be copied by hand.
      const area = box({ "aria-label": "Your list as plain text", readonly: true });
      list.replaceChildren(area);
      area.put(plain);
      area.focus();
      area.select();
      say(copied, "Your list is selected as plain text. Press Ctrl and C, or Command and C.");
    }
  }

  // What was ticked further up is here by the time somebody scrolls down to it.
  const seen = new IntersectionObserver((found) => found.some((each) => each.isIntersecting) && room.open());
  seen.observe(root);
  return () => {
    seen.disconnect();
    room.close();
  };
}

export default { render };
