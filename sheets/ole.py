"""What an OLE container (.xls, or a workbook under a password) says of itself: the names in its directory.

Only looked at, never followed: no chain of sectors is walked, so none can be made to go round in a ring.
"""

import struct
from typing import Final

from sheets.refusals import SheetRefused

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTRY: Final = 128  # bytes of one directory entry; all of them lie at a multiple of it
KINDS: Final = (1, 2, 5)  # storage, stream, root
BOF: Final = 0x0809  # first record of a workbook stream
FILEPASS: Final = 0x002F  # its contents are encrypted
RECORDS_READ: Final = 20  # FILEPASS comes among the first


def examine(raw: bytes) -> None:
    """SheetRefused unless the container holds a plain .xls workbook."""
    if len(raw) < 1536 or len(raw) % 512 and len(raw) < 4096:
        raise SheetRefused("broken")
    if _has(raw, "EncryptedPackage") or _has(raw, "EncryptionInfo"):
        raise SheetRefused("encrypted")
    if not (_has(raw, "Workbook") or _has(raw, "Book")):
        raise SheetRefused("not_a_sheet")
    if _has(raw, "_VBA_PROJECT_CUR") or _has(raw, "_VBA_PROJECT"):
        raise SheetRefused("macros")
    if _is_under_password(raw):
        raise SheetRefused("encrypted")


def _has(raw: bytes, name: str) -> bool:
    """True if the directory has an entry of this name."""
    words = name.encode("utf-16-le") + b"\x00\x00"
    at = raw.find(words)
    while at >= 0:
        if at % ENTRY == 0 and at + ENTRY <= len(raw):
            length, kind = struct.unpack("<HB", raw[at + 64 : at + 67])
            if length == len(words) and kind in KINDS:
                return True
        at = raw.find(words, at + 1)
    return False


def _is_under_password(raw: bytes) -> bool:
    """True if a workbook stream says among its first records that the rest is encrypted."""
    for sector in range(512, len(raw) - 8, 512):
        kind, length = struct.unpack("<HH", raw[sector : sector + 4])
        # A globals substream of BIFF8 or BIFF5; what a sheet's own begins with is of another type.
        if kind == BOF and length in (8, 16) and raw[sector + 6 : sector + 8] == b"\x05\x00":
            at = sector
            for _n in range(RECORDS_READ):
                if at + 4 > len(raw):
                    break
                kind, length = struct.unpack("<HH", raw[at : at + 4])
                if kind == FILEPASS:
                    return True
                at += 4 + length
    return False
