"""Files as people upload them, made at the moment they are wanted."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def picture(name="page.jpg", kind="JPEG", size=(60, 40), **saved):
    """A picture with a red half, so that turning it shows."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.save(out, kind, **saved)
    return SimpleUploadedFile(name, out.getvalue())


def pdf(name="scan.pdf", content=PDF):
    return SimpleUploadedFile(name, content)
