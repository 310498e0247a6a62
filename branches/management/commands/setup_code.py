"""`manage.py setup_code`: prints the one-time code of the set-up page while there is no account yet."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from branches.setup import door


class Command(BaseCommand):
    help = "Prints a new one-time code for the set-up page; does nothing once an account exists."

    def handle(self, *args: Any, **options: Any) -> None:
        if door.is_set_up():
            return
        self.stdout.write(
            f"\n  本系统尚未设置。请在浏览器打开 {settings.PUBLIC_URL}/setup/ ,输入一次性设置码:\n"
            f"  This site is not set up yet. Open {settings.PUBLIC_URL}/setup/ and type this one-time code:\n\n"
            f"      {door.new_code()}\n\n"
            "  每次启动(或再次运行 manage.py setup_code)都会换一个新码,旧码随即失效。\n"
            "  Each start, or manage.py setup_code, makes a new one; the old one no longer works.\n"
        )
