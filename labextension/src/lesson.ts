import type { ISessionContext } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { CodeButton } from './button';
import { keepClean } from './clean';
import { prepare, runCells } from './run';
import { isShippedLesson, type Shipped } from './shipped';
import { StatusLine, type State } from './status';
import { PageView } from './view';

/** How long a start may take before the page says that something is off. */
const LATE_AFTER_MS = 40_000;

/** A notebook that is a shipped lesson, from its opening to its closing. */
export class Lesson {
  constructor(panel: NotebookPanel, shipped: Shipped) {
    this._panel = panel;
    this._shipped = shipped;
    this._view = new PageView(panel.content);
    this._status = new StatusLine(() => void this._tryAgain());
    this._button = new CodeButton(() => this.toggleCode());
    panel.toolbar.insertItem(0, 'peer-drift-kit:code', this._button);
    panel.content.node.prepend(this._status.node);
    this._view.isPage = true;
    keepClean(panel.context.model, () => this._view.isPage);
    panel.disposed.connect(() => this._dispose());
  }

  get showsCode(): boolean {
    return !this._view.isPage;
  }

  toggleCode(): void {
    this._view.isPage = this.showsCode;
    this._button.pressed = this.showsCode;
  }

  /** Run the lesson, and again whenever it gets another kernel, since its widgets die with one. */
  async start(): Promise<void> {
    // JupyterLab 4.6 counts a notebook as changed when it has merely loaded it.
    this._panel.context.model.dirty = false;
    let ready = false; // until then a kernel that comes is the first one
    this._session.kernelChanged.connect((_, { newValue }) => {
      if (newValue && ready) {
        void this._run();
      }
    });
    this._session.statusChanged.connect((_, status) => {
      // It died by itself. Running right away could kill it again and again.
      if (status === 'autorestarting' || status === 'dead') {
        this._show('failed', ++this._turn);
      }
    });
    void this._session.ready.then(() => {
      ready = true;
    });
    await this._run();
  }

  private async _run(): Promise<void> {
    const turn = this._begin();
    try {
      await prepare(this._session);
      // A later turn has taken over, or the content has changed while the kernel was starting.
      if (turn !== this._turn || !isShippedLesson(this._panel.context.model, this._shipped)) {
        this._show('ready', turn);
        return;
      }
      const ran = await runCells(this._panel.content, this._session);
      this._show(ran ? 'ready' : 'failed', turn);
    } catch (error) {
      console.warn('Peer Drift Kit: this lesson did not start.', error);
      this._show('failed', turn);
    }
  }

  private async _tryAgain(): Promise<void> {
    const turn = this._begin();
    try {
      // Another kernel, not the same one started anew: where a kernel has just come when it is
      // told to restart, jupyter_server may pass on nothing to it for a minute.
      const name = this._session.prevKernelName || (this._session.kernelPreference.name ?? '');
      await this._session.changeKernel({ name });
      // A kernel that came before the first one was ready has started no run of its own.
      if (turn === this._turn) {
        await this._run();
      }
    } catch (error) {
      console.warn('Peer Drift Kit: no kernel could be started.', error);
      this._show('failed', turn);
    }
  }

  /** Say that the page is starting. Whatever an earlier turn still has to say is void. */
  private _begin(): number {
    const turn = ++this._turn;
    this._show('starting', turn);
    this._timer = window.setTimeout(() => this._show('late', turn), LATE_AFTER_MS);
    return turn;
  }

  private _show(state: State, turn: number): void {
    if (turn !== this._turn) {
      return;
    }
    window.clearTimeout(this._timer);
    this._status.show(state);
  }

  private _dispose(): void {
    this._turn++;
    window.clearTimeout(this._timer);
    this._view.dispose();
  }

  private get _session(): ISessionContext {
    return this._panel.sessionContext;
  }

  private readonly _panel: NotebookPanel;
  private readonly _shipped: Shipped;
  private readonly _view: PageView;
  private readonly _status: StatusLine;
  private readonly _button: CodeButton;
  private _turn = 0;
  private _timer = 0;
}
