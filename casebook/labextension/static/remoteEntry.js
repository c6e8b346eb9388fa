// Opens the course's notebooks ready to use, in JupyterLab 4 and Notebook 7.
//
// A federated module by hand: plain JavaScript, no bundler. It acts only on notebooks that carry the
// course's metadata. What it runs by itself is only what is exactly one of the course's own one-line
// calls, in the course's own kernel (which does not import from the notebook's folder). A page with
// anything else in it waits behind one visible Start button. Jupyter's own trust is not enough here:
// it is about stored output, and saving a page that was never run can bestow it.

(() => {
  const NAME = "casebook";
  const KERNEL = "casebook";
  const CALL = /^import casebook; casebook\.(handing_in|item|modules|opening|practice|scenario)\(("[a-z0-9-]+"(, "[a-z0-9-]+")?)?\)$/;
  const NARROW = 768; // px; below it JupyterLab's side bar would leave no room for the page
  const GUARD = "data-lm-suppress-shortcuts";
  const APART = { tags: ["raises-exception"] }; // a cell that fails takes none of those behind it along

  let scope;

  /** A module that JupyterLab shares with its extensions, in the newest version there is. */
  async function shared(name) {
    const versions = scope[name];
    const newest = Object.keys(versions).sort((a, b) => a.localeCompare(b, undefined, { numeric: true })).at(-1);
    return (await versions[newest].get())();
  }

  const isCourse = (panel) => Boolean(panel.context.model.getMetadata(NAME)?.module);
  const codeCells = (panel) => panel.content.widgets.filter((cell) => cell.model.type === "code");
  const source = (cell) => cell.model.sharedModel.getSource().trim();

  /** Whether every cell may run before the trainee has said so. */
  function isOurs(panel) {
    const kernel = panel.sessionContext.session?.kernel?.name;
    return kernel === KERNEL && codeCells(panel).every((cell) => CALL.test(source(cell)));
  }

  /** Runs every cell, without moving the page, the focus or the selection. */
  async function runAll(panel, CodeCell) {
    await panel.sessionContext.ready;
    await panel.sessionContext.session?.kernel?.info;
    delete panel.node.dataset.casebookReady;
    const cells = codeCells(panel);
    // All at once: the kernel does them in this order, and waits for no answer of the page in between.
    await Promise.all(cells.map((cell) => CodeCell.execute(cell, panel.sessionContext, APART).catch(() => undefined)));
    panel.node.dataset.casebookReady = String(cells.length);
  }

  function askToStart(panel, start, Widget) {
    const bar = new Widget();
    bar.addClass("casebook-start");
    const words = document.createElement("p");
    words.textContent = "This page comes from somebody else and has not been opened here before. Start it if you trust it.";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Start";
    button.addEventListener("click", () => {
      bar.dispose();
      start();
    });
    bar.node.append(words, button);
    panel.contentHeader.addWidget(bar);
  }

  /** Keys typed on this page never reach JupyterLab's one-key commands (insert, cut, run …). */
  function guardKeys(panel) {
    panel.node.addEventListener("focusin", (event) => event.target.setAttribute?.(GUARD, "true"));
    panel.node.addEventListener("keydown", (event) => {
      // With Lab's commands off, Ctrl+S would open the browser's own dialog. Answers are saved already.
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") event.preventDefault();
    });
  }

  /** Answers are kept in a file of their own: there is nothing in the notebook to save, or to ask about. */
  function neverDirty(panel) {
    const { model } = panel.context;
    const clean = () => {
      if (model.dirty) model.dirty = false;
    };
    model.stateChanged.connect(clean);
    clean();
  }

  function onRestart(panel, again) {
    let restarted = false;
    panel.sessionContext.statusChanged.connect((_, status) => {
      if (/restarting/.test(status) || status === "dead") restarted = true;
      else if (restarted && status === "idle") {
        restarted = false;
        again();
      }
    });
  }

  async function open(panel, { CodeCell, Widget, shell }) {
    await panel.context.ready;
    if (!isCourse(panel)) return;
    panel.addClass("casebook-page");
    if (window.innerWidth < NARROW) shell.collapseLeft?.();

    guardKeys(panel);
    neverDirty(panel);
    let running;
    const start = () => (running = Promise.resolve(running).then(() => runAll(panel, CodeCell)));
    const again = () => running && !panel.isDisposed && start();
    await panel.sessionContext.ready;
    onRestart(panel, again);
    const lost = () => panel.isVisible && again();
    document.addEventListener("casebook:lost", lost);
    panel.disposed.connect(() => document.removeEventListener("casebook:lost", lost));
    if (isOurs(panel)) start();
    else askToStart(panel, start, Widget);
  }

  const STYLE = `
    .casebook-page .jp-CodeCell .jp-Cell-inputWrapper,
    .casebook-page .jp-InputPrompt, .casebook-page .jp-OutputPrompt, .casebook-page .jp-OutputArea-promptOverlay,
    .casebook-page .jp-cell-toolbar, .casebook-page .jp-Notebook-footer, .casebook-page .jp-Collapser,
    .casebook-page > .jp-Toolbar, .casebook-page .jp-NotebookPanel-toolbar { display: none !important; }
    .casebook-page .jp-Notebook .jp-Notebook-cell { max-width: 48rem; margin: 0 auto; }
    .casebook-page .jp-Notebook .jp-Notebook-cell:not(:focus-visible) { box-shadow: none !important; }
    .casebook-page .jp-MarkdownOutput { border-color: transparent !important; }
    .casebook-page .jp-OutputArea-output { overflow: visible; padding: 0 4px; }
    .casebook-page .jp-MarkdownOutput { padding-left: 4px; }
    .casebook-page .jp-MarkdownOutput table { margin-left: 0; }
    @media (max-width: 480px) {
      .casebook-page .jp-Notebook { --jp-notebook-padding: 4px; --jp-cell-padding: 2px; }
    }
    .casebook-start { padding: 1rem; min-height: 6rem; background: var(--jp-layout-color2); color: var(--jp-ui-font-color1); }
    .casebook-start button { font: inherit; padding: 0.5em 1.5em; min-height: 2.5em; }`;

  async function plugin() {
    const names = ["@jupyterlab/notebook", "@jupyterlab/cells", "@lumino/widgets"];
    const [{ INotebookTracker }, { CodeCell }, { Widget }] = await Promise.all(names.map(shared));
    return {
      id: "casebook:course",
      description: "Opens the course's notebooks ready to use.",
      autoStart: true,
      requires: [INotebookTracker],
      activate: (app, tracker) => {
        const parts = { CodeCell, Widget, shell: app.shell };
        const style = document.createElement("style");
        style.textContent = STYLE;
        document.head.append(style);
        // Links of panels to other pages of the course open here, not in a browser tab of their own.
        document.addEventListener("casebook:open", (event) => {
          event.preventDefault();
          app.commands.execute("docmanager:open", { path: event.detail.path });
        });
        tracker.forEach((panel) => open(panel, parts));
        tracker.widgetAdded.connect((_, panel) => open(panel, parts));
      },
    };
  }

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB[NAME] = {
    init: (given) => {
      scope = given;
    },
    get: async () => {
      const made = { __esModule: true, default: await plugin() };
      return () => made;
    },
  };
})();
