function render({ model, el }) {
  const content = model.get("content");
  const name = uid();
  const reply = h("div", { class: "pdk-reply", role: "status" });
  const others = h("div");
  const hint = h("p", { class: "pdk-help" }, "Pick the one that is nearest to what you think.");
  const options = content.options.map((option) => {
    const radio = h("input", { type: "radio", name, onchange: () => reply.replaceChildren() });
    return { ...option, radio, node: h("label", { class: "pdk-option" }, radio, h("span", {}, option.text)) };
  });

  function see(event) {
    event.preventDefault();
    const picked = options.find((option) => option.radio.checked);
    if (!picked) {
      reply.replaceChildren(h("p", {}, "Pick one first, whichever. None of them is marked."));
      return;
    }
    reply.replaceChildren(h("p", { class: "pdk-quote" }, picked.text), h("p", {}, picked.reply));
    others.replaceChildren(
      h("details", {}, h("summary", {}, "Look at the other answers"),
        options.filter((option) => option !== picked).map((option) =>
          h("div", { class: "pdk-other" }, h("p", { class: "pdk-quote" }, option.text), h("p", {}, option.reply)))),
    );
  }

  card(
    el,
    "check",
    { kind: "What do you make of it?", group: false },
    h("form", {
      onsubmit: see,
      // A radio button does not submit its form in every browser.
      onkeydown: (event) => event.key === "Enter" && event.target.type === "radio" && see(event),
    },
      h("fieldset", {}, h("legend", { class: "pdk-title" }, content.question), hint, options.map((each) => each.node)),
      h("button", { class: "pdk-button", type: "submit" }, "See what others notice"),
    ),
    reply,
    others,
    origin(content.origin),
  );
}

export default { render };
