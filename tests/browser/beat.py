"""What beat does every ten minutes, now: no test waits that long."""

import time

from tests.servers import Running

TASK = 'from django.conf import settings; task = settings.CELERY_BEAT_SCHEDULE["scan-reminders"]["task"]; '
SEND = TASK + "from config.celery import app; print(app.send_task(task).id)"
DO = TASK + "from django.utils.module_loading import import_string; import_string(task)()"


def remind(stack: Running, times: int) -> None:
    """Run the task of beat's schedule so often: through the real broker and worker where there is one."""
    if "BRANCHLIFE_REDIS_URL" not in stack.environment:
        stack.manage("shell", "-c", "; ".join([DO] * times))  # the broker in that process's memory is out of our reach
        return
    sent = stack.manage("shell", "-c", "; ".join([SEND] * times)).split()[-times:]
    log, end = stack.data / "logs" / "worker", time.monotonic() + 30
    while not all(f"[{task}] succeeded" in log.read_text() for task in sent):
        assert time.monotonic() < end, stack.logs()
        time.sleep(0.1)
