"""`manage.py demo`: an invented world to look around in; never on a server that others reach."""

import os
import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from branches.models import Organisation
from world.demo import build

ACCOUNTS = (
    "member colleague clerk secretary secretary2 secretary4 secretary5 leader general supervisor officer"
    " sysadmin secadmin auditor"
)


class Command(BaseCommand):
    help = "Plays the demo world into an empty database and prints its accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("演示数据不能装入正式系统。/ The demo world refuses production settings.")
        password_file = settings.DATA_DIR / "demo-password.txt"
        if Organisation.objects.exists():
            if not password_file.exists():
                raise CommandError("数据库不是空的。/ The database is not empty.")
        else:
            password = os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(9)
            build(password, timezone.localdate())
            password_file.touch(mode=0o600)
            password_file.write_text(password)
        self.stdout.write(f"\n  演示账号 / accounts: {ACCOUNTS}\n  密码 / password: {password_file.read_text()}")
