"""Templates: no script, style or handler of their own (the content security policy forbids all three), and a first line
that says what they are given."""

import re

import pytest

from tests.conventions.source import ROOMS, ROOT, compare, modules, templates, tracked

INLINE = {
    "a handler": re.compile(r"<[^>]*?\son[a-z]+\s*=", re.IGNORECASE | re.DOTALL),
    "a handler of htmx": re.compile(r"\bhx-on\b|\bhx-vals\s*=\s*[\"']js:|\bhx-on:", re.IGNORECASE),
    "a style": re.compile(r"<[^>]*?\sstyle\s*=|<style\b", re.IGNORECASE | re.DOTALL),
    "a script": re.compile(r"<script\b(?![^>]*\bsrc\s*=)", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "another host": re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
    "text let through unescaped": re.compile(r"\|\s*safe\b|\bautoescape off\b"),
}
# Modules that put HTML together without format_html, and why.
MADE_SAFE = {
    "shell/formats.py": "a list has a thousand links; each part goes through escaped()",
    "shell/kept.py": "fills words into a part that a template has made; each goes through escaped()",
    "shell/lists.py": "a list has thousands of cells; each goes through escaped()",
}
CONTEXT = re.compile(r"\{# .*?(?:Context|No context|Blocks): .*?#\}|\{# No context\b.*?#\}", re.DOTALL)
THIRD_PARTY = ("bootstrap5/",)  # overrides: what they are given, their package tells


def inline(text):
    """The kinds of forbidden things in a piece of HTML."""
    return [kind for kind, pattern in INLINE.items() if pattern.search(text)]


def test_no_template_holds_script_style_or_handler():
    assert {path: found for path, text in templates() if (found := inline(text))} == {}


def test_no_html_made_in_python_holds_them_either():
    found = {}
    for module in modules(*ROOMS, "config"):
        html = [line for line in module.text.splitlines() if re.search(r"[\"'].*<[a-z]", line)]
        if kinds := inline("\n".join(html)):
            found[module.path] = kinds
        if re.search(r"\bmark_safe\(|\bSafeString\(", module.text):
            found[module.path] = ["text let through unescaped"]
    compare(found, MADE_SAFE)


def test_scripts_make_no_code_of_text():
    for name in tracked():
        if name.startswith("static/branchlife/") and name.endswith(".js"):
            text = (ROOT / name).read_text()
            assert not re.search(r"\beval\(|new Function\(|\.innerHTML\s*=|document\.write|insertAdjacentHTML", text), (
                name
            )


def test_every_template_begins_by_saying_what_it_is_given():
    silent = [path for path, text in templates() if not path.startswith(THIRD_PARTY) and not CONTEXT.match(text)]
    assert silent == []


def test_a_template_fits_in_the_eye():
    assert {path: n for path, text in templates() if (n := len(text.splitlines())) > 80} == {}


@pytest.mark.parametrize(
    "html",
    [
        '<button onclick="go()">',
        '<a\n  href="#" onmouseover=x>',
        '<p style="color:red">',
        "<style>p {}</style>",
        "<script>go()</script>",
        '<a href="javascript:go()">',
        '<div hx-on:click="go()">',
        '<img src="//elsewhere.example/x.png">',
        "{{ note|safe }}",
    ],
)
def test_the_guard_itself_catches(html):
    assert inline(html)


@pytest.mark.parametrize(
    "html",
    [
        "<script src=\"{% static 'x.js' %}\" defer></script>",
        '<p class="style" data-once="1">',
        '<a href="{{ url }}" hx-get="{{ url }}">once = 1</a>',
        "{{ note|linebreaks }}",
    ],
)
def test_the_guard_itself_lets_through(html):
    assert not inline(html)
