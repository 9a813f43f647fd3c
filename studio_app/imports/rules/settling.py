"""What becomes of each row: decided over the whole file and everybody already here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from studio_app.imports.rules.comparing import KnownStudent, differing
from studio_app.imports.rules.parsed import Parsed
from studio_app.imports.rules.problems import Code, Level, Problem, worst
from studio_app.imports.rules.within import Families, left_out_with
from studio_app.kit.words import Labelled, Text, _
from studio_app.people.rules import Known, folded, looks_like


class Outcome(Labelled):
    """The group a row is shown in."""

    READY = "ready"
    NEEDS_INFO = "needs_info"
    DUPLICATE = "duplicate"
    ERROR = "error"


class Decision(Labelled):
    """What to do with a row when the batch is applied."""

    CREATE = "create"
    UPDATE = "update"
    SKIP = "skip"

    @property
    def label(self) -> Text:
        said = {
            Decision.CREATE: _("Add"),
            Decision.UPDATE: _("Fill in what is missing"),
            Decision.SKIP: _("Leave out"),
        }
        return said[self]


@dataclass(frozen=True, slots=True)
class Read:
    """A row before it is settled."""

    line: int
    parsed: Parsed
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    line: int
    outcome: Outcome
    decision: Decision
    """What happens unless the owner decides otherwise."""
    family_key: str
    match_id: UUID | None = None
    same_as_line: int | None = None
    problems: tuple[Problem, ...] = ()


def settle(rows: Iterable[Read], students: Sequence[KnownStudent]) -> list[Settled]:
    """Sort rows into the four groups. Each row is in exactly one."""
    by_id = {s.external_id: s for s in students if s.external_id}
    by_name: dict[str, list[KnownStudent]] = defaultdict(list)
    for student in students:
        by_name[folded(student.name)].append(student)
    seen, families = _Seen({}, defaultdict(list)), Families()
    settled: list[Settled] = []
    for row in rows:
        match = by_id.get(row.parsed.student_id) or _same_student(row.parsed, by_name)
        one = _settled(row, match, seen.first_about(row))
        if one.decision is Decision.CREATE and folded(row.parsed.name) in by_name:
            namesake = Problem(Code.NAMESAKE, {"name": row.parsed.name})
            one = replace(one, problems=(*one.problems, namesake))
        if worst(row.problems) is not Level.ERROR and row.parsed.first_name:
            seen.add(row)
            others = families.differing(one.family_key, row.line, row.parsed)
            one = replace(one, problems=(*one.problems, *others))
        settled.append(one)
    return settled


def family_key(row: Read) -> str:
    """Rows with the same key share an account: the file's family id, else the address of a
    parent; for a child without parents its own address, which then is a parent's. Never the
    surname."""
    parsed = row.parsed
    if parsed.family_id:
        return f"id:{parsed.family_id}"
    emails = [contact.email for contact in parsed.contacts if contact.email]
    if not parsed.is_adult and not emails and parsed.email:
        emails = [parsed.email]
    return f"email:{emails[0].lower()}" if emails else f"line:{row.line}"


def opening_balances(rows: Iterable[tuple[str, int, Parsed]]) -> dict[str, tuple[int, list[int]]]:
    """Per family what is owed and the lines that say so. `rows` are family key, line, parsed.

    Exports repeat a family's balance on each child: the same amount several times counts
    once, different amounts are summed.
    """
    said: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for key, line, parsed in rows:
        if parsed.balance_minor is not None:
            said[key].append((line, parsed.balance_minor))
    return {
        key: (sum({amount for _line, amount in each}), [line for line, _amount in each])
        for key, each in said.items()
    }


def can_be_added(parsed: Parsed, problems: tuple[Problem, ...]) -> bool:
    """Whether a row may be added although something was asked: only a name is needed."""
    return bool(parsed.first_name) and worst(problems) is not Level.ERROR


def _settled(row: Read, match: KnownStudent | None, first: Read | None) -> Settled:
    base = Settled(row.line, Outcome.READY, Decision.CREATE, family_key(row), problems=row.problems)
    level = worst(row.problems)
    if level is Level.ERROR:
        return replace(base, outcome=Outcome.ERROR, decision=Decision.SKIP)
    if first is not None:
        same = Problem(Code.SAME_AS_LINE, {"line": first.line})
        only_here = left_out_with(row.parsed, first.parsed)
        return replace(
            base,
            outcome=Outcome.DUPLICATE,
            decision=Decision.SKIP,
            same_as_line=first.line,
            problems=(*row.problems, same, *only_here),
        )
    if match is not None:
        code = Code.SAME_AS_ARCHIVED if match.is_archived else Code.SAME_AS_STUDENT
        same = Problem(code, {"name": match.name})
        return replace(
            base,
            outcome=Outcome.DUPLICATE,
            decision=Decision.UPDATE,
            match_id=match.id,
            problems=(*row.problems, same, *differing(row.parsed, match)),
        )
    if level is Level.ASK:
        return replace(base, outcome=Outcome.NEEDS_INFO, decision=Decision.SKIP)
    return base


def _same_student(parsed: Parsed, by_name: Mapping[str, list[KnownStudent]]) -> KnownStudent | None:
    """Somebody of that name, unless what is known speaks against it: other parents, or another
    number in the other program, and no address or birthday that is shared."""
    candidates = by_name.get(folded(parsed.name), []) if parsed.name else []
    for student in candidates:
        if not looks_like(_known(parsed), [student.known]):
            continue
        theirs = {parent.email.lower() for parent in student.parents if parent.email}
        ours = {contact.email.lower() for contact in parsed.contacts if contact.email}
        everybody = theirs | {student.email.lower()} - {""}
        shared = bool(everybody & _emails(parsed)) or bool(parsed.birthday and student.birthday)
        others = bool(theirs and ours) or bool(parsed.student_id and student.external_id)
        if shared or not others:
            return student
    return None


@dataclass(frozen=True, slots=True)
class _Seen:
    """The rows before this one, by number and by name."""

    numbers: dict[str, Read]
    names: dict[str, list[Read]]

    def add(self, row: Read) -> None:
        if row.parsed.student_id:
            self.numbers.setdefault(row.parsed.student_id, row)
        self.names[folded(row.parsed.name)].append(row)

    def first_about(self, row: Read) -> Read | None:
        """The earlier row about the same person, if any."""
        if row.parsed.student_id in self.numbers:
            return self.numbers[row.parsed.student_id]
        others = self.names.get(folded(row.parsed.name), []) if row.parsed.name else []
        return next((other for other in others if _same_person(row, other)), None)


def _same_person(row: Read, other: Read) -> bool:
    if row.parsed.student_id and other.parsed.student_id:
        return False
    if family_key(row) != family_key(other) and _emails(row.parsed) and _emails(other.parsed):
        return False
    return bool(looks_like(_known(row.parsed), [_known(other.parsed)]))


def _known(parsed: Parsed) -> Known:
    return Known(parsed.name, parsed.email, parsed.phone, parsed.birthday)


def _emails(parsed: Parsed) -> set[str]:
    own = {parsed.email, *(contact.email for contact in parsed.contacts)}
    return {email.lower() for email in own} - {""}
