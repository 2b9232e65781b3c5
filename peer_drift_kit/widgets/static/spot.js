const NOTHING = "Nothing here";

function render({ model, el }) {
  const content = model.get("content");
  const names = new Map(content.signs.map((sign) => [sign.id, sign.name]));
  const choices = [...content.signs, { id: "", name: NOTHING }];

  /** What is said to a choice. Whoever hears it otherwise may well hear something too. */
  function reply({ sign, why }, picked) {
    const heard = sign ? names.get(sign) : "nothing of the kind";
    if (picked === sign) return [`I hear ${heard} here too.`, why];
    return [`I hear ${heard} here. Other peers may hear it as you do.`, why];
  }

  function item(sentence, number) {
    const name = uid();
    const answer = h("div", { class: "pdk-reply", role: "status" });
    const radios = choices.map((choice) =>
      h("label", { class: "pdk-option" },
        h("input", { type: "radio", name, onchange: () => answer.replaceChildren(...paragraphs(reply(sentence, choice.id))) }),
        h("span", {}, choice.name)));
    return h("li", { class: "pdk-spot-item" },
      h("fieldset", {},
        h("legend", {}, unseen(`Sentence ${number + 1}: `), h("q", { class: "pdk-quote" }, sentence.text)),
        h("div", { class: "pdk-choices" }, radios)),
      answer);
  }

  card(
    el,
    "spot",
    { kind: "Listen", title: content.title },
    h("p", {}, content.text),
    h("p", { class: "pdk-help" }, "Pick what you hear. Each choice gets an answer at once, and none is marked or kept."),
    h("details", {}, h("summary", {}, "What the signs mean"),
      h("dl", { class: "pdk-points" }, content.signs.map((sign) => h("div", {}, h("dt", {}, sign.name), h("dd", {}, sign.meaning))))),
    h("ol", { class: "pdk-spots" }, content.sentences.map(item)),
    origin(content.origin),
  );
}

export default { render };
