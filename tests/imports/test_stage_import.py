"""A file on its way in: columns, dates, balances, answers, and what comes after."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import Engine

from studio_app.billing.queries.statements import family_balance
from studio_app.imports import command_line
from studio_app.imports.commands.applying import apply_import
from studio_app.imports.commands.deciding import (
    CannotAdd,
    NobodyToFill,
    NotOurCurrency,
    decide_row,
    set_opening_balance,
)
from studio_app.imports.commands.proposing import (
    change_proposal,
    confirm_proposals,
    dismiss_proposals,
    dismiss_todo,
    reopen_todo,
)
from studio_app.imports.commands.staging import (
    check_rows,
    discard_import,
    remap_import,
    stage_import,
)
from studio_app.imports.commands.undoing import undo_import
from studio_app.imports.queries.batches import import_batches
from studio_app.imports.queries.leftovers import import_todo, series_proposals
from studio_app.imports.queries.preview import import_preview, import_targets
from studio_app.imports.rules.dates import DateOrder
from studio_app.imports.rules.settling import Decision, Outcome
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import BatchId, new_id
from studio_app.kit.money import Money
from studio_app.people.queries.students import StudentCard, student_card, students
from tests.conftest import World
from tests.imports.conftest import SAMPLES, Bring, sample
