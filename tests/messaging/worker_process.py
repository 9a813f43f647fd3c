"""`python -m tests.messaging.worker_process`: a real worker in a hurry, without a clock."""

from studio_app import worker

HURRIED = worker.Pace(look=0.2, poll=0.1, heartbeat=0.2, requeue=0.2, lost_after=1.0)

if __name__ == "__main__":
    worker.main(pace=HURRIED, jobs=[])
