"""Authors' text into safe HTML: a small Markdown, references to facts, and words of the glossary.

`{{ lambda.x.y }}` becomes the fact's value, highlighted, as a link to where its source is shown. Where `Meanings` are given, a
word of the glossary becomes a button, at its first place in the text, outside code and links; `components/meanings.html` has
what it opens. HTML in the text is shown as text, never obeyed; pictures, headings and raw HTML blocks are off.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from functools import cache
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from studyapp.ui.meanings import Meanings, Word

Facts = Mapping[str, Any]
"""Fact id -> something with `text` and `url`, as keys or as attributes. An empty `url` gives no link. `Meanings` are such facts."""

_REFERENCE = re.compile(r"\{\{\s*([a-z0-9][a-z0-9.-]*)\s*\}\}")


def blocks(text: str, facts: Facts | None = None) -> SafeString:
    """Paragraphs, lists, code and emphasis."""
    html: str = _markdown().render(text, _env(facts))
    return mark_safe(html)  # noqa: S308 - HTML is off in the parser


def line(text: str, facts: Facts | None = None) -> SafeString:
    """The same without a paragraph around it, for a stem, an option or a reason."""
    html: str = _markdown().renderInline(text.strip(), _env(facts))
    return mark_safe(html)  # noqa: S308 - as above


_UNIT = r"(?:[\u00a0 ](?:ms|s|min|h|seconds?|minutes?|hours?|days?|KB|MB|GB|TB|GB-s)\b|[\u00a0 ]?%)?"
_AMOUNT = re.compile(rf"`[^`]*`|(?<![\w.,`$*/:-])\d+(?:,\d{{3}})*(?:\.\d+)?{_UNIT}(?![\w`*]|[:-]\d)")


def stem(text: str, facts: Facts | None = None) -> SafeString:
    """One line in which the numbers that are given are bold: a question hangs on them."""
    return line(_AMOUNT.sub(lambda found: found[0] if found[0][0] == "`" else f"**{found[0]}**", text), facts)


def _env(facts: Facts | None) -> dict[str, Any]:
    """A page may explain words where it refers to no fact."""
    return {"facts": facts if isinstance(facts, Meanings) else facts or {}}


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False})
    markdown.disable(["image", "heading", "lheading", "html_block", "html_inline"])
    markdown.inline.ruler.before("escape", "fact", _read_reference)
    markdown.core.ruler.push("words", _mark_words)
    markdown.add_render_rule("fact", _draw_reference)
    markdown.add_render_rule("word", _draw_word)
    return markdown


def _read_reference(state: StateInline, silent: bool) -> bool:
    found = _REFERENCE.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("fact", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _draw_reference(
    _: RendererHTML, tokens: Sequence[Token], index: int, __: object, env: MutableMapping[str, Any]
) -> SafeString:
    """A reference that nobody resolved is shown by its name: the loader refuses it, so no reader should ever meet one."""
    name = tokens[index].content
    fact = env["facts"].get(name)
    if fact is None:
        return format_html("{}", name.rpartition(".")[2].replace("-", " "))
    text, url = _part(fact, "text"), _part(fact, "url")
    value = format_html('<data value="{}">{}</data>', name, text)
    return format_html('<a class="fact" href="{}">{}</a>', url, value) if url else format_html("<b>{}</b>", value)


def _mark_words(state: StateCore) -> None:
    """Each word once in the whole text, whatever its paragraphs."""
    meanings, seen = state.env["facts"], set[str]()
    if isinstance(meanings, Meanings):
        for block in state.tokens:
            block.children = [*_marked(_joined(block.children or ()), meanings, seen)] or None


def _joined(tokens: Iterable[Token]) -> Iterator[Token]:
    """Texts that only a line's end keeps apart become one: a word of the glossary may stand on two lines."""
    run = ""
    for token in tokens:
        if token.type in ("text", "softbreak"):
            run += token.content if token.type == "text" else "\n"
            continue
        yield from _text(run)
        run = ""
        yield token
    yield from _text(run)


def _marked(tokens: Iterable[Token], meanings: Meanings, seen: set[str]) -> Iterator[Token]:
    links = 0
    for token in tokens:
        links += token.nesting if token.type.startswith("link_") else 0
        if token.type != "text" or links:
            yield token
            continue
        for part in meanings.split(token.content, seen):
            if isinstance(part, str):
                yield from _text(part)
            else:
                yield Token("word", "", 0, content=part.text, meta={"word": part.word})


def _text(content: str) -> Iterator[Token]:
    if content:
        yield Token("text", "", 0, content=content)


def _draw_word(_: RendererHTML, tokens: Sequence[Token], index: int, __: object, ___: object) -> SafeString:
    word: Word = tokens[index].meta["word"]
    button = '<button class="term" type="button" popovertarget="{}">{}</button>'
    return format_html(button, word.id, tokens[index].content)


def _part(fact: Any, name: str) -> Any:
    return fact.get(name) if isinstance(fact, Mapping) else getattr(fact, name)
