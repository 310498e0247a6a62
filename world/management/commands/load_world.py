"""`manage.py load_world`: a country-shaped world of any size, to measure and to look around in."""

import os
import secrets
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from world.load.plan import Plan
from world.load.registry import Load
from world.load.run import NotEmpty, fill


class Command(BaseCommand):
    help = "Fills an empty database with an invented country: branches, members, meetings, rounds, history."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--branches", type=int, required=True, help="how many branches, at least 1")
        parser.add_argument("--members", type=int, required=True, help="how many members, at least 3 a branch")
        parser.add_argument("--meetings", type=int, help="how many meetings in all, 3 a branch unless said")
        parser.add_argument("--seed", type=int, default=1, help="another number, another world of the same shape")
        parser.add_argument("--into-production", action="store_true", help="fill a server with production settings")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION and not options["into_production"]:
            raise CommandError(
                "这是正式系统；确要装入测试数据，请加 --into-production。/ Production settings: add --into-production."
            )
        try:
            wanted = {"seed": options["seed"], "meetings": options["meetings"]}
            plan = Plan(options["branches"], options["members"], today=timezone.localdate(), **wanted)
        except ValueError as refusal:
            raise CommandError(f"党员人数太少，每个支部至少3人。/ {refusal}.") from refusal
        password, begin = os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(9), time.monotonic()

        def told(name: str, rows: int) -> None:
            self.stdout.write(f"  {name:20} {rows:>12,} rows  {time.monotonic() - begin:7.1f} s")

        try:
            fill(Load(plan, password=make_password(password)), told)
        except NotEmpty as refusal:
            raise CommandError(f"数据库不是空的。/ The database is not empty: {refusal}") from refusal
        self.stdout.write(
            "  账号 / accounts: officer supervisor liaison secretary clerk member sysadmin secadmin auditor"
        )
        self.stdout.write(f"  密码 / password: {password}")
