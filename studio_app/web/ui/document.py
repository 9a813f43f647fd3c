"""What every page has around it: head, fonts, notices, the pill that says one is offline."""

import reflex as rx
from reflex.app import default_error_boundary
from reflex_base.components.memo import memo
from reflex_base.event import EventHandler, no_args_event_spec
from reflex_base.vars.base import Var
from reflex_components_core.core.banner import has_too_many_connection_errors

from studio_app.web.notices import Notice, Notices
from studio_app.web.ui.icons import icon
from studio_app.web.ui.scripts import script
from studio_app.web.words import _

_SHEETS = "tokens base parts choices lists forms overlays shells calendar planning print"
STYLESHEETS = [f"/{name}.css" for name in _SHEETS.split()]

_DOCUMENT = script("document.jsx")

# Remembers one tap made before React owns the page, shows it as busy, replays it afterwards.
_REPLAY = """(function(){var kept=[];function hold(e){
if(document.documentElement.dataset.ready)return;
var t=e.target.closest&&e.target.closest('button,[role=button],[role=radio]');
if(!t||t.form&&t.type==='submit'&&t.form.method==='post')return;
e.preventDefault();e.stopPropagation();t.setAttribute('aria-busy','true');kept=[t];}
addEventListener('click',hold,true);
window.__replay=function(){document.documentElement.dataset.ready='1';
removeEventListener('click',hold,true);
kept.splice(0).forEach(function(t){t.removeAttribute('aria-busy');if(t.isConnected)t.click();});};
})();"""
_SERVICE_WORKER = """if('serviceWorker' in navigator&&location.protocol==='https:')
addEventListener('load',function(){navigator.serviceWorker.register('/sw.js')});"""


def _theme_colour(colour: str, mode: str) -> rx.Component:
    media = f"(prefers-color-scheme: {mode})"
    return rx.el.meta(name="theme-color", content=colour, custom_attrs={"media": media})


HEAD = [
    rx.el.script(_REPLAY),
    rx.el.script(_SERVICE_WORKER),
    rx.el.link(
        rel="preload",
        href="/fonts/inter-latin.woff2",
        custom_attrs={"as": "font"},
        type="font/woff2",
        cross_origin="anonymous",
    ),
    rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
    rx.el.link(rel="manifest", href="/manifest.webmanifest"),
    rx.el.link(rel="apple-touch-icon", href="/icon-192.png"),
    _theme_colour("#F6F7F9", "light"),
    _theme_colour("#0E0F12", "dark"),
]


class Ready(rx.Component):
    library = _DOCUMENT
    tag = "Ready"


class SkipLink(rx.Component):
    library = _DOCUMENT
    tag = "SkipLink"
    label: Var[str]


class PrintButton(rx.Component):
    library = _DOCUMENT
    tag = "PrintButton"
    label: Var[str]


class NoticeLine(rx.Component):
    library = script("notices.jsx")
    tag = "NoticeLine"
    notice: Var[Notice]
    hydrated: Var[bool]
    undo_label: Var[str]
    close_label: Var[str]
    on_undo: EventHandler[no_args_event_spec]


def skip_link() -> rx.Component:
    return SkipLink.create(label=_("Skip to content"))


def print_button(label: str) -> rx.Component:
    return PrintButton.create(icon("printer", 15), label=label, class_name="btn btn--ghost")


def _overlay() -> rx.Component:
    return rx.fragment(Ready.create(), _offline_pill(), _notice_line())


def _offline_pill() -> rx.Component:
    words = _("You are offline. This is what was last shown; reconnecting ...")
    pill = rx.el.div(icon("cloud-off", 15), words, class_name="offline")
    shown = rx.cond(has_too_many_connection_errors, pill, rx.fragment())
    return rx.el.div(shown, role="status")


def _notice_line() -> rx.Component:
    return NoticeLine.create(
        notice=Notices.notice,
        hydrated=rx.State.is_hydrated,
        undo_label=_("Undo"),
        close_label=_("Close"),
        on_undo=Notices.undo,
    )


APP_WRAPS = {
    (55, "ErrorBoundary"): lambda stateful: default_error_boundary(),
    (5, "Overlay"): lambda stateful: rx.fragment(memo(_overlay)()),
}
