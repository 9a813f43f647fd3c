"""`python -m tests.kit.worker_process`: `./studio worker` in a hurry, with the slow greeting.

With `wink` its clock also strikes every minute.
"""

import sys

from studio_app import worker
from tests.kit.slow_greeting import SHOUT, WINK, wire_greetings

HURRIED = worker.Pace(look=0.2, poll=0.1, heartbeat=0.2, requeue=0.2, lost_after=1.0)

if __name__ == "__main__":
    wire_greetings()
    worker.main(pace=HURRIED, jobs=[SHOUT, *([WINK] if "wink" in sys.argv else [])])
