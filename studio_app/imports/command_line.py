"""`./studio import FILE`: the same steps as on the page, told line by line. Without --apply it
is a dry run: the file is checked, said what would happen, and forgotten again."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from studio_app.identity.sessions import every_studio
from studio_app.imports.commands.applying import apply_import
from studio_app.imports.commands.staging import check_rows, discard_import, stage_import
from studio_app.imports.queries.batches import studio_name
from studio_app.imports.queries.preview import ImportPreview, import_preview
from studio_app.imports.rules.settling import Outcome
from studio_app.kit.access import Actor
from studio_app.kit.ids import BatchId, StudioId
from studio_app.kit.trouble import Trouble
from studio_app.kit.work import run

Say = Callable[[str], None]
USAGE = "Say which file: ./studio import FILE [--studio NAME] [--apply]."


@dataclass(frozen=True, slots=True)
class Asked:
    file: Path
    studio: str | None
    apply: bool


def asked(words: list[str]) -> Asked:
    """What was typed behind `import`; Trouble with the usage where it makes no sense."""
    rest = [word for word in words if word != "--apply"]
    studio: str | None = None
    if "--studio" in rest:
        at = rest.index("--studio")
        if at + 1 >= len(rest):
            raise Trouble("Say the studio's name behind --studio.")
        studio = rest[at + 1]
        del rest[at : at + 2]
    if len(rest) != 1:
        raise Trouble(USAGE)
    return Asked(Path(rest[0]), studio, "--apply" in words)


def import_file(engine: Engine, words: list[str], say: Say) -> int:
    """Check a file, say what it holds, and bring it in if --apply was typed. Answers with the
    exit code: 0, or 1 where nothing could be brought in."""
    told = asked(words)
    actor = Actor.system(_studio(engine, told.studio))
    try:
        content = told.file.read_bytes()
    except OSError as error:
        raise Trouble(f"{told.file} cannot be read: {error.strerror}.") from error
    batch_id = run(engine, actor, stage_import, told.file.name, content)
    _check(engine, actor, batch_id, say)
    preview = _preview(engine, actor, batch_id)
    _tell(preview, say)
    for group in (Outcome.NEEDS_INFO, Outcome.ERROR, Outcome.DUPLICATE):
        _tell_group(engine, actor, batch_id, group, say)
    if not told.apply:
        run(engine, actor, discard_import, batch_id)
        say("Nothing was changed. Add --apply to bring the ready rows in.")
        return 0 if preview.names_somebody else 1
    return _apply(engine, actor, batch_id, say)


def _check(engine: Engine, actor: Actor, batch_id: BatchId, say: Say) -> None:
    progress = run(engine, actor, check_rows, batch_id)
    while not progress.finished:
        say(f"Checked {progress.done} of {progress.total} rows ...")
        progress = run(engine, actor, check_rows, batch_id)


def _preview(engine: Engine, actor: Actor, batch_id: BatchId) -> ImportPreview:
    return run(engine, actor, import_preview, batch_id)


def _tell(preview: ImportPreview, say: Say) -> None:
    say(f"{preview.batch.name}: {preview.batch.kind.label}, {preview.how_read}.")
    say(f"Dates: {preview.order.label}. {preview.order_reason}")
    left = [c.heading for c in preview.columns if not c.target and c.heading]
    if left:
        say(f"Columns that are not imported: {', '.join(left)}.")
    if preview.withheld_lines:
        lines = ", ".join(map(str, preview.withheld_lines))
        say(f"Passwords were found and withheld on lines {lines}.")
    if preview.imported_before_on:
        say(f"This very file was imported on {preview.imported_before_on}.")
    for balance in preview.balances:
        say(f"  {balance.family} {balance.sentence}")
    for outcome, n in preview.batch.counts.items():
        say(f"{outcome.label}: {n}")


def _tell_group(engine: Engine, actor: Actor, batch_id: BatchId, group: Outcome, say: Say) -> None:
    page = 1
    while True:
        preview = run(engine, actor, import_preview, batch_id, group, page, size=200)
        for row in preview.rows:
            said = " ".join(row.problems)
            say(f"  line {row.line}, {row.name or '–'} ({row.decision.label}): {said}")
        if page >= preview.pages:
            return
        page += 1


def _apply(engine: Engine, actor: Actor, batch_id: BatchId, say: Say) -> int:
    done = run(engine, actor, apply_import, batch_id)
    say(
        f"Added {done.added}, filled in {done.filled}, unchanged {done.unchanged}, "
        f"left out {done.left_out}: {done.rows} rows."
    )
    say(
        f"{done.proposals} weekly lessons wait to be put on the calendar, {done.todos} things "
        f"are left to do, {done.balances} opening balances were posted."
    )
    return 0


def _studio(engine: Engine, name: str | None) -> StudioId:
    """The studio of that name; without a name the only one there is."""
    called = {
        studio_id: run(engine, Actor.system(studio_id), studio_name)
        for studio_id in every_studio(engine)
    }
    fitting = [i for i, n in called.items() if name is None or n.casefold() == name.casefold()]
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(sorted(called.values())) or "none yet"
    raise Trouble(f"Say which studio with --studio NAME; there are: {names}.")
