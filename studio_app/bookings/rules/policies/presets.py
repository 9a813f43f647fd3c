"""The policies to begin with, one for each way of working. They are data like any other."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from studio_app.bookings.rules.policies.document import Policy
from studio_app.bookings.rules.policies.reading import policy_of
from studio_app.kit.words import Text, _

_FOLDER = Path(__file__).with_name("preset_data")
_IN_TIME, _LATE = _("Cancelled in time"), _("Cancelled late")
_MISSED, _MOVED_LATE = _("Missed without a word"), _("Asked to be moved late")
_REST = _("Everything else")


@dataclass(frozen=True, slots=True)
class Preset:
    """`titles` are those of its rules by their ids, `windows` the names of the parts of a year."""

    key: str
    name: Text
    about: Text
    titles: Mapping[str, Text]
    windows: tuple[Text, ...] = field(default=())

    @property
    def policy(self) -> Policy:
        return _read(self.key)

    def said(self, locale: str) -> Policy:
        """The same with its titles in a studio's language."""
        rules = tuple(
            replace(rule, title=self.titles.get(rule.id, _REST).say(locale))
            for rule in self.policy.rules
        )
        pairs = zip(self.policy.windows, self.windows, strict=True)
        windows = tuple(replace(one, name=name.say(locale)) for one, name in pairs)
        return replace(self.policy, rules=rules, windows=windows)


PRESETS: Mapping[str, Preset] = {
    one.key: one
    for one in (
        Preset(
            "music_studio",
            _("Music studio"),
            _("Weekly lessons: a make-up credit for whoever cancels 24 hours before."),
            {
                "studio-cancels": _("We cannot come"),
                "make-up-in-time": _("A make-up is cancelled in time"),
                "make-up-missed": _("A make-up is missed"),
                "in-time": _IN_TIME,
                "late": _LATE,
                "no-show": _MISSED,
                "move-late": _MOVED_LATE,
            },
        ),
        Preset(
            "coach",
            _("Coach with packages"),
            _("A session cancelled 24 hours before goes back to the package."),
            {
                "coach-cancels": _("I cannot come"),
                "in-time": _IN_TIME,
                "late": _("Cancelled late or missed"),
                "move-late": _MOVED_LATE,
            },
        ),
        Preset(
            "weekly_slot_school",
            _("School with weekly slots"),
            _("One make-up a semester at the own time, for who pays by the semester or year."),
            {
                "school-cancels": _("The school cancels"),
                "make-up-missed": _("A make-up is missed"),
                "one-a-semester": _("The first time in a semester"),
                "no-further": _("Every other time"),
                "moves": _("Moving a lesson"),
            },
            (_("First semester"), _("Second semester")),
        ),
        Preset(
            "marketplace",
            _("Marketplace"),
            _("Free until 24 hours before, then a credit, within 12 hours the whole price."),
            {
                "teacher-cancels": _("The teacher cancels"),
                "early": _("More than a day before"),
                "a-day-before": _("12 to 24 hours before"),
                "late": _("Less than 12 hours before"),
                "no-show": _MISSED,
                "move-late": _MOVED_LATE,
            },
        ),
    )
}


@cache
def _read(key: str) -> Policy:
    return policy_of(json.loads((_FOLDER / f"{key}.json").read_text(encoding="utf-8")))
