"""Tags for rows that move, built into every template."""

from django import template

from shell.states import state_badge

register = template.Library()
register.simple_tag(state_badge)
