// Parts of the note studio: what I notice, what stayed true, the letter, the drafts, the samples.

const SETTLED = {
  left: "You left this as it is.",
  required: "Required where you work. It is on your list for supervision, not in your answer.",
  meant: "You meant this",
};

const quote = (words) => h("q", { class: "pdk-quote", dir: "auto" }, words);
const key = ({ label, words }) => `${label} ${words}`;

/** Buttons that open and close one thing. */
function opener(title, body, toggled = () => {}) {
  const id = uid();
  body.id = id;
  body.hidden = true;
  const button = h("button", { class: "pdk-opener", type: "button", "aria-expanded": "false", "aria-controls": id }, title);
  const open = (yes) => {
    button.setAttribute("aria-expanded", String(yes));
    body.hidden = !yes;
    toggled(yes);
  };
  button.addEventListener("click", () => open(body.hidden));
  return { button, open };
}

/**
 * The panel beside the editor. `settle(finding, how, because)` keeps how a finding was settled;
 * `back(id)` leads to its place in the text.
 */
function noticing({ settle, back }) {
  const turns = h("div", { class: "pdk-turns" });
  const already = h("ul", { class: "pdk-already-list" });
  const credited = h("section", { class: "pdk-already", hidden: true }, h("h4", {}, "Already here"), already);
  const list = h("ul", { class: "pdk-cards" });
  const aside = h("ul", { class: "pdk-cards" });
  const put = h("div", {}, aside);
  const asideOpener = opener("Set aside", put);
  const asides = h("section", { hidden: true }, h("h4", {}, asideOpener.button), put);
  const calm = h("p", { class: "pdk-calm" });
  const heading = h("h4", {}, "I notice, and I wonder");
  const node = h("section", { class: "pdk-panel", "aria-label": "What I notice" }, turns, credited, heading, calm, list, asides);
  // Cards stay what they are while a text changes around them: somebody may be in one.
  const cards = new Map();

  node.addEventListener("keydown", (event) => {
    const openers = [...node.querySelectorAll(".pdk-card-opener")].filter((each) => each.offsetParent);
    const at = openers.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && at >= 0) {
      openers[(at + step + openers.length) % openers.length].focus();
      event.preventDefault();
    } else if (event.key === "Escape") {
      const card = document.activeElement.closest("[data-id]");
      back(card?.dataset.id);
      event.stopPropagation();
    }
  });

  function build(finding) {
    const { id } = finding;
    const because = box({ "aria-label": "I meant this because", rows: 2 });
    const reason = h("div", { class: "pdk-because", hidden: true },
      h("p", { class: "pdk-label" }, "I meant this because …"),
      because,
      h("div", { class: "pdk-row" },
        h("button", { class: "pdk-button", type: "button", onclick: () => settle(finding, "meant", because.value) }, "Keep my reason")),
      h("p", { class: "pdk-help" }, "Your reason goes along with your answer, so that a reader can agree."));
    const state = h("p", { class: "pdk-settled" });
    const way = (title, does) => h("button", { class: "pdk-button pdk-quiet", type: "button", onclick: does }, title);
    const ways = h("div", { class: "pdk-row pdk-ways" },
      way("Keep writing", () => back(id)),
      way("I meant this because …", () => {
        reason.hidden = false;
        because.focus();
      }),
      way("Required where I work", () => settle(finding, "required")),
      way("Leave it", () => settle(finding, "left")));
    const again = h("div", { class: "pdk-row" }, way("Ask me again", () => settle(finding, "open")));
    const body = h("div", { class: "pdk-card-body" },
      h("p", {}, finding.notice),
      h("p", { class: "pdk-wonder" }, finding.wonder),
      finding.opening && h("p", { class: "pdk-other" }, "Another peer told this part so: ", quote(finding.opening)),
      finding.source && origin(finding.source),
      state, ways, reason, again);
    const open = opener([quote(finding.words), " ", h("span", { class: `pdk-sign pdk-key-${finding.shape}` }, finding.name)], body);
    open.button.classList.add("pdk-card-opener");
    const item = h("li", { class: "pdk-finding", "data-id": id }, h("h5", {}, open.button), body);
    return { item, open, show(settled) {
      const how = settled?.how;
      say(state, how === "meant" && settled.because ? `${SETTLED.meant} because: ${settled.because}` : SETTLED[how] ?? "");
      state.hidden = again.hidden = !how;
      ways.hidden = Boolean(how);
      if (how) reason.hidden = true;
      if (how === "meant") because.put(settled.because);
    } };
  }

  return {
    node,
    /** Show what was noticed. `empty`: there is no text yet. */
    put({ findings, practices, turns: taken }, settled, empty) {
      turns.replaceChildren(...taken.map((each) =>
        h("div", { class: "pdk-turn" },
          h("p", {}, each.notice), h("p", { class: "pdk-wonder" }, each.wonder),
          each.own && h("p", { class: "pdk-other" }, each.own))));
      credited.hidden = !practices.length;
      already.replaceChildren(...practices.map((each) => h("li", {}, h("strong", {}, each.name), " ", quote(each.words))));
      for (const [id, card] of cards) {
        if (!findings.some((each) => each.id === id)) {
          // Whoever is in a card whose words are gone goes on where they were: in the text.
          if (card.item.contains(document.activeElement)) back();
          card.item.remove();
          cards.delete(id);
        }
      }
      const places = { list: 0, aside: 0 };
      for (const finding of findings) {
        if (!cards.has(finding.id)) cards.set(finding.id, build(finding));
        const card = cards.get(finding.id);
        const how = settled.get(key(finding));
        card.show(how);
        const [home, name] = how ? [aside, "aside"] : [list, "list"];
        const before = home.children[places[name]];
        places[name] += 1;
        if (before !== card.item) home.insertBefore(card.item, before ?? null);
      }
      asides.hidden = !places.aside;
      say(calm, places.list ? "" : empty
        ? "As you write, I say here what I notice. You decide what fits."
        : "I have nothing to ask about this. I only see wording. You see more, and so do other peers.");
      calm.hidden = Boolean(places.list);
    },
    /** Open a card and go there. */
    open(id) {
      const card = cards.get(id);
      if (!card) return;
      if (aside.contains(card.item)) asideOpener.open(true);
      card.open.open(true);
      // All of the card, and not just the button that gets the focus.
      card.item.scrollIntoView({ block: "nearest" });
      (card.item.querySelector(".pdk-ways:not([hidden]) button") ?? card.open.button).focus({ preventScroll: true });
    },
  };
}

