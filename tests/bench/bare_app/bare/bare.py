"""One page with one counter; the second handler also reads one row by its key."""

import asyncio
import os

import reflex as rx
from sqlalchemy import create_engine, text

ENGINE = create_engine(os.environ["BENCH_DATABASE_URL"])  # noqa: TID251  no settings of ours
READ = text("select name from person where email = 'olivia@example.org'")


class Counter(rx.State):
    count: int = 0
    name: str = ""

    @rx.event
    async def add(self) -> None:
        self.count += 1

    @rx.event
    async def add_and_read(self) -> None:
        self.count += 1
        self.name = await asyncio.get_running_loop().run_in_executor(None, _read)


def _read() -> str:
    with ENGINE.connect() as connection:
        return str(connection.execute(READ).scalar_one())


def index() -> rx.Component:
    return rx.el.button(Counter.count, on_click=Counter.add)


app = rx.App()
app.add_page(index)
