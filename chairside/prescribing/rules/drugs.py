"""A small list of our own, not a drug database: which substances belong together, and which are controlled.

Substances stand here as stems: what is left of a name without accents,
case and the endings that languages differ by (amoxicillin,
amoxicillinum, amoxicilina). Nothing that is missing here is thereby safe.
"""

import itertools
import re
from collections.abc import Iterator

from chairside import patients

CLASSES: dict[str, tuple[str, ...]] = {
    "penicillin": (
        "penicillin", "amoxicillin", "ampicillin", "phenoxymethylpenicillin", "benzylpenicillin", "flucloxacillin", "oxacillin",
        "dicloxacillin", "cloxacillin", "piperacillin", "penicillins", "بنسلين", "اموكسيسيلين",
    ),
    "cephalosporin": (
        "cephalosporin", "cephalosporins", "cephalexin", "cephazolin", "cephuroxim", "cephtriaxon", "cephixim", "cephadroxil",
        "cephaclor", "cephradin",
    ),
    "macrolide": ("macrolid", "macrolids", "azithromycin", "clarithromycin", "erythromycin", "spiramycin", "roxithromycin"),
    "lincosamide": ("clindamycin", "lincomycin"),
    "tetracycline": ("tetracyclin", "tetracyclins", "doxycyclin", "minocyclin", "oxytetracyclin", "lymecyclin"),
    "nitroimidazole": ("metronidazol", "tinidazol", "ornidazol", "secnidazol"),
    "azole": ("fluconazol", "miconazol", "itraconazol", "ketoconazol"),
    "nsaid": (
        "nsaid", "nsaids", "ains", "aspirin", "acetylsalicylic", "ibuprophen", "naproxen", "ketoprophen", "dexketoprophen",
        "diclophenac", "ketorolac", "celecoxib", "etoricoxib", "indometacin", "indomethacin", "meloxicam", "piroxicam",
        "nimesulid",
        "phlurbiprophen", "مسكنات", "اسبرين", "ايبوبروفين",
    ),
    "local_anaesthetic": (
        "lidocain", "lignocain", "articain", "mepivacain", "prilocain", "bupivacain", "benzocain", "tetracain", "ropivacain",
        "procain", "anaesthetic", "anesthetic", "anestezic", "anaesthetics", "anesthetics", "anestezics",
    ),
    "opioid": (
        "codein", "dihydrocodein", "cocodamol", "morphin", "tramadol", "tapentadol", "oxycodon", "hydrocodon", "hydromorphon",
        "oxymorphon", "phentanyl", "sufentanil", "methadon", "metadon", "pethidin", "petidin", "meperidin", "buprenorphin",
        "pentazocin", "butorphanol", "nalbuphin", "opium", "diamorphin", "heroin", "opioid", "opioids", "كودايين", "مورفين",
        "ترامادول",
    ),
    "benzodiazepine": (
        "diazepam", "lorazepam", "midazolam", "alprazolam", "triazolam", "temazepam", "oxazepam", "clonazepam", "bromazepam",
        "nitrazepam", "flunitrazepam", "chlordiazepoxid", "clobazam", "benzodiazepin", "benzodiazepins", "ديازيبام", "ميدازولام",
    ),
    "anticoagulant": (
        "warfarin", "acenocoumarol", "acenocumarol", "phenprocoumon", "dabigatran", "rivaroxaban", "apixaban", "edoxaban",
        "heparin", "enoxaparin", "dalteparin", "fondaparinux", "clopidogrel", "ticagrelor", "prasugrel", "وارفارين",
    ),
    "coumarin": ("warfarin", "acenocoumarol", "acenocumarol", "phenprocoumon", "وارفارين"),
    "statin": ("simvastatin", "atorvastatin", "lovastatin"),
    "methotrexate": ("methotrexat", "metotrexat"),
    "lithium": ("lithium", "liti", "lithi"),
    "retinoid": ("isotretinoin", "acitretin", "tretinoin"),
    "disulfiram": ("disulphiram",),
    "paracetamol": ("paracetamol", "acetaminophen", "باراسيتامول"),
}  # fmt: skip
"""A substance may belong to more than one; a class's own name counts as one of it, since lists of allergies hold it."""

