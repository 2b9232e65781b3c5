function render({ model, el }) {
  const { lessons, present } = model.get("content");
  const stops = lessons.map((lesson) => {
    const here = lesson.id === present;
    const seen = h("span", { class: "pdk-seen" });
    // JupyterLab's own address is that of the notebook, so the name of its neighbour is enough.
    const name = here ? h("span", { "aria-current": "page" }, lesson.title)
      : h("a", { href: `${lesson.id}.ipynb` }, lesson.title);
    const time = here && lesson.minutes > 0 && h("span", { class: "pdk-minutes" }, `about ${lesson.minutes} minutes`);
    return { id: lesson.id, seen, node: h("li", { class: here && "pdk-here" }, name, time, seen) };
  });
  const root = card(el, "progress", { group: false },
    h("nav", { "aria-label": "Lessons" }, h("ol", {}, stops.map((stop) => stop.node))));
  const room = privately(model, root, {
    put({ opened }) {
      for (const { id, seen, node } of stops) {
        if (id === present || !opened.includes(id)) continue;
        node.classList.add("pdk-opened");
        say(seen, "opened before");
      }
    },
  });
  room.open(); // a locked journal only means that nothing is marked here, so the foot stays away
  return room.close;
}

export default { render };
