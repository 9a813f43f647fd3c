"""What people allowed and do not want, read once for as many as are told something."""

from collections.abc import Collection
from dataclasses import dataclass

from studio_app.kit.ids import ContactId
from studio_app.kit.work import Work
from studio_app.messaging.access import consents
from studio_app.messaging.access.recipients import Recipient
from studio_app.messaging.rules.kinds import Category, Channel, Kind
from studio_app.messaging.rules.states import Purpose


@dataclass(frozen=True, slots=True)
class Wishes:
    """The last words of some people."""

    muted: set[consents.Wish]
    words: consents.LastWords

    def want(self, who: Recipient, kind: Kind, channel: Channel) -> bool:
        """Whether this person is told this by this way: they have not muted it, and can take it.

        A letter without an address is written all the same, so that the log says who was not
        reached.
        """
        if kind.can_be_muted and (who.contact_id, kind.category, channel) in self.muted:
            return False
        news = kind.category is Category.NEWS
        match channel:
            case Channel.TEXT if kind.about == "reply":
                return True
            case Channel.TEXT:
                return bool(who.phone) and self._allowed(who, channel, is_news=news) == who.phone
            case Channel.EMAIL if news:
                return self._allowed(who, channel, is_news=True) == who.email
            case Channel.EMAIL:
                return True
            case Channel.PUSH:
                return who.browsers > 0
            case Channel.INBOX:
                return who.person_id is not None

    def texts_reach(self, who: Recipient) -> bool:
        """Whether this person may be sent texts about lessons, to the number they have now."""
        return bool(who.phone) and self._allowed(who, Channel.TEXT, is_news=False) == who.phone

    def _allowed(self, who: Recipient, channel: Channel, *, is_news: bool) -> str | None:
        """The address they allowed it for."""
        purpose = Purpose.MARKETING if is_news else Purpose.SERVICE
        word = self.words.get((who.contact_id, channel, purpose))
        return word.address if word and word.given else None


def wishes_of(work: Work, contacts: Collection[ContactId]) -> Wishes:
    return Wishes(consents.muted(work, contacts), consents.last_words(work, contacts))
