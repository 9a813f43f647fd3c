"""The HTTP side: REST API, sign-in forms, health."""

from fastapi import FastAPI

api = FastAPI(
    title="Cadenza",
    openapi_url="/api/v1/openapi.json",
    docs_url=None,
    redoc_url=None,
    redirect_slashes=False,
)


@api.get("/healthz", tags=["operations"])
def health() -> dict[str, str]:
    """Alive: the process answers. Readiness of the database is another question."""
    return {"status": "ok"}
