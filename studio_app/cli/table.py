"""Every command: what is typed, what it does, what it needs to be there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    usage: str
    help: str
    """Empty for steps that other commands run in a process of their own."""
    does: str
    needs: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.usage.split(maxsplit=1)[0]


COMMANDS = (
    Command(
        "run [--port N]",
        "start everything and serve it",
        "studio_app.cli.supervise:run",
        ("studio_app.studio_app", "studio_app.web.build"),
    ),
    Command(
        "test [unit|database|browser]",
        "run the tests; further words go to pytest",
        "studio_app.cli.testing:test",
        ("tests.database",),
    ),
    Command(
        "bench [P1 …] [--json]",
        "measure against the targets",
        "studio_app.cli.testing:bench",
        ("tests.bench.__main__",),
    ),
    Command("doctor [--json]", "check what must hold", "studio_app.cli.database:doctor"),
    Command("migrate", "bring the database up to date", "studio_app.cli.database:migrate"),
    Command(
        "demo",
        "load the demonstration studios",
        "studio_app.cli.domain:demo",
        ("studio_app.demo.seed",),
    ),
    Command(
        "import FILE [--studio NAME] [--apply]",
        "check a contact export; --apply brings it in",
        "studio_app.cli.domain:import_file",
        ("studio_app.imports.command_line",),
    ),
    Command("backup DIR", "write everything into a new folder", "studio_app.cli.backup:backup"),
    Command(
        "restore DIR [--yes]",
        "bring a backup back, checked",
        "studio_app.cli.backup:restore",
    ),
    Command(
        "worker",
        "a further process for jobs",
        "studio_app.cli.domain:worker",
        ("studio_app.worker",),
    ),
    Command(
        "export DIR",
        "a studio's data in open formats",
        "studio_app.cli.domain:export",
        ("studio_app.overview.export",),
    ),
    Command(
        "check", "compare models with migrations (for developers)", "studio_app.cli.database:check"
    ),
    Command(
        "words", "collect the words on screen into the catalogues", "studio_app.cli.words:words"
    ),
    Command("prepare", "", "studio_app.cli.prepare:prepare"),
    Command("welcome", "", "studio_app.cli.prepare:welcome"),
)
