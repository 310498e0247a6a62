"""Before anything parses a file: is it what it says, and no more than a table needs?

Told by its first bytes, never by its name. A zip is really inflated here, part by part, and counted while it grows:
what its list of contents says about sizes is not believed. Nothing is kept and nothing is written to the disk.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from sheets import ole
from sheets.refusals import LARGEST_FILE, MOST_COLUMNS, SheetRefused

Format = Literal["xlsx", "xls"]

ZIP_MAGIC: Final = b"PK\x03\x04"
LARGEST_INFLATED: Final = 200_000_000
HIGHEST_RATIO: Final = 120  # rosters saved by office programs reach 41 (security.md §5)
RATIO_COUNTS_FROM: Final = 1_000_000  # a small part may be as empty as it likes
MOST_PARTS: Final = 1_000
HEAD_START: Final = 10_000_000  # a part may begin with a long empty stretch; beyond this it is a bomb already
PIECE: Final = 1 << 18
SLICE: Final = 1 << 16
OVERLAP: Final = 64  # of two pieces, so that nothing sought hides across their border

NEEDED: Final = ("[Content_Types].xml", "xl/workbook.xml")
DECLARES: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
ENCODING: Final = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
# A cell right of IV: its address has three letters, or two from IW on. As office programs write it, so that the search
# is quick; whoever writes it otherwise is refused by the child, which counts.
FAR_RIGHT: Final = re.compile(rb""" r="(?:[A-Z]{3,}|[J-Z][A-Z]|I[W-Z])[0-9]""")


def examine(path: Path) -> Format:
    """What kind of workbook `path` is; SheetRefused unless it may be parsed, in a child (sheets/reader.py)."""
    size = path.stat().st_size
    if not size:
        raise SheetRefused("empty")
    if size > LARGEST_FILE:
        raise SheetRefused("too_big")
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(ZIP_MAGIC):
        _examine_zip(path, size)
        return "xlsx"
    if head == ole.MAGIC:
        ole.examine(path.read_bytes())
        return "xls"
    raise SheetRefused("not_a_sheet")


def _examine_zip(path: Path, size: int) -> None:
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
        raise SheetRefused("broken") from None
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS:
        raise SheetRefused("inflates")
    if any(part.flag_bits & 1 for part in parts):
        raise SheetRefused("encrypted")
    if not names.issuperset(NEEDED):
        raise SheetRefused("not_a_sheet")
    if any(name.lower().startswith(("xl/vbaproject", "xl/macrosheets/")) for name in names):
        raise SheetRefused("macros")
    # Parts that share a name or their bytes are how one reader is shown something else than the next.
    if len(names) < len(parts) or sum(part.compress_size for part in parts) > size:
        raise SheetRefused("lies")
    left = LARGEST_INFLATED
    with path.open("rb") as file:
        raw = file.read()
    for part in parts:
        left -= _examine_part(raw, part, left)


def _examine_part(raw: bytes, part: ZipInfo, left: int) -> int:
    """Inflate one part and look at it as it grows; how many bytes it really holds."""
    is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    most = min(left, max(RATIO_COUNTS_FROM, HIGHEST_RATIO * part.compress_size))
    count, tail = 0, b""
    for piece, taken in _inflated(raw, part):
        if not count and is_xml:
            _examine_start(piece)
        count += len(piece)
        if count > most or count > HEAD_START + HIGHEST_RATIO * taken:
            raise SheetRefused("inflates")
        if is_xml:
            _examine_text(part.filename, tail + piece)
            tail = piece[-OVERLAP:]
    if count != part.file_size:
        raise SheetRefused("lies")
    return count


def _inflated(raw: bytes, part: ZipInfo) -> Iterator[tuple[bytes, int]]:
    """The part's bytes in pieces, each with the number of packed bytes taken for all so far."""
    begin = _start_of(raw, part)
    packed = memoryview(raw)[begin : begin + part.compress_size]
    if len(packed) < part.compress_size:
        raise SheetRefused("broken")
    if part.compress_type == ZIP_STORED:
        yield from ((bytes(packed[n : n + PIECE]), n + PIECE) for n in range(0, len(packed), PIECE))
        return
    if part.compress_type != ZIP_DEFLATED:
        raise SheetRefused("not_a_sheet")
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    at = 0
    try:
        while not inflate.eof:
            # In slices: what one call leaves over is copied, and must not be the whole file each time.
            waiting: bytes | memoryview = inflate.unconsumed_tail or packed[at : at + SLICE]
            at += 0 if inflate.unconsumed_tail else len(waiting)
            piece = inflate.decompress(waiting, PIECE)
            if not piece and not inflate.unconsumed_tail and at >= len(packed):
                break
            if piece:
                yield piece, at
    except zlib.error:
        raise SheetRefused("broken") from None
    if not inflate.eof:
        raise SheetRefused("broken")
    if inflate.unused_data or inflate.unconsumed_tail or at < len(packed):
        raise SheetRefused("lies")


def _start_of(raw: bytes, part: ZipInfo) -> int:
    """Where the part's packed bytes begin, after its own header, which must name the same part."""
    at = part.header_offset
    header = raw[at : at + 30]
    if len(header) < 30 or not header.startswith(ZIP_MAGIC):
        raise SheetRefused("broken")
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    name = raw[at + 30 : at + 30 + name_length]
    if part.orig_filename.encode("utf-8" if part.flag_bits & 0x800 else "cp437", "replace") != name:
        raise SheetRefused("lies")
    return at + 30 + name_length + extra_length


def _examine_start(piece: bytes) -> None:
    """XML is read as UTF-8 here and by the parser: in another encoding a declaration would go unseen."""
    start = piece.removeprefix(b"\xef\xbb\xbf")
    told = ENCODING.match(start)
    if b"\x00" in start[:64] or not start.lstrip().startswith(b"<"):
        raise SheetRefused("doctype")
    if told and told.group(1).lower() not in (b"utf-8", b"us-ascii"):
        raise SheetRefused("doctype")


def _examine_text(name: str, text: bytes) -> None:
    if DECLARES.search(text):
        raise SheetRefused("doctype")
    if name == "[Content_Types].xml" and (b"macroEnabled" in text or b"vbaProject" in text):
        raise SheetRefused("macros")
    if name.startswith("xl/worksheets/") and (_is_crowded(text) or FAR_RIGHT.search(text)):
        raise SheetRefused("too_many_columns")


def _is_crowded(text: bytes) -> bool:
    """True if the rows that lie in `text`, the one it begins within among them, hold more cells than they may.

    For cells that say not where they stand, as they are mostly written: the child counts every row, but only after it
    has taken the whole sheet apart.
    """
    return text.count(b"<c>") + text.count(b"<c ") > MOST_COLUMNS * (text.count(b"<row") + 1)
