"""How much text fits a box of a form, counted in whole signs so that nothing depends on who prints it."""

from collections.abc import Sequence
from dataclasses import dataclass

MM = 25.4 / 72  # of a point
CLOSING = "，。；：？！、）》」』”’…"
GOES_ON = "（接附页）"


@dataclass(frozen=True, slots=True)
class Box:
    """A box of `width` and `height` mm, set in signs of `size` points on lines `leading` points apart."""

    width: float
    height: float
    size: float = 12
    leading: float = 18

    @property
    def columns(self) -> int:
        """Signs of a line: a Chinese one is as wide as its size; a millimetre stays free on either side."""
        return int((self.width - 2) / (self.size * MM))

    @property
    def rows(self) -> int:
        """Lines of the box, half a millimetre left free above and below."""
        return int((self.height - 1) / (self.leading * MM))

    def lines(self, text: str) -> list[str]:
        """The text cut into lines; each sign counts as a wide one, so that it may need fewer in print. No line begins
        with a sign that closes something."""
        found = []
        for words in text.replace("\r\n", "\n").split("\n"):
            while len(words) > self.columns:
                end = self.columns - (words[self.columns] in CLOSING)
                found.append(words[:end])
                words = words[end:]
            found.append(words)
        return found

    def split(self, text: str, reserved: int = 0) -> tuple[list[str], str]:
        """What stands in the box, `reserved` lines of it kept free, and what goes over to an annexed page; a text that
        does not fit says at its end that it goes on."""
        lines, room = self.lines(text), max(1, self.rows - reserved)
        if len(lines) <= room:
            return lines, ""
        return [*lines[: room - 1], GOES_ON], _rest(text, lines[: room - 1])

    def filled(self, text: str, last: Sequence[str]) -> tuple[list[str], str]:
        """The lines of the box with `last` on its last ones, and what goes over."""
        lines, rest = self.split(text, len(last))
        return [*lines, *[""] * (self.rows - len(lines) - len(last)), *last], rest


def _rest(text: str, shown: Sequence[str]) -> str:
    """The text behind the lines shown, its own line ends kept."""
    text, place = text.replace("\r\n", "\n"), 0
    for line in shown:
        place += len(line)
        if text[place : place + 1] == "\n":
            place += 1
    return text[place:]
