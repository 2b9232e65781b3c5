import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { Lesson } from './lesson';
import { fetchShipped, isShippedLesson } from './shipped';

const TOGGLE_CODE = 'peer-drift-kit:toggle-code';

/** Turns a shipped lesson into a page: hides its code and runs it. Leaves other notebooks alone. */
const plugin: JupyterFrontEndPlugin<void> = {
  id: 'peer-drift-kit:lessons',
  description: 'Shows the lessons of the Peer Drift Kit as pages.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    palette: ICommandPalette | null
  ): void => {
    // Asked for at once, so that it is there before the first notebook is.
    const shippedList = fetchShipped();
    const lessons = new WeakMap<NotebookPanel, Lesson>();
    // A second view of a notebook shares its outputs, so that running it again would empty both.
    const started = new WeakSet<object>();

    const open = async (panel: NotebookPanel): Promise<void> => {
      const [shipped] = await Promise.all([shippedList, panel.context.ready]);
      if (panel.isDisposed || !isShippedLesson(panel.context.model, shipped)) {
        return;
      }
      const lesson = new Lesson(panel, shipped);
      lessons.set(panel, lesson);
      app.commands.notifyCommandChanged(TOGGLE_CODE);
      if (!started.has(panel.context)) {
        started.add(panel.context);
        await lesson.start();
      }
    };

    const current = (): Lesson | undefined =>
      tracker.currentWidget ? lessons.get(tracker.currentWidget) : undefined;
    app.commands.addCommand(TOGGLE_CODE, {
      label: () => (current()?.showsCode ? 'Hide the code' : 'Show the code'),
      isEnabled: () => current() !== undefined,
      isVisible: () => current() !== undefined,
      execute: () => current()?.toggleCode()
    });
    palette?.addItem({ command: TOGGLE_CODE, category: 'Peer Drift Kit' });
    tracker.currentChanged.connect(() => app.commands.notifyCommandChanged(TOGGLE_CODE));

    // The tracker tells of those restored from an earlier visit as well.
    tracker.widgetAdded.connect((_, panel) => void open(panel));
    tracker.forEach(panel => void open(panel));
  }
};

export default plugin;
