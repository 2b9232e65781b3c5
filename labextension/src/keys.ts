import type { Cell } from '@jupyterlab/cells';
import type { Notebook } from '@jupyterlab/notebook';

/**
 * Lumino's own switch: it looks for shortcuts from the pressed node upwards, until it meets this. On
 * anything but the pressed node it comes too late, since some shortcuts are for that very node.
 */
const SUPPRESS = 'data-lm-suppress-shortcuts';

/** Keys that, with Ctrl, Command or Alt, run, merge, move, fold or select cells. */
const WITH_MODIFIER = new Set([
  'Enter', 'Backspace', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'a', 'M'
]);

/**
 * In a notebook single keys change cells: "d d" deletes one, "x" cuts one, and the arrow keys never
 * reach a choice or a slider. On a page keys must do what they do on any page. JupyterLab's
 * shortcuts with a modifier (save, find, palette) stay, but for those that change cells.
 */
export function isPageKey(event: KeyboardEvent): boolean {
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  return !modified || WITH_MODIFIER.has(event.key);
}

/**
 * Let keys pressed inside a notebook be a page's keys, for as long as `on()` says so.
 *
 * `canWrite` tells the cells meant to be written in: their editor keeps all of its keys, and
 * Enter opens them. Returns what undoes it.
 */
export function pageKeys(
  notebook: Notebook,
  on: () => boolean,
  canWrite: (cell: Cell) => boolean
): () => void {
  const decide = (event: KeyboardEvent): void => {
    const target = event.target;
    if (!(target instanceof Element) || !notebook.node.contains(target)) {
      return;
    }
    const cell = notebook.widgets.find(each => each.node.contains(target));
    const writing = cell !== undefined && canWrite(cell);
    const suppress =
      on() &&
      isPageKey(event) &&
      !(writing && (event.key === 'Enter' || target.closest('.cm-editor') !== null));
    if (suppress && !target.hasAttribute(SUPPRESS)) {
      target.setAttribute(SUPPRESS, '');
      window.setTimeout(() => target.removeAttribute(SUPPRESS)); // once the key has gone through
    }
  };
  // JupyterLab listens on the document as the event goes down; the window comes before it.
  window.addEventListener('keydown', decide, true);
  return () => window.removeEventListener('keydown', decide, true);
}
