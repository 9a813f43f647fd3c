"""The HTTP side: REST API, sign-in forms, change stream, health and figures."""

from fastapi import FastAPI
from fastapi.responses import Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from studio_app.web.api.auth import auth
from studio_app.web.api.feeds import router as feeds
from studio_app.web.api.hooks import twilio
from studio_app.web.api.limits import SmallBodies
from studio_app.web.api.live import live
from studio_app.web.api.problems import speak_of_problems
from studio_app.web.api.unsubscribing import router as unsubscribing
from studio_app.web.api.v1 import (
    absences,
    accounts,
    attendance,
    audit,
    automations,
    billing,
    booking_rules,
    bookings,
    calendar,
    calendar_feeds,
    classes,
    cover,
    families,
    family_credits,
    hours,
    imports,
    jobs,
    messages,
    messaging,
    notifications,
    offers,
    open_times,
    people,
    places,
    policies,
    prices,
    rollovers,
    series,
    session,
    studio,
    tasks,
    time_proposals,
    video,
    waitlist,
    year,
)

api = FastAPI(
    title="Cadenza",
    version="1",
    summary="The same use cases as the screens, for programs.",
    openapi_url="/api/v1/openapi.json",
    docs_url=None,
    redoc_url=None,
    redirect_slashes=False,
)
speak_of_problems(api)
api.add_middleware(SmallBodies)


@api.get("/healthz", tags=["operations"])
def health() -> dict[str, str]:
    """Alive: the process answers. Readiness of the database is another question."""
    return {"status": "ok"}


@api.get("/metrics", tags=["operations"], include_in_schema=False)
def metrics() -> Response:
    """Figures for Prometheus; they name use cases, never people or studios."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


# After the two above: FastAPI makes every route of what is included when it first looks there.
# What is asked most often comes first: a route is found by trying one after the other.
V1 = (
    *(bookings, calendar, attendance, session, studio, people, families, places, year, series),
    *(prices, billing, accounts, imports, audit, messages, messaging, jobs, automations, tasks),
    *(notifications, hours, booking_rules, open_times, classes, calendar_feeds, cover),
    *(time_proposals, waitlist, offers, rollovers, video, family_credits, policies, absences),
)
for router in (auth, live, twilio.router, unsubscribing, feeds, *(part.router for part in V1)):
    api.include_router(router)
