"""`migrate` and `doctor`."""

import json
from importlib import import_module
from importlib.util import find_spec

from studio_app.cli.console import say
from studio_app.cli.local import local_database
from studio_app.kit import migrations
from studio_app.kit.doctor import Finding, Invariant, examine
from studio_app.kit.migrations import owner_engine
from studio_app.kit.settings import settings


def migrate(_words: list[str]) -> None:
    with local_database():
        migrate_here()


def migrate_here() -> None:
    chosen = settings()
    ran = migrations.migrate(chosen.database_url, chosen.app_database_url)
    for revision in ran:
        say(f"  {revision}")
    if not ran:
        say("The database is up to date.")


def doctor(words: list[str]) -> int:
    """0 when every promise holds, 1 when one is broken."""
    with local_database():
        findings = findings_of(settings().database_url)
    if "--json" in words:
        say(json.dumps([{"id": finding.id, "rows": finding.rows} for finding in findings]))
    else:
        tell(findings)
    return 1 if any(finding.rows for finding in findings) else 0


def findings_of(owner_url: str) -> list[Finding]:
    """What the doctor finds in a database, in a transaction that changes nothing."""
    engine = owner_engine(owner_url)
    try:
        with engine.connect().execution_options(postgresql_readonly=True) as connection:
            return examine(connection, invariants())
    finally:
        engine.dispose()


def invariants() -> tuple[Invariant, ...]:
    if find_spec("studio_app.wiring") is None:
        return ()
    return tuple(getattr(import_module("studio_app.wiring"), "INVARIANTS", ()))


def tell(findings: list[Finding]) -> None:
    for finding in findings:
        verdict = f"BROKEN by {finding.rows} rows" if finding.rows else "holds"
        say(f"  {finding.id:<5}{finding.promise} {verdict}")
