const WORDS = "Polar bears under a night sky. Small and large, they stand close together; one is waving at you.";

function render({ model, el }) {
  card(
    el,
    "celebration",
    { kind: "One last thing", title: "A group of polar bears is called a celebration" },
    h("div", { class: "pdk-drawing" }, picture(model.get("content").svg, WORDS)),
    h("p", {}, "It is a good word for peers who find each other, too."),
    h("p", {}, "You may be the only one where you work. You need not be the only one."),
  );
}

export default { render };
