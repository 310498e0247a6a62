"""`manage.py second_step_off <login name>`: for whoever has lost the telephone and the recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from branches.actions.second_step import take_away
from branches.models import User
from workflow.actors import SYSTEM


class Command(BaseCommand):
    help = "Removes the second step of an account and ends its sign-ins; an administrator must set it up anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("login")

    def handle(self, *args: Any, login: str, **options: Any) -> None:
        user = User.objects.filter(username=login.strip().lower()).first()
        if user is None:
            raise CommandError("没有这个登录名。/ There is no such login name.")
        take_away(user, actor=SYSTEM)
        self.stdout.write("已清除两步验证。/ The second step is removed.")
