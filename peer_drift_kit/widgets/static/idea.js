function render({ model, el }) {
  const { title, text, points, origin: from } = model.get("content");
  card(
    el,
    "idea",
    { kind: "A thought to read", title },
    paragraphs(text),
    points.length > 0 &&
      h("dl", { class: "pdk-points" },
        points.map((point) => h("div", {}, h("dt", {}, point.name), h("dd", {}, point.text)))),
    origin(from),
  );
}

export default { render };
