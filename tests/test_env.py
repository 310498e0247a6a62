"""The strict door to the environment."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


@pytest.mark.parametrize(("word", "meant"), [("", "pinyin"), ("pinyin", "pinyin"), ("mobile", "mobile")])
def test_a_choice_is_one_of_its_words_the_first_where_nothing_is_said(monkeypatch, word, meant):
    monkeypatch.setenv("BRANCHLIFE_LOGIN_NAMES", word)
    assert env.choice("LOGIN_NAMES", ("pinyin", "mobile")) == meant


@pytest.mark.parametrize("word", ["Mobile", "phone", "mobile "])
def test_anything_else_is_refused_with_the_words_that_are_known(monkeypatch, word):
    monkeypatch.setenv("BRANCHLIFE_LOGIN_NAMES", word)
    with pytest.raises(ImproperlyConfigured, match="pinyin, mobile"):
        env.choice("LOGIN_NAMES", ("pinyin", "mobile"))


def test_a_variable_that_nothing_reads_is_refused(monkeypatch):
    monkeypatch.setenv("BRANCHLIFE_LOGIN_NAME", "mobile")
    with pytest.raises(ImproperlyConfigured, match="BRANCHLIFE_LOGIN_NAME"):
        env.refuse_unknown()


def test_a_secret_is_made_once_and_readable_by_its_owner_only(tmp_path):
    made = env.secret(tmp_path, "codes")
    assert len(made) >= 48 and env.secret(tmp_path, "codes") == made
    assert (tmp_path / "keys" / "codes").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("", {}),
        ("smtp://127.0.0.1:25", {"host": "127.0.0.1", "port": 25, "use_tls": False, "use_ssl": False}),
        ("smtp+tls://a:b%40@mail.example:587", {"username": "a", "password": "b@", "port": 587, "use_tls": True}),
        ("smtp+ssl://mail.example", {"host": "mail.example", "use_ssl": True}),
    ],
)
def test_the_mail_server_is_told_by_one_address(monkeypatch, url, server):
    monkeypatch.setenv("BRANCHLIFE_MAIL_URL", url)
    monkeypatch.setenv("BRANCHLIFE_MAIL_FROM", "党建 <noreply@county.example>")
    told = env.mail_server()
    assert bool(told) == bool(server) and told.items() >= server.items()


@pytest.mark.parametrize(
    ("url", "sender"), [("http://mail.example", "a@b"), ("smtp://mail.example", ""), ("nonsense", "a@b")]
)
def test_a_mail_server_that_cannot_be_meant_is_refused(monkeypatch, url, sender):
    monkeypatch.setenv("BRANCHLIFE_MAIL_URL", url)
    monkeypatch.setenv("BRANCHLIFE_MAIL_FROM", sender)
    with pytest.raises(ImproperlyConfigured):
        env.mail_server()