CONTROLLED: frozenset[str] = frozenset(
    {
        *CLASSES["opioid"], *CLASSES["benzodiazepine"],
        # what keeps awake
        "amphetamin", "dexamphetamin", "lisdexamphetamin", "methamphetamin", "methylphenidat", "dexmethylphenidat", "modaphinil",
        # what makes sleep, or feel nothing
        "zolpidem", "zopiclon", "eszopiclon", "zaleplon", "phenobarbital", "pentobarbital", "secobarbital", "butalbital",
        "barbital", "ketamin", "esketamin", "oxybat",
        # and others
        "cocain", "cannabis", "dronabinol", "nabilon", "pregabalin", "carisoprodol", "testosteron", "nandrolon", "oxandrolon",
        "lysergid", "psilocybin", "methaqualon",
    }
)  # fmt: skip

CONDITIONS: dict[str, tuple[str, ...]] = {
    "asthma": ("asthma", "astm", "asm", "ربو"),
    "ulcer": ("ulcer", "ulcus", "قرحة"),
    "kidney": ("kidney", "renal", "nephropathy", "rinichi", "dialysis", "dializ", "كلوي", "الكلى"),
    "liver": ("liver", "hepatic", "hepatitis", "hepatita", "hepatit", "cirrhosis", "ciroz", "phicat", "كبد", "الكبد"),
    "bleeding": ("haemophili", "hemophili", "hemophilia", "haemophilia", "thrombocytopenia", "trombocitopeni"),
}

_ENDING = re.compile(r"(?:ums|um|ul|ii|a|e|i|o|u)$")
_WORD = re.compile(r"[^\W\d_]+")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
# As languages that write by ear have them: amoxicilina, eritromicina, cefalexina, metilfenidat.
_ALIKE = (("y", "i"), ("ph", "f"), ("th", "t"), ("ks", "x"), ("k", "c"), ("ll", "l"), ("ae", "e"), ("sulph", "sulf"))


def stem(word: str) -> str:
    """Of one folded word."""
    if _ARABIC.search(word):
        return word.removeprefix("ال").replace("أ", "ا").replace("إ", "ا").replace("آ", "ا")
    for one, other in _ALIKE:
        word = word.replace(one, other)
    return _ENDING.sub("", word) if len(word) > 4 else word


def _known(table: dict[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(map(stem, stems)) for name, stems in table.items()}


_CLASSES, _CONDITIONS = _known(CLASSES), _known(CONDITIONS)
_CONTROLLED = frozenset(map(stem, CONTROLLED))
_SUBSTANCES = frozenset().union(*_CLASSES.values(), _CONTROLLED)


def stems(text: str) -> frozenset[str]:
    """The stems of its words, and of each two that stand beside one another: `hydro-codone` is hydrocodone."""
    words = _WORD.findall(patients.fold(patients.fold(_plain(text))))
    return frozenset(stem(word) for word in (*words, *_beside(words)))


def _plain(text: str) -> str:
    # Soft hyphens, joiners and marks of direction are nothing that anybody sees.
    return "".join(
        letter
        for letter in text
        if (letter.isprintable() and letter not in "\u00ad\u034f\u115f\u2800\u3164\ufeff") or letter.isspace()
    )


def _beside(words: list[str]) -> Iterator[str]:
    return (one + other for one, other in itertools.pairwise(words))


def classes_of(text: str) -> frozenset[str]:
    """What of the classes above a name, or a list of names, belongs to."""
    found = stems(text)
    return frozenset(name for name, known in _CLASSES.items() if found & known)


def conditions_of(text: str) -> frozenset[str]:
    found = stems(text)
    return frozenset(name for name, known in _CONDITIONS.items() if found & known)


def substances_of(text: str) -> frozenset[str]:
    """Those that are on the list; of a name that is not, all of its longer words."""
    found = stems(text)
    return found & _SUBSTANCES or frozenset(word for word in found if len(word) > 4 and word not in _SALTS)


_SALTS = frozenset(
    stem(word)
    for word in (
        "sodium", "potassium", "hydrochloride", "phosphate", "sulfate", "sulphate", "maleate", "tablet", "tablets", "capsule",
        "capsules", "solution", "acid", "gluconate", "allergy", "allergic", "alergie",
    )
)  # fmt: skip


def controlled_in(text: str) -> bool:
    return bool(stems(text) & _CONTROLLED)
