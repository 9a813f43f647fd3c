"""Files from our own pages. Never Reflex's upload: that one takes anything from anybody."""

from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile

from studio_app.imports.commands.staging import stage_import
from studio_app.kit.errors import Refused
from studio_app.kit.words import _
from studio_app.web.api.caller import Asking

uploads = APIRouter(prefix="/uploads", include_in_schema=False)
MOST_BYTES = 5 << 20
_AROUND = 64 << 10  # the multipart frame around the file
ONE_FILE = {"max_files": 1, "max_fields": 1}


class TooLarge(Refused):
    message = _("This file is too big. At most {most} MB, please.", most=MOST_BYTES >> 20)


class NoFile(Refused):
    message = _("No file arrived. Please choose it again.")


@uploads.post("/imports")
async def post_import(request: Request, asking: Asking) -> dict[str, str]:
    """Stage a contact list; answers with its batch. The edge has checked the Origin."""
    name, content = await _file_of(request)
    batch_id = await to_thread.run_sync(lambda: asking.run(stage_import, name, content))
    return {"batch_id": str(batch_id)}


async def _file_of(request: Request) -> tuple[str, bytes]:
    """The one file of a form; refused by its length before any of it is kept."""
    length = request.headers.get("content-length", "")
    if not length.isdigit():
        raise NoFile
    if int(length) > MOST_BYTES + _AROUND:
        raise TooLarge
    async with request.form(**ONE_FILE) as form:
        sent: Any = form.get("file")
        if not isinstance(sent, UploadFile):
            raise NoFile
        return sent.filename or "contacts.csv", await sent.read()
