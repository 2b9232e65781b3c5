import type { ISessionContext } from '@jupyterlab/apputils';
import { CodeCell } from '@jupyterlab/cells';
import type { Notebook } from '@jupyterlab/notebook';
import { isBlank } from './shipped';

/**
 * A kernel looks for modules in the notebook's own folder first (the empty entry of `sys.path`), so
 * that a file named `ipywidgets.py`, come along in the same zip as a lesson, would run in place of
 * the real one. A lesson runs without being asked to, so that door is shut before. `sys` is built
 * in: no file can take its place.
 */
const FORGET_THE_FOLDER = 'import sys; sys.path[:] = [p for p in sys.path if p]';

/** Wait for the kernel, and make it ready for a lesson. Rejects if there is none for Python. */
export async function prepare(session: ISessionContext): Promise<void> {
  await session.ready;
  const kernel = session.session?.kernel;
  if (!kernel) {
    throw new Error('there is no kernel');
  }
  if ((await kernel.info).language_info.name !== 'python') {
    throw new Error('the kernel does not speak Python');
  }
  const reply = await kernel.requestExecute({
    code: FORGET_THE_FOLDER,
    silent: true,
    store_history: false
  }).done;
  if (reply.content.status !== 'ok') {
    throw new Error('the kernel could not be prepared');
  }
}

/**
 * Run all code cells where they stand: unlike "Run All" it neither scrolls nor moves the focus.
 * The sources are read before this returns to the caller, so that what was checked is what runs.
 *
 * Resolves to whether every cell ran without an error.
 */
export async function runCells(notebook: Notebook, session: ISessionContext): Promise<boolean> {
  const cells = notebook.widgets.filter(
    (cell): cell is CodeCell =>
      cell instanceof CodeCell && !isBlank(cell.model.sharedModel.getSource())
  );
  // The tag lets the cells after a failing one run all the same; it is not written to the notebook.
  const metadata = { tags: ['raises-exception'] };
  const replies = await Promise.all(
    cells.map(cell => CodeCell.execute(cell, session, metadata))
  );
  return replies.every(reply => reply?.content.status === 'ok');
}
