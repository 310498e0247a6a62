"""What the one-process server refuses before it starts."""

import pytest

from config import embedded


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmp_path):
    for name in ("BIND", "PORT", "PUBLIC_URL", "WEB_CONCURRENCY", "BRANCHLIFE_PUBLIC_URL", "BRANCHLIFE_REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BRANCHLIFE_DATA_DIR", str(tmp_path / "data"))
    return monkeypatch


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("BIND", "8000", "BIND must look like"),
        ("BIND", "127.0.0.1:http", "BIND must look like"),
        ("BIND", "0.0.0.0:8000", "PUBLIC_URL="),
        ("WEB_CONCURRENCY", "2", "one process"),
        ("BRANCHLIFE_REDIS_URL", "redis://127.0.0.1:6379/0", "one process"),
    ],
)
def test_refused_with_words(environment, name, value, words):
    environment.setenv(name, value)
    with pytest.raises(SystemExit, match=words):
        embedded.main([])


def test_a_data_folder_has_one_process(tmp_path):
    with embedded.only_process(tmp_path), pytest.raises(SystemExit, match="in use"):
        embedded.only_process(tmp_path)


def test_the_printed_address_follows_the_port(environment):
    for name in ("BRANCHLIFE_PUBLIC_URL", "BRANCHLIFE_HOSTS", "BRANCHLIFE_DEMO"):
        environment.setenv(name, "taken back after the test")
        environment.delenv(name)
    environment.setenv("PORT", "8123")
    environment.setattr(embedded, "only_process", lambda folder: (_ for _ in ()).throw(SystemExit("stopped here")))
    with pytest.raises(SystemExit, match="stopped here"):
        embedded.main([])
    assert embedded.os.environ["BRANCHLIFE_PUBLIC_URL"] == "http://127.0.0.1:8123"
