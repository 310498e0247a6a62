"""Filters and tags of the shell, built into every template."""

from typing import Any

from django import template
from django.conf import settings
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shell import formats
from shell.kept import kept
from shell.outline import outlined
from shell.pager import query_with

register = template.Library()
for name in ("day", "moment", "span", "dash", "number", "signed", "trimmed"):
    register.filter(name, getattr(formats, name))
register.filter("outline", outlined)
register.simple_tag(formats.icon)
register.simple_tag(formats.badge)
register.simple_tag(formats.state_badge)
register.simple_tag(kept)


@register.simple_tag
def classified_notice() -> SafeString:
    """The words against secrets, shown wherever text is typed or a file goes in; a site may set its own."""
    words = getattr(settings, "CLASSIFIED_NOTICE", "") or _(
        "This is not a classified system: entering state secrets or work secrets is strictly forbidden."
    )
    return format_html('<p class="classified">{} {}</p>', formats.icon("shield-exclamation"), words)


@register.simple_tag(takes_context=True)
def page_title(context: template.Context) -> str:
    """The page's `title` block once more: it is written once and serves the window and the heading."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block: Any = blocks and blocks.get_block("title")
    return block.render(context) if block else ""


@register.simple_tag(takes_context=True)
def querystring_with(context: template.Context, **changes: str | int | None) -> str:
    """This page's query with `changes` and without its page number; None takes a parameter out."""
    return query_with(context["request"].GET, **{"page": None, **changes})
