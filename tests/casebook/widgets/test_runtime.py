from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import anywidget
import pytest
import traitlets

import casebook
from casebook.widgets import runtime
from casebook.widgets.bundle import bundled
from casebook.widgets.notice import NoticePanel
from casebook.widgets.runtime import browser_side, shared_runtime

EXTENSION = Path(casebook.__file__).parent / "labextension/static/remoteEntry.js"
BROWSER = Path(casebook.__file__).parent / "browser"


@pytest.fixture
def sources() -> dict[str, str]:
    return browser_side()[0]


def test_a_kernel_has_one_runtime():
    assert shared_runtime() is shared_runtime()


def test_every_panel_refers_to_it():
    one, other = NoticePanel(["a"]), NoticePanel(["b"])
    assert one.runtime == other.runtime == f"IPY_MODEL_{shared_runtime().model_id}"


def test_a_panel_needs_no_other_model_to_be_made_on_the_page():
    panel = NoticePanel(["a"])
    assert "layout" not in panel.keys
    assert {name for name, value in panel.get_state().items() if "IPY_MODEL_" in str(value)} == {"runtime"}
    assert isinstance(NoticePanel.runtime, traitlets.Unicode)  # plain text to the page, which looks for it later


def test_every_file_of_the_browser_side_is_sent(sources: dict[str, str]):
    assert sources == {path.name: path.read_text(encoding="utf-8") for path in BROWSER.glob("*.js")}
    assert browser_side()[1] == (BROWSER / "style.css").read_text(encoding="utf-8")


def test_it_is_sent_packed_and_the_same_each_time():
    sources, style = browser_side()
    packed = shared_runtime().packed
    assert json.loads(gzip.decompress(packed)) == {"code": bundled(sources), "style": style}
    assert shared_runtime.__wrapped__().packed == packed
    assert len(packed) < sum(map(len, sources.values())) / 2


def test_a_file_imports_only_what_was_sent_before_it(sources: dict[str, str]):
    sent: set[str] = set()
    for name, source in sources.items():
        assert set(re.findall(r'from "\./([\w.]+)"', source)) <= sent, name
        sent.add(name)


def test_every_import_is_one_that_the_loader_finds(sources: dict[str, str]):
    for name, source in sources.items():
        imports = re.findall(r"^(?:import|export)\b[^;]*?\bfrom\b.*$", source, flags=re.MULTILINE)
        assert all(re.search(r'from "\./[\w.]+";$', line) for line in imports), name
        assert not re.search(r"\bimport\(|^import [\"']", source, flags=re.MULTILINE), name


def test_all_modules_become_one_function_body(sources: dict[str, str]):
    body = bundled(sources)
    assert not re.search(r"^(?:import|export)\b", body, flags=re.MULTILINE)
    for name, source in sources.items():
        exported = re.findall(r"^export (?:async )?\w+ (\w+)", source, flags=re.MULTILINE)
        assert len(exported) == len(re.findall(r"^export\b", source, flags=re.MULTILINE)), name
        assert f"\nreturn {{ {', '.join(exported)} }};" in body, name


def test_panels_ask_for_a_version_that_only_our_extension_has_and_else_for_anywidgets_own():
    panel = NoticePanel(["a"])
    assert panel._model_module == panel._view_module == "anywidget"
    assert panel._model_module_version == panel._view_module_version == runtime.VERSIONS
    assert shared_runtime()._model_module_version == runtime.VERSIONS
    ours = re.search(r'const PANELS = "([^"]+)";', EXTENSION.read_text(encoding="utf-8"))
    assert ours
    assert f"<={ours[1]}" == runtime.VERSIONS
    # A version before it with the same beginning: anywidget's own satisfies the range, and a pre-release is higher.
    assert re.fullmatch(r"0\.11\.\d", anywidget.__version__)


def test_what_stands_for_a_panel_that_cannot_be_drawn_is_the_same_everywhere():
    words = re.search(r"const UNDRAWN =\s+((?:\"[^\"]*\"[\s+]*)+);", EXTENSION.read_text(encoding="utf-8"))
    assert words
    assert "".join(re.findall(r'"([^"]*)"', words[1])) == runtime.UNDRAWN
    assert runtime.UNDRAWN in NoticePanel(["a"])._esm


def test_nothing_is_loaded_from_elsewhere(sources: dict[str, str]):
    svg = "http://www.w3.org/2000/svg"  # the name of a kind of element, and no address
    for name, source in {**sources, "style.css": browser_side()[1], "the stub": runtime._STUB}.items():
        assert not re.search(r"https?://|@import|url\(|[\"']//", source.replace(svg, "")), name


def test_the_version_follows_every_word_of_the_browser_side(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    folder = tmp_path / "browser"
    folder.mkdir()
    for path in BROWSER.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(runtime.resources, "files", lambda _package: tmp_path)
    versions = {shared_runtime().version, shared_runtime.__wrapped__().version}
    assert len(versions) == 1
    for path in folder.iterdir():
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        versions.add(shared_runtime.__wrapped__().version)
    assert len(versions) == 1 + len(list(folder.iterdir()))


def test_a_notice_says_what_it_is_told():
    panel = NoticePanel(["One.", "Two."], alarm=True)
    assert panel.view == {"type": "notice", "messages": ["One.", "Two."], "alarm": True}
    assert NoticePanel([]).view["alarm"] is False


def test_a_panel_has_forms_for_those_who_run_nothing():
    data, _ = NoticePanel(["One.", "<b>"])._repr_mimebundle_()
    assert data["text/html"] == '<div class="casebook-static"><p>One.</p><p>&lt;b&gt;</p></div>'
    assert data["text/plain"] == "One.\n<b>"


def test_a_panel_is_still_a_widget_for_those_who_can_show_one():
    data, _ = NoticePanel(["One."])._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