const MARKS = { kept: "✓", missing: "○", contradicted: "⇄", unsure: "?" };

/** What stayed true: each fact of the scene, and what is new. */
function truth() {
  const facts = h("ul", { class: "pdk-facts" });
  const fresh = h("ul", { class: "pdk-new" });
  const news = h("div", { hidden: true }, h("h5", {}, "New here"), fresh);
  const node = h("section", { class: "pdk-truth", hidden: true }, h("h4", {}, "What stayed true"),
    h("p", { class: "pdk-help" }, "I look for words, so I may be wrong. Not each thing has to be in a good telling."),
    facts, news);
  return { node, put({ facts: seen, new: found }) {
    node.hidden = !seen.length;
    facts.replaceChildren(...seen.map((each) => h("li", { class: `pdk-fact pdk-fact-${each.state}` },
      h("span", { class: "pdk-mark-sign", "aria-hidden": "true" }, MARKS[each.state]),
      h("span", {}, each.text, " ", h("em", {}, each.says)))));
    news.hidden = !found.length;
    fresh.replaceChildren(...found.map((each) => h("li", {}, each.says)));
  } };
}

/** The note as a letter to the person it is about, read aloud if wished. */
function letter({ person, kind, text, back }) {
  const words = h("blockquote", { class: "pdk-letter", dir: "auto" });
  const voice = globalThis.speechSynthesis;
  const stop = () => voice?.cancel();
  const status = h("p", { class: "pdk-status", role: "status" });
  function aloud() {
    stop();
    const spoken = new SpeechSynthesisUtterance(words.innerText);
    spoken.lang = "en";
    spoken.onstart = () => say(status, "Reading aloud.");
    spoken.onend = () => say(status, "");
    spoken.onerror = () => say(status, "This browser could not read it aloud.");
    voice.speak(spoken);
    say(status, "Reading aloud.");
  }
  const body = h("div", {}, words,
    h("p", { class: "pdk-wonder" }, `I wonder: would you be at ease with ${person} reading along?`),
    h("div", { class: "pdk-row" },
      voice && h("button", { class: "pdk-button pdk-quiet", type: "button", onclick: aloud }, "Read it aloud"),
      voice && h("button", { class: "pdk-button pdk-quiet", type: "button", onclick: () => {
        stop();
        say(status, "");
      } }, "Stop reading"),
      h("button", { class: "pdk-button", type: "button", onclick: () => {
        stop();
        back();
      } }, "Go on with my text")),
    status);
  const { button, open } = opener(`Read it as a letter to ${person}`, body, (yes) => {
    if (!yes) return stop();
    const begun = kind === "talk" ? "this is what I said about you:" : "this is what I wrote about our time:";
    const told = text().trim().split(/\n+/).filter(Boolean);
    words.replaceChildren(
      h("p", {}, `Dear ${person},`), h("p", {}, begun),
      ...(told.length ? paragraphs(told) : [h("p", {}, "(nothing yet)")]));
  });
  return { node: h("section", { class: "pdk-part" }, h("h4", {}, button), body), close: stop, hide: () => open(false) };
}

