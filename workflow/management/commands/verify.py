"""`manage.py verify`: whether everything holds that must hold over rows. It reads only, and ends with 1 on a fault."""

import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from workflow import checking


class Command(BaseCommand):
    help = "Checks the invariants over all rows and names the rows that break them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("names", nargs="*", help="only these checks; without any, all")

    def handle(self, *args: Any, **options: Any) -> None:
        known = [one.name for one in checking.registered()]
        if unknown := [name for name in options["names"] if name not in known]:
            raise CommandError(f"没有这项检查。/ Unknown: {', '.join(unknown)}. Known: {', '.join(known)}")
        broken, begin = 0, time.monotonic()
        for finding in checking.run(options["names"]):
            broken += bool(finding.count)
            seconds, begin = time.monotonic() - begin, time.monotonic()
            self._tell(finding, seconds)
        if broken:
            self.stdout.write(
                _("%(count)d checks found something. Please tell whoever runs this system.") % {"count": broken}
            )
            sys.exit(1)
        self.stdout.write(_("Everything holds."))

    def _tell(self, finding: checking.Finding, seconds: float) -> None:
        sign = "!!" if finding.count else "ok"
        self.stdout.write(f"{sign} {finding.check.name:36} {seconds:6.1f} s  {finding.check.told}")
        if finding.count:
            named = ", ".join(finding.keys) + (" …" if finding.count > len(finding.keys) else "")
            self.stdout.write("   " + _("Found %(count)d: %(keys)s") % {"count": finding.count, "keys": named})
