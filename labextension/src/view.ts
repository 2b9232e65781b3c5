import { MarkdownCell, type Cell } from '@jupyterlab/cells';
import type { Notebook } from '@jupyterlab/notebook';
import { pageKeys } from './keys';

/** On the notebook's node, for as long as it is shown as a page. */
const PAGE_CLASS = 'pdk-mod-page';

/** An exercise's answer cell, as nbgrader marks it: the one text on a page meant to be changed. */
function canWrite(cell: Cell): boolean {
  const nbgrader: unknown = cell.model.getMetadata('nbgrader');
  return (
    cell instanceof MarkdownCell &&
    typeof nbgrader === 'object' &&
    nbgrader !== null &&
    (nbgrader as { solution?: unknown }).solution === true
  );
}

/** Shows a notebook as a page to read, or as the notebook it is. Nothing of it is ever saved. */
export class PageView {
  constructor(notebook: Notebook) {
    this._notebook = notebook;
    this._releaseKeys = pageKeys(notebook, () => this.isPage, canWrite);
  }

  get isPage(): boolean {
    return this._notebook.hasClass(PAGE_CLASS);
  }

  set isPage(value: boolean) {
    this._notebook.toggleClass(PAGE_CLASS, value);
    // The toolbar is outside of the notebook's node.
    this._notebook.parent?.toggleClass(PAGE_CLASS, value);
    for (const cell of this._notebook.widgets) {
      if (value && !canWrite(cell)) {
        // Not synchronised: "editable" would be written into the notebook's file.
        cell.syncEditable = false;
        cell.readOnly = true;
        if (cell instanceof MarkdownCell) {
          cell.showEditorForReadOnly = false;
        }
      } else {
        if (cell instanceof MarkdownCell) {
          cell.showEditorForReadOnly =
            this._notebook.notebookConfig.showEditorForReadOnlyMarkdown ?? true;
        }
        cell.syncEditable = true; // reads it back from the file's own metadata
      }
    }
  }

  dispose(): void {
    this._releaseKeys();
  }

  private readonly _notebook: Notebook;
  private readonly _releaseKeys: () => void;
}
