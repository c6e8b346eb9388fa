from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook import prose

_MARKS = ["**", "*", "_", "`", "[", "]", "(", ")", "](", "<", ">", "&", "&lt;", '"', "'", "#", "- ", "1. ", "10) "]
_BREAKS = ["\n", "\n\n", "\r\n", "\x0b", "\u2028", " ", "\x00", "\ud800"]
_ADDRESSES = ["https://a.b", "a.ipynb", "javascript:", "//evil.example/x.html", "[x](javascript:alert(1))"]
_ATTACKS = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '[x](https://a.b/"onclick="alert)']
_PIECES = st.sampled_from(_MARKS + _BREAKS + _ADDRESSES + _ATTACKS)
TEXTS = st.text() | st.lists(_PIECES | st.text(max_size=3), max_size=12).map("".join)

_TAGS = re.compile(r'</?(?:p|ul|ol|li|em|strong)>|<br>|<a href="[^"<>]*">|</a>')


class Addresses(HTMLParser):
    """The addresses of all links; no tag but a link has an attribute."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert [name for name, _ in attrs] == (["href"] if tag == "a" else [])
        self.found += [address or "" for _, address in attrs]


@given(TEXTS)
def test_no_markup_reaches_a_page_but_the_courses_own(source: str):
    for html in (prose.to_html(source), prose.inline_html(prose.parse(source))):
        assert not re.search("[<>]", _TAGS.sub("", html))


@given(TEXTS)
def test_a_link_leads_to_the_web_or_to_a_file_of_the_course(source: str):
    for address in Addresses(prose.to_html(source)).found:
        assert urlsplit(address).scheme in ("", "http", "https")


@given(TEXTS)
def test_any_text_can_be_told_in_plain_words(source: str):
    assert isinstance(prose.to_text(source), str)


@given(st.lists(st.text("abc .,'?!", min_size=1).filter(str.strip), max_size=4))
def test_plain_words_stay_what_they_are(paragraphs: list[str]):
    assert prose.to_text("\n\n".join(paragraphs)) == "\n\n".join(words.strip() for words in paragraphs)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("", ""),
        (" \n \n ", ""),
        ("Words.", "<p>Words.</p>"),
        ("  One\n  line.  ", "<p>One line.</p>"),
        ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("One.\n \t\n\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("Go *now*, **all** of you", "<p>Go <em>now</em>, <strong>all</strong> of you</p>"),
        ("*all*", "<p><em>all</em></p>"),
        ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
        ("1. one\n2. two", "<ol><li>one</li><li>two</li></ol>"),
        ("- one\n  goes on\n- **two**", "<ul><li>one goes on</li><li><strong>two</strong></li></ul>"),
        ("10. ten", "<ol><li>ten</li></ol>"),
        ("2026. A year", "<p>2026. A year</p>"),
        ("-5 degrees", "<p>-5 degrees</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("**<b>**", "<p><strong>&lt;b&gt;</strong></p>"),
        ("[the *site*](https://a.b/c?d=1&e=2)", '<p><a href="https://a.b/c?d=1&amp;e=2">the *site*</a></p>'),
        ("[next](02-next.ipynb#part)", '<p><a href="02-next.ipynb#part">next</a></p>'),
        ("[up](../aids/card.pdf)", '<p><a href="../aids/card.pdf">up</a></p>'),
        ("[here](#here)", '<p><a href="#here">here</a></p>'),
        ("[x](javascript:alert)", "<p>x</p>"),
        ("[x](x:a.html)", "<p>x</p>"),
        ("[x](data:text/html,y)", "<p>x</p>"),
        ("[x](JAVASCRIPT:https://a.b)", "<p>x</p>"),
        ("[x](run.exe)", "<p>x</p>"),
        ("[x](https://a.b", "<p>[x](https://a.b</p>"),
        ("** not strong", "<p>** not strong</p>"),
    ],
)
def test_prose_is_shown_as_written(source: str, html: str):
    assert prose.to_html(source) == html


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("*One* [two](https://a.b).\n\nThree.", "One two.\n\nThree."),
        ("- one\n- **two**", "- one\n- two"),
        ("7. one\n8. two", "1. one\n2. two"),
    ],
)
def test_prose_is_told_in_plain_words(source: str, text: str):
    assert prose.to_text(source) == text


def test_a_label_holds_no_paragraph():
    assert prose.inline_html(prose.parse("One *line*.\n\n- two\n- three")) == "One <em>line</em>.<br>two<br>three"


def test_prose_becomes_data_that_a_page_can_draw():
    assert prose.parse("A *b* **c** [d](#e)\n\n- f") == [
        {"tag": "p", "lines": [[["text", "A "], ["em", "b"], ["text", " "], ["strong", "c"], ["text", " "],
                                ["link", "d", "#e"]]]},
        {"tag": "ul", "lines": [[["text", "f"]]]},
    ]  # fmt: skip
