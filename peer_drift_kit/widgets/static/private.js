// What private widgets share: the badge, the status line, and a door for a locked journal.

const PRIVATE = "Private: kept in your journal on this computer. Never handed in.";

/**
 * Ties a private card to the journal. `put(entry)` shows what was kept, `read()` returns what is
 * to be kept. Returns the keeper, the line, and the nodes for the foot of the card.
 */
function privately(model, root, { put, read, lock = () => {} }) {
  const line = new Line(model);
  const status = h("p", { class: "pdk-status", role: "status" });
  const also = h("p", { class: "pdk-notice", role: "status" });
  const notice = h("p", { class: "pdk-notice", role: "status" });
  const door = h("div");
  let opened = false;

  const show = (state) => {
    if (state.kind === "locked") {
      bolt(state);
      return;
    }
    say(status, told(state));
    if (state.also)
      say(
        also,
        `This was also written in another window at ${when(state.also)}. ` +
          "Both are kept: see “Earlier versions”.",
      );
  };
  const keeper = read && new Keeper(root, line, model.get("content").item, read, show);

  function bolt({ message }) {
    say(status, message);
    lock(true);
    if (door.firstChild) return;
    const field = h("input", { class: "pdk-field", type: "password", autocomplete: "off", id: uid() });
    const answer = h("p", { role: "status" });
    const submit = async (event) => {
      event.preventDefault();
      const passphrase = field.value;
      field.value = "";
      const reply = await line.ask("unlock", { passphrase }, () => say(answer, "No answer yet."));
      if (reply.kind === "wrong") say(answer, "That did not open it. Nothing is lost; try again.");
      else if (reply.kind === "problem") say(answer, reply.message);
    };
    door.append(
      h(
        "form",
        { class: "pdk-door", onsubmit: submit },
        h("label", { for: field.id }, "Your passphrase"),
        field,
        h("button", { class: "pdk-button", type: "submit" }, "Open my journal"),
        answer,
      ),
    );
  }

  async function open() {
    const late = () => say(status, "Your journal does not answer yet. Is this page running?");
    const entry = await line.ask("read", {}, late);
    if (entry.kind === "locked") bolt(entry);
    else if (entry.kind !== "entry") say(status, entry.message);
    else {
      const inside = door.contains(document.activeElement);
      door.replaceChildren();
      lock(false);
      if (!opened || !keeper) {
        opened = true;
        const left = keeper?.left();
        put(entry, left);
        say(status, entry.at ? `Kept at ${when(entry.at)}.` : "");
        if (left !== undefined) keeper.changed();
      } else keeper.flush(); // locked while somebody wrote: their words are newer
      if (inside) root.querySelector("textarea, input, button")?.focus();
    }
  }
  line.listeners.push((message) => {
    if (message.notice) say(notice, message.notice);
    if (message.kind === "unlocked" && !message.view) open();
  });

  return {
    line,
    keeper,
    open,
    foot: [door, status, also, notice],
    close() {
      keeper?.close();
      line.close();
    },
  };
}
