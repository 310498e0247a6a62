"""A process of voters: reads addresses and forms as JSON lines from its input, posts each at its time, and prints for each
what became of it and how long it took.

    python -m tests.drills.voter <seconds over which to spread>
"""

import http.client
import json
import random
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

ENDS = {"已投入票箱": "taken", "已在票箱中": "already", "尚未开放": "not open", "不是正在进行": "unknown"}
TRIES = 40


def cast(url, form):
    """(what the page said, seconds, how often it was asked). An answer that got lost is asked for again: it may have counted."""
    begun, tries = time.monotonic(), 0
    while tries < TRIES:
        tries += 1
        try:
            with urllib.request.urlopen(url, urllib.parse.urlencode(form).encode(), timeout=30) as answer:
                words = answer.read().decode()
            return next((end for said, end in ENDS.items() if said in words), "?"), time.monotonic() - begun, tries
        except (urllib.error.URLError, http.client.HTTPException, OSError):
            time.sleep(random.uniform(0.5, 1.5) * min(2, tries / 4))  # a person waits longer each time
    return "lost", time.monotonic() - begun, tries


def main():
    spread, told = float(sys.argv[1]), threading.Lock()

    def vote(place, url, form):
        time.sleep(random.random() * spread)
        found = cast(url, form)
        with told:
            print(json.dumps([place, *found]), flush=True)

    votes = [json.loads(line) for line in sys.stdin]
    threads = [threading.Thread(target=vote, args=one) for one in votes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