/** Every draft with its time; any two of them beside each other. */
function drafting({ keep, compare }) {
  const list = h("ol", { class: "pdk-timeline" });
  const one = h("select", { class: "pdk-select", "aria-label": "Compare" });
  const other = h("select", { class: "pdk-select", "aria-label": "with" });
  const shown = h("div", { class: "pdk-compared", dir: "auto", role: "region", "aria-label": "What changed", hidden: true });
  const body = h("div", {}, list,
    h("div", { class: "pdk-row" }, h("span", {}, "Compare"), one, h("span", {}, "with"), other,
      h("button", { class: "pdk-button pdk-quiet", type: "button", onclick: async () => {
        const parts = await compare(one.value, other.value);
        const name = { gone: ["del", "gone: "], come: ["ins", "new: "] };
        shown.hidden = false;
        shown.replaceChildren(...parts.map(([how, text]) => how === "same" ? h("span", {}, text)
          : h(name[how][0], {}, unseen(name[how][1]), text)));
      } }, "Show what changed")),
    shown);
  const { button } = opener("My drafts", body);
  const again = h("button", { class: "pdk-button pdk-quiet", type: "button", onclick: keep }, "Keep this as a draft");
  const node = h("section", { class: "pdk-part" }, h("h4", {}, button), body);
  return { node, again, put(drafts) {
    node.hidden = !drafts.length;
    list.replaceChildren(...drafts.map((each) => h("li", {}, when(each.at))));
    const choices = () => [
      ...drafts.map((each, n) => h("option", { value: each.id }, n ? when(each.at) : `the first, ${when(each.at)}`)),
      h("option", { value: "now" }, "as it is now"),
    ];
    const [was, with_] = [one.value, other.value];
    one.replaceChildren(...choices());
    other.replaceChildren(...choices());
    one.value = drafts.some((each) => each.id === was) ? was : (drafts[0]?.id ?? "now");
    other.value = drafts.some((each) => each.id === with_) ? with_ : "now";
  } };
}

/** How others told it. `ask()` gives them, or null before a first own try. */
function others(ask) {
  const body = h("div", {});
  const { button } = opener("How two others told it", body, async (yes) => {
    if (!yes) return;
    const samples = await ask();
    body.replaceChildren(...(samples ?? []).map((each) =>
      h("article", { class: "pdk-sample" }, h("h5", {}, each.voice), marked(each))));
    if (!samples) body.append(h("p", { class: "pdk-help" }, "These open after a first try of your own: a few sentences are enough."));
  });
  return h("section", { class: "pdk-part" }, h("h4", {}, button), body);
}

/** A sample with its moves marked, each with the name of its practice. */
function marked({ text, moves }) {
  const told = h("p", { class: "pdk-told" });
  let at = 0;
  const places = moves.map((move) => ({ ...move, start: text.indexOf(move.words) }))
    .filter((move) => move.start >= 0).sort((a, b) => a.start - b.start);
  for (const { start, words, practice } of places) {
    if (start < at) continue;
    told.append(text.slice(at, start), h("mark", {}, words), h("span", { class: "pdk-move-name" }, ` (${practice}) `));
    at = start + words.length;
  }
  told.append(text.slice(at));
  return told;
}
