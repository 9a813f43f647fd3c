"""Invented people. Their addresses end in example.org, their numbers are kept for drama."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Household:
    """A family: who is responsible, who learns, and where they live."""

    surname: str
    parents: tuple[str, ...]
    learners: tuple[str, ...]
    address: str = ""

    @property
    def is_adult(self) -> bool:
        """Somebody who learns and pays alone."""
        return not self.parents


STREETS = (
    "Mill Lane", "Chapel Street", "Weir Road", "Orchard Close", "Station Parade", "Abbey Walk",
    "Ferry Street", "Linden Avenue", "Castle Rise", "Meadow View",
)  # fmt: skip

THREE = (
    "Laurent: Sofia, Marc > Leo, Mia, Hugo", "Okonkwo: Adaeze > Chidi, Amaka, Obi",
    "Hargreaves: Jo, Ben > Tilly, Fern, Rowan", "Siddiqui: Farah > Zayn, Aisha, Omar",
)  # fmt: skip
TWO = (
    "Bennett: Laura > Isla, Finn", "Patel: Meera, Nilesh > Anya, Rohan",
    "Kowalski: Ewa > Zofia, Jan", "Fitzgerald: Niamh > Orla, Cillian",
    "Thompson: Ruth > Grace, Samuel", "Ito: Naoko > Hana, Ren", "Campbell: Fiona > Eilidh, Rory",
    "Adeyemi: Tolu > Folake, Kemi", "Morgan: Rhian, Huw > Cerys, Gethin",
    "Larsen: Ingrid > Freya, Nils", "Mensah: Akosua > Kofi, Esi", "Walsh: Sinead > Aoife, Declan",
)  # fmt: skip
ONE = (
    "Ashworth: Helen > Poppy", "Barker: Simon > Alfie", "Carvalho: Ines > Beatriz",
    "Dhillon: Jaspreet > Arjun", "Ellison: Kate > Martha", "Faulkner: Rob > Toby",
    "Gallagher: Maeve > Ronan", "Hussain: Nadia > Ibrahim", "Ingram: Sally > Daisy",
    "Jankovic: Mila > Luka", "Khan: Sana > Maryam", "Lindqvist: Karin > Elsa",
    "Marsh: Peter > Jude", "Nguyen: Linh > Minh", "Osborne: Clare > Florence",
    "Pereira: Ana > Tomas", "Quinn: Bridget > Nora", "Rahman: Shirin > Yusuf",
    "Schofield: Dawn > Archie", "Tanaka: Yumi > Sora", "Underwood: Mary > Harriet",
    "Vasquez: Elena > Mateo", "Whitfield: Gail > Lottie", "Xu: Mei > Jasmine",
    "Yates: Carol > Jack", "Zielinski: Marta > Oskar", "Appleby: Sue > Rosie",
    "Brennan: Paul > Kieran",
    "Chowdhury: Rupa > Tanvi", "Drummond: Isobel > Angus", "Eastwood: Lynn > Harvey",
    "Forsyth: Moira > Skye", "Greenwood: Amy > Ivy", "Holloway: Tim > Edith",
    "Irving: Beth > Monty", "Jefferies: Nell > Otis",
)  # fmt: skip
ADULTS = (
    "Kershaw: > Douglas", "Lomax: > Patricia", "Mistry: > Anil", "Norwood: > Judith",
    "Oyelaran: > Femi", "Pemberton: > Charles", "Rosen: > Miriam", "Stanhope: > Violet",
)  # fmt: skip
ATELIER = (
    "Laurent: Sofia > Noé", "Fontaine: Claire > Jules, Lou", "Moreau: Antoine > Inès",
    "Besson: Hélène > Maël", "Diallo: Aminata > Awa", "Girard: Luc > Rose",
    "Lefèvre: > Marguerite", "Petit: Sylvie > Basile, Anouk",
)  # fmt: skip
RUES = ("rue des Lilas", "rue du Canal", "passage des Ateliers", "quai de la Tournelle")


def households(
    written: tuple[str, ...], streets: tuple[str, ...], *, ahead: str
) -> list[Household]:
    """Read "Surname: parents > learners"; every house gets a number in one of the streets."""
    return [_household(each, nth, streets, ahead) for nth, each in enumerate(written)]


def riverside_households() -> list[Household]:
    return households((*THREE, *TWO, *ONE, *ADULTS), STREETS, ahead="{street}, Thornbury Wells")


def atelier_households() -> list[Household]:
    return households(ATELIER, RUES, ahead="{street}, 75020 Paris")


def address_of(first_name: str, surname: str) -> str:
    """An e-mail address nobody has: example.org is kept for that (RFC 2606)."""
    plain = f"{first_name}.{surname}".lower().translate(_PLAIN)
    return f"{plain}@example.org"


_PLAIN = str.maketrans("éèëïç ", "eeeic-")


def _household(written: str, nth: int, streets: tuple[str, ...], ahead: str) -> Household:
    surname, _, people = written.partition(":")
    parents, _, learners = people.partition(">")
    street = f"{2 * nth + 3} {streets[nth % len(streets)]}"
    return Household(surname, _names(parents), _names(learners), ahead.format(street=street))


def _names(listed: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in listed.split(",") if name.strip())
