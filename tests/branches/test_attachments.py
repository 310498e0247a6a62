"""Attached files: what is taken, what is kept of it, who reads it, and what is gone when it is withdrawn."""

import io
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from PIL import Image

from branches.actions import attachments
from branches.attachments import store
from branches.attachments.verify import LONGEST_SIDE, MOST_BYTES, verified
from branches.models import Attachment
from meetings import actions as meetings
from tests.branches.files import pdf, picture
from workflow.models import AuditEvent, History

pytestmark = pytest.mark.django_db
PLACE_TAG, CAMERA_TAG, TURN_TAG = 0x8825, 0x010F, 0x0112


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "attachments"


@pytest.fixture
def draft(world):
    return world.draft_meeting


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def bomb(side):
    """A PNG of some kilobytes that claims side × side pixels."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    lines = zlib.compress(b"\0" * ((side // 8 + 1) * side), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def test_a_picture_is_drawn_anew_without_place_and_camera():
    exif = Image.Exif()
    exif[CAMERA_TAG], exif[TURN_TAG] = "CAMERA-WORDS", 6
    exif.get_ifd(PLACE_TAG)[1] = "N"
    kept = verified(picture(exif=exif, size=(4000, 1000)))
    again = Image.open(io.BytesIO(kept.content))
    assert b"CAMERA-WORDS" not in kept.content and not dict(again.getexif())
    assert again.size == (LONGEST_SIDE // 4, LONGEST_SIDE)  # turned upright, then shrunk
    assert again.getpixel((240, 10))[1] < 60 and again.getpixel((240, 1900))[1] > 200


@pytest.mark.parametrize(("kind", "suffix"), [("JPEG", ".jpg"), ("PNG", ".png"), ("WEBP", ".jpg")])
def test_the_suffix_is_true_of_the_bytes_and_not_of_the_name(kind, suffix):
    assert verified(picture("evil.html", kind)).suffix == suffix


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b"<html><script>", b"GIF89a", b"PK\3\4", b"%PDF-1.4 cut",
     picture().read()[:200], bomb(13000), bomb(6000)],
    ids=["empty", "svg", "html", "gif", "zip", "pdf cut off", "jpeg cut off", "bomb of 169 megapixels", "36 megapixels"],
)  # fmt: skip
def test_what_is_no_picture_and_no_pdf_is_refused_whatever_its_name(content):
    with pytest.raises(ValidationError):
        verified(SimpleUploadedFile("photo.png", content))


def test_a_file_too_large_is_not_even_read():
    class Unread(SimpleUploadedFile):
        read = None

    upload = Unread("big.pdf", b"%PDF-")
    upload.size = MOST_BYTES + 1
    with pytest.raises(ValidationError, match="10"):
        verified(upload)


def test_the_disk_knows_a_random_name_and_the_page_the_one_it_came_with(world, draft, folder):
    file = attachments.attach(draft, picture("../../etc/记录本:第3页.php"), actor=world.secretary)
    assert file.name == "记录本第3页.jpg"
    assert [path.name for path in folder.iterdir()] == [file.path]
    assert len(file.path) == 36
    assert History.objects.of(draft).last().note == ""  # a superior reads the history of a draft, and not its words


def test_a_download_runs_nothing_and_is_audited_without_its_name(client, world, draft):
    file = attachments.attach(draft, pdf("秘密.pdf"), actor=world.secretary)
    client.force_login(world.secretary)
    response = client.get(file.get_absolute_url())
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert response["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in response["Content-Security-Policy"] and response["X-Content-Type-Options"] == "nosniff"
    event = AuditEvent.objects.get(kind="attachment_downloaded")
    assert "秘密" not in event.note + event.subject_label


def test_who_reads_the_minutes_reads_the_file(client, world, draft):
    file = attachments.attach(draft, pdf(), actor=world.secretary)
    seen = lambda user: Attachment.objects.visible_to(user).filter(pk=file.pk).exists()  # noqa: E731
    assert seen(world.clerk) and not seen(world.supervisor) and not seen(world.sibling) and not seen(world.sysadmin)
    meetings.move(draft, "file", actor=world.secretary)
    assert seen(world.supervisor) and not seen(world.sibling) and not seen(world.sysadmin)


def test_a_filed_record_takes_no_file_and_gives_none_back(world, draft, folder):
    file = attachments.attach(draft, pdf(), actor=world.secretary)
    meetings.move(draft, "file", actor=world.secretary)
    draft.refresh_from_db()
    for deed in (lambda: attachments.attach(draft, pdf(), actor=world.secretary),
                 lambda: attachments.withdraw(file, draft, actor=world.secretary)):  # fmt: skip
        with pytest.raises(ValidationError):
            deed()
    assert len(list(folder.iterdir())) == 1


def test_what_is_withdrawn_is_off_the_disk(world, draft, folder, django_capture_on_commit_callbacks):
    file = attachments.attach(draft, pdf(), actor=world.secretary)
    with pytest.raises(PermissionDenied):
        attachments.withdraw(file, draft, actor=world.committee_member)
    with django_capture_on_commit_callbacks(execute=True):
        attachments.withdraw(file, draft, actor=world.secretary)
    assert not list(folder.iterdir())
    assert not Attachment.objects.of(draft).exists() and Attachment.objects.filter(pk=file.pk).exists()


def test_a_branch_has_its_share_of_the_disk_and_no_more(world, draft, folder, settings):
    settings.ATTACHMENT_QUOTA_MB = 1
    large = b"%PDF-1.4" + b"x" * 700_000 + b"%%EOF"
    attachments.attach(draft, pdf(content=large), actor=world.secretary)
    with pytest.raises(ValidationError, match="1"):
        attachments.attach(draft, pdf(content=large), actor=world.secretary)
    assert len(list(folder.iterdir())) == 1


def test_a_wrong_file_is_answered_in_words_and_the_page_stays(client, world, draft):
    client.force_login(world.secretary)
    address = reverse("attachment_create", args=[draft.pk, "meeting"])
    for data, words in (({}, "请先选择文件"), ({"file": SimpleUploadedFile("a.png", b"<svg>")}, "JPEG")):
        page = client.post(address, data, follow=True)
        assert page.redirect_chain == [(draft.get_absolute_url(), 302)]
        assert words in page.content.decode()


@pytest.mark.postgres
def test_of_two_uploads_at_once_one_finds_the_last_megabyte(committed, settings, world, draft, folder):
    settings.ATTACHMENT_QUOTA_MB = 1
    large = b"%PDF-1.4" + b"x" * 700_000 + b"%%EOF"

    def attempt(_number):
        try:
            return attachments.attach(draft, pdf(content=large), actor=world.secretary)
        except ValidationError:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        kept = [file for file in pool.map(attempt, range(4)) if file]
    assert len(kept) == len(list(folder.iterdir())) == 1
    assert store.opened(kept[0].path).read() == large
