"""Writes the sample exports beside this file: `python -m tests.imports.samples.make`.

Everybody in them is invented; numbers are those reserved for drama, addresses end in
example.org.
"""

from itertools import islice
from pathlib import Path

from tests.imports.samples.odd import traps
from tests.imports.samples.ordinary import MMS, ordinary, written
from tests.imports.samples.others import generic, tutorbird

HERE = Path(__file__).parent
ROWS = 120


def my_music_staff() -> str:
    odd = traps()
    normal = list(islice(ordinary(), ROWS - len(odd)))
    return written(MMS, [*normal[:60], *odd, *normal[60:]])


def main() -> None:
    files = {
        "my_music_staff.csv": my_music_staff().encode("utf-8-sig"),
        "tutorbird.csv": tutorbird().encode("utf-8-sig"),
        "generic_uk.csv": generic(
            ("25/12/2014", "03/04/2012", "9/8/2010"), ("£25.00", "-10,50"), "07700 900401"
        ).encode("cp1252"),
        "generic_us.csv": generic(
            ("12/25/2014", "04/03/2012", "8/9/2010"), ("$25.00", "(10.50)"), "(212) 555-0142"
        ).encode("utf-16"),
    }
    for name, content in files.items():
        (HERE / name).write_bytes(content)


if __name__ == "__main__":
    main()
