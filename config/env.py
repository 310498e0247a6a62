"""The strict door to the environment: every BRANCHLIFE_* variable is known, or the process refuses to start."""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

PREFIX = "BRANCHLIFE_"
KNOWN = {
    "DATA_DIR": "folder for the database file, keys, uploads and finished exports",
    "BALLOT_KEYS": "folder for the keys of polls under way, never in DATA_DIR; in memory unless told",
    "DATABASE_URL": "sqlite:///… or postgres://…; empty means a file in DATA_DIR",
    "REDIS_URL": "broker and cache; empty means one process with both in memory",
    "PRODUCTION": "true on a server that others reach: secure cookies, no debug pages",
    "HTTPS": "true if browsers reach the server over https only",
    "HOSTS": "comma-separated host names the server answers to",
    "PUBLIC_URL": "address under which browsers reach the server, used in mails and slips",
    "TRUSTED_PROXIES": "number of reverse proxies whose X-Forwarded-For entry counts",
    "LOGIN_NAMES": "what login names on activation slips are made of: pinyin and digits, mobile or staff_number",
    "MAIL_URL": "smtp://…, smtp+tls://… or smtp+ssl://name:password@host:port; empty means no mail is sent",
    "MAIL_FROM": "the address mails come from; needed with MAIL_URL",
    "ATTACHMENT_QUOTA_MB": "how many megabytes of files one organisation may keep; 500 unless told",
    "JOB_LEASE_SECONDS": "after so many silent seconds a worker's job is taken back; 60 unless told",
    "DEBUG": "true shows tracebacks in the browser; never with PRODUCTION",
    "DEMO": "true marks the demo world: a bar on each page says so",
}


def refuse_unknown() -> None:
    """Raise ImproperlyConfigured for a BRANCHLIFE_* variable that nothing reads: most often a typing error."""
    unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in KNOWN)
    if unknown:
        raise ImproperlyConfigured(f"Unknown environment variable {', '.join(unknown)}. Known: {', '.join(KNOWN)}")


def text(name: str, default: str = "") -> str:
    """The value of BRANCHLIFE_<name>, or `default` where it is absent or empty."""
    assert name in KNOWN, name
    return os.environ.get(PREFIX + name, "") or default


def flag(name: str, default: bool = False) -> bool:
    """True or false; anything but the words true and false raises ImproperlyConfigured."""
    word = text(name, "true" if default else "false")
    if word not in ("true", "false"):
        raise ImproperlyConfigured(f"{PREFIX}{name} must be true or false, not {word!r}")
    return word == "true"


def choice(name: str, words: tuple[str, ...]) -> str:
    """One of `words`, the first where the variable is absent; anything else raises ImproperlyConfigured."""
    word = text(name, words[0])
    if word not in words:
        raise ImproperlyConfigured(f"{PREFIX}{name} must be one of {', '.join(words)}, not {word!r}")
    return word


def number(name: str, default: int) -> int:
    """A whole number of at least 0; anything else raises ImproperlyConfigured."""
    word = text(name, str(default))
    if not (word.isascii() and word.isdigit()):
        raise ImproperlyConfigured(f"{PREFIX}{name} must be a whole number, not {word!r}")
    return int(word)


def mail_server() -> dict[str, Any]:
    """The server of MAIL_URL as arguments of Django's SMTP backend; empty where none is named."""
    url = text("MAIL_URL")
    if not url:
        return {}
    told = environ.Env.email_url_config(url)
    if "smtp" not in told["EMAIL_BACKEND"] or not told["EMAIL_HOST"]:
        raise ImproperlyConfigured(
            f"{PREFIX}MAIL_URL must begin with smtp://, smtp+tls:// or smtp+ssl:// and name a host"
        )
    if "@" not in text("MAIL_FROM"):
        raise ImproperlyConfigured(f"{PREFIX}MAIL_URL needs the address mails come from in {PREFIX}MAIL_FROM")
    server = {"host": told["EMAIL_HOST"], "port": told["EMAIL_PORT"] or 25, "username": told["EMAIL_HOST_USER"] or ""}
    return server | {
        "password": told["EMAIL_HOST_PASSWORD"] or "",
        "use_tls": told.get("EMAIL_USE_TLS", False),
        "use_ssl": told.get("EMAIL_USE_SSL", False),
    }


def names(name: str, default: str = "") -> list[str]:
    """A comma-separated list without blanks."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def folder_in_memory(data: Path) -> str:
    """Where keys lie that no backup may take along: in memory, or else beside other temporary files; a folder of its
    own for each data folder and user."""
    memory = Path("/dev/shm")
    base = memory if os.access(memory, os.W_OK) else Path(tempfile.gettempdir())
    return str(base / f"branchlife-{os.getuid()}-{hashlib.sha256(str(data).encode()).hexdigest()[:12]}")


def secret(folder: Path, name: str) -> str:
    """The secret kept in `folder/keys/<name>`, made at the first start and readable by its owner only."""
    path = folder / "keys" / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text()
