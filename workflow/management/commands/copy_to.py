"""`manage.py copy_to URL`: from one host to servers. Copies this database into an empty PostgreSQL and compares."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from workflow.management import copying


class Command(BaseCommand):
    help = "Copies every table into an empty PostgreSQL database, all or nothing, and compares both sides."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url", help="postgresql://user:password@host:port/name")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = 0

        def told(table: copying.Copied) -> None:
            nonlocal rows
            rows += table.rows
            self.stdout.write(f"  {table.table:36} {table.rows:>12,}  {table.digest[:16]}")

        try:
            target = copying.connect(options["url"])
            copying.prepare(target)
            copying.copy(target, told)
        except copying.Refused as refusal:
            raise CommandError(_("Nothing was copied. %s") % refusal) from refusal
        self.stdout.write(_("%(rows)s rows copied; both sides are equal.") % {"rows": f"{rows:,}"})
        self.stdout.write(_("Please carry along as well, from %s:") % settings.DATA_DIR)
        for name, files, size in copying.carried():
            count = _("%(files)d files, %(size)d bytes") % {"files": files, "size": size}
            self.stdout.write(f"  {name}/  {count}")
        self.stdout.write(_("Then set BRANCHLIFE_DATABASE_URL, and run “manage.py verify” there and here."))
