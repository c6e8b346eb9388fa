"""The browser side, sent once: every panel refers to this one model for its code and style."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from functools import cache
from importlib import resources
from typing import Any

import anywidget
import traitlets

from casebook import static
from casebook.widgets.bundle import bundled

# In the order of their imports: a later file may import an earlier one.
_FILES = (
    "dom.js",
    "saving.js",
    "controls.js",
    "item.js",
    "map.js",
    "story.js",
    "exchange.js",
    "opening.js",
    "alone.js",
    "attempts.js",
    "overview.js",
    "partner_form.js",
    "partners.js",
    "refresher.js",
    "start.js",
    "panel.js",
)

VERSIONS = "<=0.11.99-casebook"
"""The versions of anywidget's browser side that can show a panel: its own, and the one in our JupyterLab extension.

Where our extension runs, its version is the highest of these, and is used: it needs no import from a ``blob:`` address.
Other widgets never ask for it, for it counts as a pre-release.
"""

_STUB = """
const evaluate = async (body) => {
  try {
    return new Function(body)();
  } catch (error) {
    if (!(error instanceof EvalError)) throw error;
    const module = new Blob([`export default (() => {${body}})();`], { type: "text/javascript" });
    return (await import(URL.createObjectURL(module))).default;
  }
};
const load = async (runtime) => {
  const plain = new Blob([runtime.get("packed")]).stream().pipeThrough(new DecompressionStream("gzip"));
  const { code, style } = JSON.parse(await new Response(plain).text());
  return { code: await evaluate(code), style };
};
// Where the kernel still runs, JupyterLab gets its models back after a new panel has come: the runtime is among them.
const find = async (manager, id) => {
  try {
    return await manager.get_model(id);
  } catch (error) {
    if (manager.restoredStatus !== false) throw error;
    await new Promise((done) => manager.restored.connect(done));
    return manager.get_model(id);
  }
};
const say = (el) => (error) => {
  console.error(error);
  el.textContent = "UNDRAWN";
};
export default {
  async render({ model, el, undrawn = say(el) }) {
    const late = setTimeout(() => undrawn(new Error("no runtime")), 20000);
    try {
      const runtime = await find(model.widget_manager, model.get("runtime").slice(10));
      const version = runtime.get("version");
      const shelf = (globalThis.casebookCode ??= {});
      // What could not be loaded is tried again with the next panel.
      shelf[version] ??= load(runtime).catch((error) => { delete shelf[version]; throw error; });
      const { code, style } = await shelf[version];
      return code.render({ model, el, style, version, undrawn });
    } catch (error) {
      undrawn(error);
    } finally {
      clearTimeout(late);
    }
  },
};
"""

UNDRAWN = (
    "This part of the page can't be shown here. Your answers so far are safe. Try "
    "reloading the page. If that doesn't help, tell your instructor."
)
"""What stands in the place of a panel that can't be drawn."""


def _lean(script: str) -> str:
    """``script`` without comments and the spaces that only people need: every panel carries it."""
    lines = (line.strip() for line in script.splitlines())
    kept = "".join(line for line in lines if line and not line.startswith("//"))
    return re.sub(r" ?([=<>,;:{}()?|&]+) ?", r"\1", kept)


class _Widget(anywidget.AnyWidget):
    """A widget that our JupyterLab extension shows, and anywidget's own browser side everywhere else."""

    _model_module_version = traitlets.Unicode(VERSIONS).tag(sync=True)
    _view_module_version = traitlets.Unicode(VERSIONS).tag(sync=True)


class Runtime(_Widget):
    """Holds the browser's code. One a kernel; it is never shown."""

    _esm = "export default {};"
    packed = traitlets.Bytes().tag(sync=True)
    """The browser's side, packed: JSON of ``code`` (:mod:`casebook.widgets.bundle`) and ``style``, in gzip."""
    version = traitlets.Unicode().tag(sync=True)
    """A hash of it: a page loads each version once."""


class Panel(_Widget):
    """What every widget of the course is on the page: one model, with its view as data."""

    _esm = _lean(_STUB).replace("UNDRAWN", UNDRAWN)
    layout = traitlets.Any()
    """Never sent: the style sheet says all that a layout could, and a model made while the page still gets back those
    of a running kernel could not wait for it (each message waits for the one before it)."""
    runtime = traitlets.Unicode().tag(sync=True)
    """The reference to the kernel's :class:`Runtime`."""
    view = traitlets.Dict().tag(sync=True)
    """What is shown (:mod:`casebook.view`)."""
    key = traitlets.Unicode().tag(sync=True)
    """Names this panel's place (folder, module, id), so that an unsaved answer finds its way back."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(runtime=f"IPY_MODEL_{shared_runtime().model_id}", **kwargs)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The widget, and its static forms for whoever cannot show widgets."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        forms = {"text/html": static.to_html(self.view), "text/plain": static.to_text(self.view)}
        return {**data, **forms}, metadata


@cache
def shared_runtime() -> Runtime:
    """The one runtime of this kernel."""
    sources, style = browser_side()
    side = json.dumps({"code": bundled(sources), "style": style}, ensure_ascii=False).encode()
    # Packed it is a third as long, and it is most of what a page waits for on a slow line.
    return Runtime(packed=gzip.compress(side, mtime=0), version=hashlib.sha256(side).hexdigest()[:16])


def browser_side() -> tuple[dict[str, str], str]:
    """The sources by their files, in the order of their imports; and the style sheet of all panels."""
    folder = resources.files("casebook") / "browser"
    sources = {name: (folder / name).read_text(encoding="utf-8") for name in _FILES}
    return sources, (folder / "style.css").read_text(encoding="utf-8")
