"""What stands in a Word file, read from its XML: fonts, texts, rows."""

import re
import subprocess
from io import BytesIO
from zipfile import ZipFile

from docx import Document


def document(content):
    return Document(BytesIO(content))


def part(content, name="word/document.xml"):
    with ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


def everything(content):
    """The XML of all parts together."""
    with ZipFile(BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def fonts(content):
    """The Chinese fonts named for any text."""
    return set(re.findall(r'w:eastAsia="([^"]+)"', "".join(re.findall(r"<w:rFonts[^>]*>", part(content)))))


def text(content):
    """All text, cell by cell and line by line; merged cells once."""
    return "\n".join(re.findall(r"<w:t(?:\s[^>]*)?>([^<]*)</w:t>", part(content)))


def sizes(pdf):
    """(width, height) in mm of every page of a PDF."""
    boxes = re.findall(rb"/MediaBox\s*\[([^\]]+)\]", pdf)
    return {tuple(round(float(edge) * 25.4 / 72) for edge in box.split()[2:]) for box in boxes}


def words(pdf):
    """The text of each page of a PDF file, as it stands on paper."""
    shown = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
    return shown.split("\f")[:-1]
