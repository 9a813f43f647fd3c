"""What every signed-in page has around it: whose studio this is and who is looking."""

import reflex as rx

from studio_app.identity.queries import Profile, my_profile, my_studios
from studio_app.kit.access import Role
from studio_app.kit.errors import SignedOut
from studio_app.web import routes
from studio_app.web.handlers import loader, open_loader
from studio_app.web.session import PageState
from studio_app.web.ui.shells import Frame, StudioLink

_FIRST = (Role.OWNER, Role.ADMIN, Role.TEACHER, Role.GUARDIAN, Role.STUDENT)


class Here(PageState, rx.State):
    """Loaded before the page's own state, so that the frame never waits for the content."""

    frame: Frame = Frame()
    studios: list[StudioLink] = []

    @loader
    async def load(self) -> None:
        profile = await self._run(my_profile)
        self.frame = frame_of(profile)
        others = await self._run(my_studios)
        self.studios = [StudioLink(str(s.id), s.name) for s in others if s.id != profile.studio_id]


class Door(PageState, rx.State):
    """The site's front door: leads everybody to their own home."""

    @open_loader
    async def lead(self) -> rx.event.EventSpec:
        try:
            profile = await self._run(my_profile)
        except SignedOut:
            return rx.redirect(routes.SIGN_IN)
        return rx.redirect(home_of(profile.roles))


def home_of(roles: tuple[Role, ...]) -> str:
    if Role.OWNER in roles or Role.ADMIN in roles:
        return routes.OFFICE
    if Role.TEACHER in roles:
        return routes.TODAY
    return routes.PORTAL if roles else routes.NO_STUDIO


def frame_of(profile: Profile) -> Frame:
    held = [role for role in _FIRST if role in profile.roles]
    return Frame(
        studio=profile.studio,
        person=profile.name,
        first_name=profile.name.split(maxsplit=1)[0] if profile.name else "",
        initials="".join(part[0] for part in profile.name.split()[:2]).upper(),
        role=str(held[0].label) if held else "",
        is_demo=profile.is_demo,
    )
