"""The months' names and usual abbreviations, folded, in the languages of the exports that we have met."""

from chairside.exchange.rules.text import fold

_NAMES = (
    "january jan ianuarie ian enero ene janvier janv januar jaenner gennaio gen janeiro يناير",
    "february feb februarie febr febrero fevrier fevr fev februar febbraio fevereiro فبراير",
    "march mar martie mart marzo mars maerz marz mrz março مارس",
    "april apr aprilie abril abr avril avr aprile أبريل ابريل",
    "may mai mayo maggio mag maio مايو",
    "june jun iunie iun junio juin juni giugno giu junho يونيو",
    "july jul iulie iul julio juillet juil juli luglio lug julho يوليو",
    "august aug agosto ago août aout أغسطس اغسطس",
    "september sep sept septembrie septiembre set septembre settembre setembro سبتمبر",
    "october oct octombrie octubre octobre oktober okt ottobre ott outubro out أكتوبر اكتوبر",
    "november nov noiembrie noi noviembre novembre novembro نوفمبر",
    "december dec decembrie diciembre dic décembre dezember dez dicembre dezembro ديسمبر",
)
MONTHS = {fold(name): number for number, names in enumerate(_NAMES, 1) for name in names.split()}
