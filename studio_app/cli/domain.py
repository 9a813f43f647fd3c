"""Commands whose work is done by the contexts: `demo`, `worker`, `import`, `export`."""

from importlib import import_module

from sqlalchemy import text

from studio_app.cli.console import say, step
from studio_app.cli.database import migrate_here
from studio_app.cli.local import local_database
from studio_app.kit.database import engine
from studio_app.kit.migrations import owner_engine
from studio_app.kit.settings import settings
from studio_app.kit.trouble import Trouble


def demo(_words: list[str]) -> None:
    with local_database():
        migrate_here()
        if not load_demo():
            say("There is a studio here already: nothing was loaded.")


def load_demo() -> bool:
    """Load the demonstration into a database without a studio; False if there was one."""
    with owner_engine(settings().database_url).connect() as connection:
        if connection.execute(text("select exists (select from studio)")).scalar_one():
            return False
    with step("Loading the demonstration studios"):
        import_module("studio_app.demo.seed").load_demo()
    return True


def worker(words: list[str]) -> object:
    with local_database():
        return import_module("studio_app.worker").main(words)


def import_file(words: list[str]) -> object:
    contacts = import_module("studio_app.imports.command_line")
    contacts.asked(words)  # a slip of the pen is told before anything is started
    with local_database():
        return contacts.import_file(engine(), words, say)


def export(words: list[str]) -> object:
    if not words:
        raise Trouble("Say where to: ./studio export DIR.")
    with local_database():
        return import_module("studio_app.overview.export").main(words)
