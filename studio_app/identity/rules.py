"""Decisions about accounts. Values in, values out."""

from datetime import timedelta

from email_validator import EmailNotValidError, validate_email

from studio_app.kit.words import Text, _

LINK_LASTS = timedelta(hours=48)
INVITATION_LASTS = timedelta(days=14)
PASSWORD_AT_LEAST = 10
PASSWORD_AT_MOST = 200
_COMMON = ("password", "12345678", "qwertyui", "musicmusic", "letmein", "iloveyou")


def password_problem(password: str, *, email: str) -> Text | None:
    """Why a password will not do, or None. Length counts, not signs (NIST SP 800-63B)."""
    if len(password) < PASSWORD_AT_LEAST:
        return _("Please use at least {n} characters for the password.", n=PASSWORD_AT_LEAST)
    if len(password) > PASSWORD_AT_MOST:
        return _("Please use at most {n} characters for the password.", n=PASSWORD_AT_MOST)
    plain = password.casefold()
    if any(common in plain for common in _COMMON) or len(set(plain)) < 4:  # noqa: PLR2004
        return _("That password is too easy to guess. A few unrelated words work well.")
    if email and email.split("@", maxsplit=1)[0].casefold() in plain:
        return _("Please choose a password without your e-mail address in it.")
    return None


def safe_path(path: str) -> str:
    """Where to go after signing in: a path of ours, never another site's address."""
    if not path.startswith("/") or path.startswith(("//", "/\\")) or "\n" in path:
        return "/"
    return path


def short_device(user_agent: str) -> str:
    """What people call their browser: 'Firefox on Linux'."""
    names = ("Edg", "Firefox", "Chrome", "Safari")
    systems = ("iPhone", "iPad", "Android", "Windows", "Mac OS", "Linux")
    browser = next((n for n in names if n in user_agent), "")
    system = next((s for s in systems if s in user_agent), "")
    return " · ".join(part for part in ({"Edg": "Edge"}.get(browser, browser), system) if part)


def is_address(email: str) -> bool:
    """Whether mail could be sent there, by its form alone."""
    try:
        validate_email(email.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True
