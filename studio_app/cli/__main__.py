"""`./studio COMMAND`: reads the words typed, hands over, and turns failure into one sentence."""

import sys
import traceback
from importlib import import_module
from importlib.util import find_spec

from pydantic import ValidationError

from studio_app.cli.console import say
from studio_app.cli.table import COMMANDS, Command
from studio_app.kit.errors import Refused
from studio_app.kit.trouble import Trouble

INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    verbose = "--verbose" in arguments
    words = [word for word in arguments if word != "--verbose"]
    try:
        return _obey(words)
    except KeyboardInterrupt:
        return INTERRUPTED
    except (Trouble, Refused) as trouble:
        sentence = str(trouble)
    except ValidationError as error:
        sentence = _about_settings(error)
    except Exception as error:
        sentence = (
            f"Something went wrong that we did not foresee ({_short(error)}): "
            "run the same command with --verbose and send us what it prints."
        )
        if verbose:
            traceback.print_exc()
    sys.stderr.write(f"{sentence}\n")
    return 1


def available() -> dict[str, Command]:
    """The commands whose code is part of this installation."""
    return {command.name: command for command in COMMANDS if _is_here(command)}


def _obey(words: list[str]) -> int:
    known = available()
    name, *rest = words or ["help"]
    if name in {"help", "--help", "-h"}:
        _help(known)
        return 0
    command = known.get(name)
    if command is None:
        raise Trouble(f"There is no command {name!r}: ./studio help lists them.")
    module, _, function = command.does.partition(":")
    result = getattr(import_module(module), function)(rest)
    return result if isinstance(result, int) else 0


def _is_here(command: Command) -> bool:
    return all(_found(module) for module in command.needs)


def _found(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _help(known: dict[str, Command]) -> None:
    say("Cadenza: the studio's week, for people who teach music.\n")
    for command in known.values():
        if command.help:
            say(f"  ./studio {command.usage:<24} {command.help}")
    say("\nAdd --verbose to see the whole story of a failure.")


def _about_settings(error: ValidationError) -> str:
    first = error.errors()[0]
    name = str(first["loc"][0]).upper() if first["loc"] else "A setting"
    if first["type"] == "missing":
        return f"{name} is not set: put it into the environment or .env (see README, Settings)."
    reason = first["msg"].removeprefix("Value error, ")
    return f"{name} cannot be used ({reason}): correct it in the environment or .env."


def _short(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
