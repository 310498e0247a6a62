"""The sign in the brand bar: chosen at the top, small, drawn anew, gone when it is taken away."""

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from PIL import Image

from branches.actions import logos
from tests.branches.files import pdf, picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "attachments"


def test_everybody_below_sees_it_in_the_bar(client, cast):
    logos.choose(cast.county, picture(size=(900, 300)), actor=cast.officer)
    client.force_login(cast.member)
    address = reverse("organisation_logo", args=[cast.county.pk])
    assert address in client.get("/").content.decode()
    answer = client.get(address)
    assert Image.open(io.BytesIO(b"".join(answer.streaming_content))).size == (256, 85)
    assert set(answer["Cache-Control"].split(", ")) == {"private", "max-age=86400"}
    client.force_login(cast.stranger)
    assert client.get(address).status_code == 404


def test_a_new_one_replaces_the_old_one_on_the_disk(cast, folder, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        logos.choose(cast.county, picture(), actor=cast.officer)
        new = logos.choose(cast.county, picture("b.png", "PNG"), actor=cast.officer)
    assert [path.name for path in folder.iterdir()] == [new.path]
    with django_capture_on_commit_callbacks(execute=True):
        logos.take_away(cast.county, actor=cast.officer)
    assert not list(folder.iterdir())


def test_no_other_organisation_no_other_file_no_other_person(cast, folder):
    with pytest.raises(ValidationError):
        logos.choose(cast.first, picture(), actor=cast.officer)
    with pytest.raises(ValidationError):
        logos.choose(cast.county, pdf(), actor=cast.officer)
    with pytest.raises(PermissionDenied):
        logos.choose(cast.county, picture(), actor=cast.secretary)
    assert not folder.exists() or not list(folder.iterdir())
