"""Workbooks for the tests of reading, plain and hostile, made at run time."""

import random
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName='
    '"/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOT = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    f'relationships"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK = (
    f'<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
    '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
BOOK_RELATIONS = ROOT.replace('officeDocument"', 'worksheet"').replace("xl/workbook.xml", "worksheets/sheet1.xml")
HEAD = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"><sheetData>'
TAIL = "</sheetData></worksheet>"
ROWS = '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>'


def sheet(rows=ROWS):
    return HEAD + rows + TAIL


def parts(**changed):
    """The parts of a small workbook; `changed` by their last name without its dot."""
    every = {
        "[Content_Types].xml": TYPES, "_rels/.rels": ROOT, "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": BOOK_RELATIONS, "xl/worksheets/sheet1.xml": sheet(),
    }  # fmt: skip
    return {name: changed.get(name.rpartition("/")[2].partition(".")[0], text) for name, text in every.items()}


def packed(contents):
    """A zip of these parts."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in contents.items():
            archive.writestr(name, text)
    return out.getvalue()


def bomb(megabytes=1000):
    """A sheet of nothing but spaces, some thousand times larger than it looks."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in parts().items():
            if "sheet1" not in name:
                archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(HEAD.encode())
            for _n in range(megabytes):
                part.write(b" " * 1_000_000)
            part.write(TAIL.encode())
    return out.getvalue()


def lying(text, told):
    """A workbook whose headers, both of them, say that its sheet has `told` bytes."""
    raw = bytearray(packed(parts(sheet1=text)))
    for magic, name_at, size_at in ((b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)):
        at = raw.find(magic)
        while raw[at + name_at : at + name_at + 24] != b"xl/worksheets/sheet1.xml":
            at = raw.find(magic, at + 4)
        raw[at + size_at : at + size_at + 4] = struct.pack("<I", told)
    return bytes(raw)


def twice_the_same_bytes():
    """Two parts that share their packed bytes: small to send, large to read."""
    packed_text = zlib.compress(random.Random(1).randbytes(3_000_000))[2:-4]
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in parts().items():
            archive.writestr(name, text)
        info = ZipInfo("xl/media/image1.png")
        info.compress_type = ZIP_DEFLATED
        archive.writestr(info, zlib.decompress(packed_text, -15))
        first = archive.infolist()[-1]
        for n in range(2, 30):
            copy = ZipInfo(f"xl/media/image{n}.png")
            for field in ("compress_type", "compress_size", "file_size", "CRC", "header_offset"):
                setattr(copy, field, getattr(first, field))
            archive.filelist.append(copy)
            archive.NameToInfo[copy.filename] = copy
    return out.getvalue()


def container(*names, stream=b""):
    """An OLE container whose directory has these names, with `stream` in its first sector."""
    raw = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00"))
    raw += stream.ljust(512, b"\x00")
    for name in ("Root Entry", *names):
        words = name.encode("utf-16-le") + b"\x00\x00"
        raw += words.ljust(64, b"\x00") + struct.pack("<HB", len(words), 2) + bytes(61)
    return bytes(raw.ljust(-(-len(raw) // 512) * 512 + 4096, b"\x00"))
