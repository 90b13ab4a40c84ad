"""The words that the archive is made of: invented people and places, and plain English."""

from __future__ import annotations

SECTIONS = ("world", "politics", "economy", "sport", "culture", "science", "society", "opinion")

SOURCES = (
    "Courier Wire",
    "Northern Press",
    "Harbour News",
    "Agence Levant",
    "The Gazette",
    "Radio Marjan",
    "Province Today",
    "Coast Dispatch",
    "Staff",
)

PLACES = tuple(
    "Marjan Daryan Oskar Velm Tirana-on-Sea Karsk Bellport Norhaven Adra Simbal Quill Osterby "
    "Lunden Farrow Tamsin Greyford Ilmar Castell Verra Hadley Pontus Rasht-Nau Elmira Zaffar "
    "Corvin Mirel Sandal Upwater Thessal Yarrow".split()
)

FIRST_NAMES = tuple(
    "Anwar Beatrix Cyrus Dalia Emil Farah Goran Hanne Idris Jonas Kamila Lior Maren Nasrin Oskar "
    "Petra Qasim Rosa Simin Tobias Ulrike Vera Wendel Ximena Yara Zoltan Mina Arvid".split()
)

SURNAMES = tuple(
    "Abedi Brandt Castellan Dorfman Eriksen Falk Ghorbani Halloran Ivarsson Jafari Kovac Lindgren "
    "Marchetti Nyberg Ortega Pahlen Rostami Sandoval Tavares Umarov Winther".split()
)

VERBS = ("agree", "clash", "meet", "vote", "wait", "rally", "split", "unite")

_SUBJECTS = (
    "harbour trade water climate energy health railway council budget press court school football "
    "theatre bridge grain fishing tax housing museum"
).split()
_MATTERS = "safety talks crisis policy reform market summit inquiry strike plan".split()
TOPICS = tuple(f"{subject} {matter}" for subject in _SUBJECTS for matter in _MATTERS)

WORDS = tuple(
    (
        "the a of and to in that for on with from by its said mayor minister council province "
        "country officials agreement neighbours statement region talks safety harbour people week "
        "according report city operation joint action against respect coast treaty telephone call "
        "cooperation engineers followed past stressed years relations reciprocal measures border "
        "market prices rose fell index growth budget parliament vote members bill court judge "
        "hearing evidence trial witness team match season coach players final goal scientists "
        "study data climate water energy plant power grid supply demand school students teachers "
        "hospital doctors patients families residents workers union strike pay conditions company "
        "board profit investors bank rate inflation currency export import port ship cargo railway "
        "station airport flight road bridge"
    ).split()
)
