function render({ model, el }) {
  const { title, alt, words, svg, origin: from } = model.get("content");
  card(
    el,
    "figure",
    { title },
    h("div", { class: "pdk-drawing" }, picture(svg, alt)),
    h("details", {}, h("summary", {}, "In words"), paragraphs(words)),
    origin(from),
  );
}

export default { render };
