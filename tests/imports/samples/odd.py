"""One of everything that real exports have been seen to hold."""

from tests.imports.samples.ordinary import FAMILY_ID, STUDENT_ID, Cells, contact, student

TWINE = {FAMILY_ID: "fml_0902", "Parent Contact 1 Email": "olga.twine@example.org"}
FORMULA = '=HYPERLINK("http://example.org","Click")'
TAKEN = {"Teacher": "Tom Teal", "Duration": "30", "Next Lesson": "07/09/2026 15:00:00"}


def trap(number: int, first: str, last: str, **changes: str) -> Cells:
    """A row that is odd in one way; keys are headings with _ for a space."""
    base = student(900 + number, 0, first, last, ("", "")) | contact("Olga", last, 900 + number)
    return base | {key.replace("_", " "): text for key, text in changes.items()}


def traps() -> list[Cells]:
    several = {"Teacher": "Tom Teal; Una Reed", "Duration": "30; 45", "Rate": "37.00; 36.00"}
    phone, parents_phone = "Mobile Phone", "Parent Contact 1 Mobile Phone"
    return [
        trap(0, "Mia", "Several", Next_Lesson="07/09/2026 20:30:00") | several,
        trap(1, "Leo", "Ahead") | {"Make-up Credits": "-2"},
        trap(2, "Pia", "Twine", Email="olga.twine@example.org") | TWINE,
        trap(3, "Max", "Other-Name", Email="olga.twine@example.org")
        | TWINE
        | {"Parent Contact 1 Last Name": "Twine"},
        trap(4, "Nia", "Bidi") | {phone: "\u202a+44 7700 900904\u202c"},
        trap(5, "Oli", "Words") | {phone: "ask mum", parents_phone: "07700 900905 (work)"},
        trap(6, "Kai (twin of Pia)", "Suffix"),
        trap(7, "HARRY", "O'SHOUT-MCLOUD"),
        trap(8, "test", "test", Status="Lead"),
        trap(9, "Ivy", "Secret", Note="Grade 3 in June. Portal login ivy9 password: rosebud77"),
        trap(10, "Sol", "Formula", Note=FORMULA),
        trap(11, "=1+cmd|' /C calc'!A1", "Macro"),
        trap(12, "Gus", "Lines", Address="12 Long Lane\nFlat 3\nSeaton", Note='Said "hello"'),
        trap(13, "Joy", "Waitlist", Status="Waiting", Teacher="", Duration=""),
        trap(14, "Rex", "Trial", Status="Trial") | TAKEN,
        trap(15, "Fay", "Gone", Status="Inactive", Teacher="", Next_Lesson=""),
        trap(16, "Lou", "Strange", Status="Sabbatical"),
        trap(17, "Ned", "Credits") | {"Make-up Credits": "3"},
        trap(18, "Amy", "Nomail") | {"Parent Contact 1 Email": "", parents_phone: ""},
        trap(19, "Bea", "Badmail") | {"Parent Contact 1 Email": "bea at home"},
        {
            STUDENT_ID: "sdt_9200",
            FAMILY_ID: "fml_0920",
            "Status": "Active",
            "Parent Contact 1 Email": "nameless@example.org",
        },
        trap(0, "Mia", "Several"),  # the same person again
        {},  # nothing but delimiters
        trap(23, "Zed", "Zédille", Birthday="31/12/2012") | TAKEN,
    ]
