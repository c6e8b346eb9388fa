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
  const WIDGETS = "@jupyter-widgets/base";
  const CALL = /^import casebook; casebook\.(aids?|another|certificate|handing_in|item|modules|opening|partners|practice|refresh|review|scenario|slot)\(("[a-z0-9-]+"(, "[a-z0-9-]+")?)?\)$/;
  const NARROW = 768; // px; below it JupyterLab's side bar would leave no room for the page
  const GUARD = "data-lm-suppress-shortcuts";
  const FEEDBACK = /^((?:.*\/)?)[^/]+\/(?:feedback|self-graded)\/[^/]+\/[^/]+\.html$/; // and where the course lies
  const LESSON = /^[a-z0-9-]+\.ipynb$/;
  const CELL = /^[a-z0-9-]*$/;
  const APART = { tags: ["raises-exception"] }; // a cell that fails takes none of those behind it along

  // The version of anywidget that panels like best, and no other widget asks for (casebook/widgets/runtime.py).
  const PANELS = "0.11.99-casebook";
  const UNDRAWN =
    "This part of the page can't be shown here. Your answers so far are safe. " +
    "Try reloading the page. If that doesn't help, tell your instructor.";

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
  async function runAll(panel, { CodeCell, Widget }) {
    await panel.sessionContext.ready;
    delete panel.node.dataset.casebookReady;
    const cells = codeCells(panel);
    if (panel.context.model.getMetadata(NAME).role !== "start") keepInSight(panel, Widget);
    // All at once: the kernel does them in this order, and waits for no answer of the page in between.
    await Promise.all(cells.map((cell) => CodeCell.execute(cell, panel.sessionContext, APART).catch(() => undefined)));
    panel.node.dataset.casebookReady = String(cells.length);
  }

  /** Moves the page's line of progress, as soon as it is drawn, to where it does not scroll away. */
  function keepInSight(panel, Widget) {
    const { node } = panel.content;
    const watch = new MutationObserver(() => {
      const line = node.querySelector(".casebook-progress");
      if (!line) return;
      watch.disconnect();
      for (const old of [...panel.contentHeader.widgets]) old.dispose();
      const bar = new Widget();
      bar.addClass("casebook-header");
      bar.node.append(line);
      panel.contentHeader.addWidget(bar);
    });
    watch.observe(node, { childList: true, subtree: true });
    panel.disposed.connect(() => watch.disconnect());
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

  /**
   * Prints what the page shows. JupyterLab itself would print the file, in which there are no answers and no
   * pictures of the panels, only the calls.
   */
  function printPage(panel) {
    const frame = document.createElement("iframe");
    frame.className = "casebook-print";
    document.querySelectorAll("iframe.casebook-print").forEach((old) => old.remove());
    document.body.append(frame);
    const paper = frame.contentDocument;
    const style = paper.createElement("style");
    const panels = [...document.querySelectorAll("style[data-casebook]")].map((one) => one.textContent);
    style.textContent = [...panels, PRINT_STYLE].join("\n");
    paper.title = panel.title.label;
    paper.documentElement.lang = document.documentElement.lang || "en";
    paper.head.append(style);
    const shown = panel.node.querySelectorAll(".jp-MarkdownOutput, .casebook");
    paper.body.append(...[...shown].map((part) => forPaper(part)));
    frame.contentWindow.addEventListener("afterprint", () => frame.remove());
    frame.contentWindow.print();
  }

  /** A copy of a part of the page in which everything can be read at once. */
  function forPaper(part) {
    const copy = part.cloneNode(true);
    copy.querySelectorAll("details").forEach((one) => (one.open = true));
    copy.querySelectorAll(".jp-InternalAnchorLink").forEach((one) => one.remove());
    copy.querySelectorAll("input").forEach((one) => one.toggleAttribute("checked", one.checked));
    for (const area of copy.querySelectorAll("textarea")) {
      const words = area.ownerDocument.createElement("p");
      words.className = "casebook-written";
      words.textContent = area.value;
      area.replaceWith(words);
    }
    return copy;
  }

  /** Keys typed on this page never reach JupyterLab's one-key commands (insert, cut, run …). */
  function guardKeys(panel) {
    panel.node.addEventListener("focusin", (event) => event.target.setAttribute?.(GUARD, "true"));
    panel.node.addEventListener("keydown", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      const key = event.key.toLowerCase();
      // With Lab's commands off, Ctrl+S would open the browser's own dialog. Answers are saved already.
      if (key === "s" || key === "p") event.preventDefault();
      if (key === "p") {
        event.stopPropagation();
        printPage(panel);
      }
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

  /**
   * Sees to a kernel that can answer: the one there was, or a new one where the server lost it (it was
   * started anew itself). Whether there is one; nothing is shown or thrown where the server is away.
   */
  async function revive(context) {
    const { sessionManager } = context;
    try {
      if (!(await fetch(`${sessionManager.serverSettings.baseUrl}api`)).ok) return false;
      // What the server does not know any more is given up by the page, too.
      await sessionManager.refreshRunning();
      if (!(await isReached(context.session?.kernel)))
        await context.changeKernel({ name: context.prevKernelName || KERNEL });
    } catch {
      return false;
    }
    return true;
  }

  /** Whether a kernel lives and the page is connected to it, if need be anew. */
  function isReached(kernel) {
    if (!kernel || kernel.isDisposed || kernel.status === "dead") return false;
    if (kernel.connectionStatus === "connected") return true;
    return kernel.reconnect().then(
      () => true,
      () => false,
    );
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

  async function open(panel, parts) {
    const { Widget, Printing, shell } = parts;
    await panel.context.ready;
    if (!isCourse(panel)) return;
    panel.addClass("casebook-page");
    if (window.innerWidth < NARROW) shell.collapseLeft?.();

    panel.toolbar.hide();
    panel[Printing.symbol] = () => () => printPage(panel);
    guardKeys(panel);
    neverDirty(panel);
    seeToErrors(panel, parts.tracker);
    let running;
    const start = (before = running) => (running = Promise.resolve(before).then(() => runAll(panel, parts)));
    const again = (before) => running && !panel.isDisposed && start(before);
    await panel.sessionContext.ready;
    // What the kernel before this one was asked may never be answered: nothing waits for it.
    onRestart(panel, () => again(null));
    const lost = async () => {
      if (panel.isVisible && running && (await revive(panel.sessionContext))) again();
    };
    document.addEventListener("casebook:lost", lost);
    panel.disposed.connect(() => document.removeEventListener("casebook:lost", lost));
    // A check that is tried again: its pages show other questions, or the same without answers.
    const anew = () => panel.isVisible && again();
    document.addEventListener("casebook:anew", anew);
    panel.disposed.connect(() => document.removeEventListener("casebook:anew", anew));
    if (isOurs(panel)) start();
    else askToStart(panel, start, Widget);
  }

  /** Opens a page of the course; `cell` is the id of the cell to come to, where there is one. */
  async function openAt(app, { path, cell }) {
    const page = await app.commands.execute("docmanager:open", { path });
    if (!cell || !page?.context) return;
    await page.context.ready;
    await page.revealed;
    const place = page.content.widgets.findIndex((one) => one.model.id === cell);
    if (place < 0) return;
    await page.content.scrollToItem(place, "start");
    page.content.activeCellIndex = place;
    page.content.widgets[place].node.scrollIntoView({ block: "start" });
  }

  /**
   * A feedback page says in words where a lesson teaches something, for in most places a link would lead nowhere. Here
   * the words become a link, if the lesson is there. The page's own frame runs nothing and goes nowhere.
   */
  async function linkLessons(app, panel) {
    await panel.context.ready;
    const course = FEEDBACK.exec(panel.context.path)?.[1];
    if (course === undefined) return;
    const { contents } = app.serviceManager;
    const isThere = (path) => contents.get(path, { content: false }).then(() => true, () => false);
    const dress = async (paper) => {
      if (!paper?.head?.querySelector("style")) return;
      paper.documentElement.lang ||= "en"; // the viewer leaves it out
      const places = [...paper.querySelectorAll("[data-casebook-page]")].filter(isPlace);
      const lessons = [...new Set(places.map((place) => place.dataset.casebookPage))];
      const found = await Promise.all(lessons.map((lesson) => isThere(course + lesson)));
      const known = new Set(lessons.filter((_, n) => found[n]));
      for (const place of places) if (known.has(place.dataset.casebookPage)) link(place, course, app);
    };
    const frame = panel.content.node.querySelector("iframe");
    frame?.addEventListener("load", () => dress(frame.contentDocument));
  }

  const isPlace = ({ dataset }) => LESSON.test(dataset.casebookPage) && CELL.test(dataset.casebookCell);

  function link(place, course, app) {
    const { casebookPage, casebookCell: cell } = place.dataset;
    const path = course + casebookPage;
    const made = place.ownerDocument.createElement("a");
    made.href = `${app.serviceManager.serverSettings.baseUrl}lab/tree/${path.split("/").map(encodeURIComponent).join("/")}`;
    made.append(...place.childNodes);
    made.addEventListener("click", (event) => {
      event.preventDefault();
      openAt(app, { path, cell });
    });
    place.append(made);
  }

  /**
   * What shows panels here. anywidget would import each one's script from a `blob:` address, which an agency's proxy may
   * forbid. JupyterLab itself makes functions of text, so that is allowed wherever this runs. Where even so a panel can't
   * be drawn, its static form and a sentence take its place.
   */
  function panelModule({ DOMWidgetModel, DOMWidgetView }, tracker) {
    class AnyView extends DOMWidgetView {
      render() {
        // JupyterLab waits for this before it puts the view on the page: whatever comes later, the place is there.
        this.left = this.draw();
      }

      async draw() {
        const undrawn = (error) => this.instead(error);
        try {
          const stub = new Function(this.model.get("_esm").replace(/export default\s*\{/, "return {"))();
          return await stub.render({ model: this.model, el: this.el, undrawn });
        } catch (error) {
          return undrawn(error);
        }
      }

      async instead(error) {
        console.error(error);
        await this.displayed;
        return instead(this.el, tracker);
      }

      remove() {
        this.left.then((leave) => leave?.());
        super.remove();
      }
    }
    return { AnyModel: DOMWidgetModel, AnyView };
  }

  /** Says in `el` that its panel can't be drawn, with the panel's static form. */
  async function instead(el, tracker) {
    const words = document.createElement("p");
    words.textContent = UNDRAWN;
    el.classList.add("casebook", "casebook-undrawn");
    el.replaceChildren(words);
    const form = await staticForm(el, tracker);
    if (form && words.isConnected) el.append(form);
  }

  /** Where JupyterLab itself could not show a widget, it leaves these words of its own. */
  function seeToErrors(panel, tracker) {
    const look = () => {
      if (!panel.node.dataset.casebookReady) return; // what is left over from before is about to be replaced
      for (const place of panel.content.node.querySelectorAll(".jp-OutputArea-output.jupyter-widgets"))
        if (place.textContent.startsWith("Error displaying widget")) instead(place, tracker);
    };
    const watch = new MutationObserver(look);
    watch.observe(panel.node, { childList: true, subtree: true, attributeFilter: ["data-casebook-ready"] });
    panel.disposed.connect(() => watch.disconnect());
  }

  /** The static form of the output in which `el` stands, as JupyterLab draws it; nothing where there is none. */
  async function staticForm(el, tracker) {
    const panel = tracker.find((one) => one.node.contains(el));
    const cell = panel && codeCells(panel).find((one) => one.node.contains(el));
    const outputs = cell?.model.outputs;
    for (let n = 0; n < (outputs?.length ?? 0); n++) {
      if (!outputs.get(n).data["text/html"]) continue;
      const form = panel.content.rendermime.createRenderer("text/html");
      await form.renderModel(outputs.get(n));
      return form.node;
    }
    return null;
  }

  const STYLE = `
    .casebook.casebook-undrawn { padding: 0.75rem 1rem; border: 2px solid var(--jp-error-color1); border-radius: 6px; max-width: 47rem; color: var(--jp-ui-font-color1); }
    .casebook-undrawn > p { font-weight: 600; margin: 0 0 0.5em; }
    .casebook-undrawn ul { list-style: none; padding: 0; }
    .casebook-page .jp-CodeCell .jp-Cell-inputWrapper,
    .casebook-page .jp-InputPrompt, .casebook-page .jp-OutputPrompt, .casebook-page .jp-OutputArea-promptOverlay,
    .casebook-page .jp-cell-toolbar, .casebook-page .jp-Notebook-footer, .casebook-page .jp-Collapser,
    .casebook-page > .jp-Toolbar, .casebook-page .jp-NotebookPanel-toolbar { display: none !important; }
    .casebook-page .jp-Notebook .jp-Notebook-cell { max-width: 48rem; margin: 0 auto; }
    .casebook-page .jp-Notebook .jp-Notebook-cell:not(:focus-visible) { box-shadow: none !important; }
    .casebook-page .jp-MarkdownOutput { border-color: transparent !important; }
    .casebook-page .jp-OutputArea-output { overflow: visible; padding: 0 4px; }
    .casebook-page .jp-MarkdownOutput { padding-left: 4px; }
    .casebook-page .jp-MarkdownOutput p a { text-decoration: underline; }
    .casebook-page .jp-MarkdownOutput table { margin-left: 0; }
    @media (max-width: 480px) {
      .casebook-page .jp-Notebook { --jp-notebook-padding: 4px; --jp-cell-padding: 2px; }
    }
    .casebook-page .casebook-header { min-height: 2.8rem; padding: 3px 16px; background: var(--jp-layout-color1); border-bottom: 1px solid var(--jp-border-color2); }
    .casebook-header .casebook-progress { max-width: 47rem; margin: 0 auto; flex-wrap: nowrap; }
    iframe.casebook-print { position: fixed; left: -200vw; width: 48rem; height: 60rem; border: 0; }
    .casebook-start { padding: 1rem; min-height: 6rem; background: var(--jp-layout-color2); color: var(--jp-ui-font-color1); }
    .casebook-start button { font: inherit; padding: 0.5em 1.5em; min-height: 2.5em; }`;

  // Black on white, whatever the theme; a panel begins on a new page rather than break early.
  const PRINT_STYLE = `
    body { font: 11pt/1.5 system-ui, sans-serif; color: #000; background: #fff; max-width: 48rem; margin: 0 auto; }
    h1, h2, h3, h4, h5 { line-height: 1.25; break-after: avoid; }
    table { border-collapse: collapse; } td, th { border: 1px solid #777; padding: 0.3em 0.5em; text-align: left; vertical-align: top; }
    .casebook { --cb-ink: #000; --cb-paper: #fff; --cb-tint: #f3f3f3; --cb-line: #777; --cb-strong: #123e68; --cb-on-strong: #fff; max-width: none; }
    .casebook-written { white-space: pre-wrap; border: 1px solid #777; padding: 0.5em; min-height: 6em; }`;

  async function plugin() {
    const names = ["@jupyterlab/notebook", "@jupyterlab/cells", "@lumino/widgets", "@jupyterlab/apputils"];
    const [{ INotebookTracker }, { CodeCell }, { Widget }, { Printing }] = await Promise.all(names.map(shared));
    // Where widgets are switched off, JupyterLab shows each panel's static form by itself.
    const widgets = scope[WIDGETS] ? await shared(WIDGETS) : null;
    return {
      id: "casebook:course",
      description: "Opens the course's notebooks ready to use.",
      autoStart: true,
      requires: [INotebookTracker],
      optional: widgets ? [widgets.IJupyterWidgetRegistry] : [],
      activate: (app, tracker, registry) => {
        registry?.registerWidget({ name: "anywidget", version: PANELS, exports: panelModule(widgets, tracker) });
        const parts = { CodeCell, Widget, Printing, shell: app.shell, tracker };
        const style = document.createElement("style");
        style.textContent = STYLE;
        document.head.append(style);
        // Links of panels to other pages of the course open here, not in a browser tab of their own.
        document.addEventListener("casebook:open", (event) => {
          event.preventDefault();
          openAt(app, event.detail);
        });
        app.docRegistry.addWidgetExtension("HTML Viewer", { createNew: (panel) => void linkLessons(app, panel) });
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
