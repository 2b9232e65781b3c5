import type { INotebookModel } from '@jupyterlab/notebook';

/** What a person can change in a notebook: its cells and their text, without outputs. */
function written(model: INotebookModel): string {
  return JSON.stringify(
    Array.from(model.cells).map(cell => [cell.id, cell.type, cell.sharedModel.getSource()])
  );
}

/**
 * Keep a page that only ran from counting as changed, while `on()` says so.
 *
 * Its outputs are widgets that are dead at the next opening. Saving them would ask the learner a
 * question at closing, and put copies of what is on the page into the file.
 */
export function keepClean(model: INotebookModel, on: () => boolean): void {
  const opened = written(model);
  model.stateChanged.connect((_, { name, newValue }) => {
    if (name === 'dirty' && newValue === true && on() && written(model) === opened) {
      model.dirty = false;
    }
  });
}
