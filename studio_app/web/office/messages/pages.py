"""The pages about messages: what was sent, what came back, writing, and how it is set up."""

from studio_app.web import routes
from studio_app.web.office.messages import bulk_progress, log, replies, writing
from studio_app.web.office.settings import messages, template
from studio_app.web.page import Page
from studio_app.web.words import _


def message_pages() -> tuple[Page, ...]:
    """What was sent, what came back, and writing to many."""
    replies_load = [replies.RepliesState.arrive, replies.RepliesState.load]
    progress_load = bulk_progress.BulkProgressState.load
    return (
        Page(routes.MESSAGES, _("Messages"), log.page, log.MessagesState.load),
        Page(routes.REPLIES, _("Answers"), replies.page, replies_load),
        Page(routes.WRITE_TO_MANY, _("Write to many"), writing.page, writing.WritingState.load),
        Page(routes.BULK, _("Sent to many"), bulk_progress.page, progress_load),
    )


def message_settings_pages() -> tuple[Page, ...]:
    """What is sent and when, and the words of each kind."""
    settings_load, words_load = messages.MessageSettingsState.load, template.TemplateState.load
    return (
        Page(routes.SETTINGS_MESSAGES, _("Settings"), messages.page, settings_load),
        Page(routes.SETTINGS_TEMPLATE, _("Settings"), template.page, words_load),
    )
