// The studio's editor: CodeMirror with its lint extension, and what a note needs of the two.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { forEachDiagnostic, nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState, Prec, Transaction } from "@codemirror/state";
import { drawSelection, EditorView, highlightSpecialChars, keymap, placeholder } from "@codemirror/view";

/**
 * An editor in `parent`. `attributes` go to the element that is typed into (its name, what describes
 * it); `changed()` is called when somebody types, `reached(id)` when F8 has come to an underlined
 * place, and `opened(id)` when somebody asks for more of it.
 */
export function createEditor({ parent, attributes, hint, changed, reached, opened }) {
  const locked = new Compartment();
  let here; // the place that F8 has just come to, until something else happens

  const walk = (step) => (view) => {
    if (!step(view)) return true; // nothing is underlined; F8 has no other meaning
    const { from, to } = view.state.selection.main;
    here = undefined;
    forEachDiagnostic(view.state, (each, start, end) => {
      if (start === from && end === to) here ??= each.source;
    });
    if (here) reached(here);
    return true;
  };
  const open = () => {
    if (!here) return false;
    opened(here);
    return true;
  };

  const view = new EditorView({
    parent,
    state: EditorState.create({
      extensions: [
        history(),
        drawSelection(),
        highlightSpecialChars(),
        EditorView.lineWrapping,
        EditorView.perLineTextDirection.of(true),
        EditorView.contentAttributes.of({ spellcheck: "true", autocapitalize: "sentences", ...attributes }),
        placeholder(hint),
        locked.of([]),
        Prec.highest(
          keymap.of([
            { key: "F8", run: walk(nextDiagnostic) },
            { key: "Shift-F8", run: walk(previousDiagnostic) },
            { key: "Enter", run: open },
          ]),
        ),
        // Tab goes on to the next thing on the page, as in any other box.
        keymap.of([...defaultKeymap, ...historyKeymap]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged || (update.selectionSet && !isStep(update))) here = undefined;
          if (update.docChanged && !update.transactions.some(isPut)) changed();
        }),
      ],
    }),
  });

  const isPut = (transaction) => transaction.annotation(Transaction.userEvent) === "put";
  const isStep = (update) =>
    update.transactions.some((each) => each.selection && !each.annotation(Transaction.userEvent));

  return {
    focus: () => view.focus(),
    close: () => view.destroy(),
    text: () => view.state.doc.toString(),
    /** Another text in place of what is there. Nobody typed it. */
    put(text) {
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        annotations: Transaction.userEvent.of("put"),
      });
    },
    lock(yes) {
      view.dispatch({ effects: locked.reconfigure(yes ? [EditorState.readOnly.of(true)] : []) });
    },
    /** Underline `{id, from, to, shape, message}`, in UTF-16 units; `more` names the way on. */
    underline(places, more) {
      const length = view.state.doc.length;
      const diagnostics = places
        .filter(({ from, to }) => from < to && to <= length)
        .map(({ id, from, to, shape, message }) => ({
          from,
          to,
          severity: "info",
          source: id,
          message,
          markClass: `pdk-mark pdk-mark-${shape}`,
          actions: [{ name: more, apply: () => opened(id) }],
        }));
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    /** Put the cursor on a place that is underlined, and show it. */
    show(id) {
      let found;
      forEachDiagnostic(view.state, (each, from, to) => {
        if (each.source === id) found ??= { anchor: from, head: to };
      });
      if (found) view.dispatch({ selection: found, scrollIntoView: true });
    },
  };
}
