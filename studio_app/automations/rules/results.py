"""What can become of a run and of each of its actions."""

from studio_app.kit.words import Labelled


class RunResult(Labelled):
    """Acted: the conditions held and the actions were gone through."""

    ACTED = "acted"
    NOT_MET = "not_met"
    HELD_BACK = "held_back"
    """The day's limit was reached"""
    STOPPED = "stopped"
    """It would have gone round in circles"""


class ActionResult(Labelled):
    """After a failed action the following ones are not run: they may rest on it."""

    DONE = "done"
    FAILED = "failed"
    NOT_RUN = "not_run"
    WAITING = "waiting"
