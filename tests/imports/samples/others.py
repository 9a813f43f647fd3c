"""A TutorBird export and sheets that people kept themselves."""

from collections.abc import Sequence

from tests.imports.samples.ordinary import Cells, words, written

TUTORBIRD = words(
    "TutorBird Student ID,TutorBird Family ID,Last Name,First Name,Adult Student,Status,Email,"
    "Mobile Phone,Birthday,Age,Address,Gender,Note,Texting Allowed,Parent,Date Started,"
    "Inactive Date,Subject,Level,School,Base Duration,Base Billing Mode,Rate,Make-up Credits,"
    "Tutor,Group Tags,Referrer,Last Lesson,Next Lesson,Parent Contact 1 Last Name,"
    "Parent Contact 1 First Name,Parent Contact 1 Email,Parent Contact 1 Mobile Phone",
    ",",
)
GENERIC = words(
    "Pupil,Parent,Parent email,Tel,Date of birth,Instrument,Teacher,Lesson length,Day,Time,"
    "Opening balance,Comments",
    ",",
)
RUTH = {
    "TutorBird Family ID": "fml_a1",
    "Status": "Active",
    "Email": "rowe@example.org",
    "Rate": "36.00",
    "Parent Contact 1 First Name": "Ruth",
    "Parent Contact 1 Last Name": "Rowe",
    "Parent Contact 1 Email": "rowe@example.org",
}


def tutorbird() -> str:
    """As the same engine writes it for tutors: other ids, a subject, child logins in notes."""
    rows: list[Cells] = [
        RUTH
        | {
            "TutorBird Student ID": "sdt_qsTnJ6",
            "Last Name": "ROWE",
            "First Name": "NINA",
            "Subject": "Piano",
            "Level": "Grade 2",
            "School": "Hill School",
            "Base Duration": "30",
            "Tutor": "Tom Teal",
            "Birthday": "25/12/2013",
            "Age": "12",
            "Gender": "F",
            "Texting Allowed": "Yes",
            "Note": "Login: nina pw = blue42\nLikes scales",
            "Next Lesson": "08/09/2026 16:00:00",
            "Parent Contact 1 Mobile Phone": "\u200e07700 900301\u200f",
        },
        RUTH
        | {
            "TutorBird Student ID": "sdt_qsTnJ7",
            "Last Name": "Rowe-Hart",
            "First Name": "Theo",
            "Subject": "Cello",
            "Base Duration": "45",
            "Tutor": "Una Reed",
            "Make-up Credits": "-1",
            "Next Lesson": "08/09/2026 16:30:00",
        },
        {
            "TutorBird Student ID": "sdt_qsTnJ8",
            "TutorBird Family ID": "fml_b2",
            "Last Name": "Rowe",
            "First Name": "Walt",
            "Adult Student": "Adult",
            "Status": "Active",
            "Subject": "Guitar",
            "Email": "walt@example.org",
            "Mobile Phone": "07700 900302",
            "Base Duration": "60",
            "Tutor": "Tom Teal",
            "Next Lesson": "09/09/2026 10:00:00",
        },
    ]
    return written(TUTORBIRD, rows)


def generic(dates: Sequence[str], amounts: Sequence[str], phone: str) -> str:
    """Names turned round, one phone for the house, days and times apart."""
    iris = ("Hall, Iris", "Jo Hall", "jo.hall@example.org", phone, dates[0])
    otto = ("Otto Hall", "Jo Hall", "jo.hall@example.org", phone, dates[1])
    rows = [
        (*iris, "Piano", "Tom Teal", "30 min", "Tuesday", "16:30", amounts[0], "Needs a stool"),
        (*otto, "Violin", "Una Reed", "1 hour", "Wed", "5pm", amounts[0], "-"),
        ("Nora Bloom", "", "", "none", dates[2], "Voice", "", "", "", "", amounts[1], ""),
    ]
    cells: list[Cells] = [dict(zip(GENERIC, row, strict=True)) for row in rows]
    return written(GENERIC, cells, delimiter=";")
