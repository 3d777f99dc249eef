import io
from datetime import date

import pytest

from chairside.exchange.rules import Corrections, Setting, Survey, survey
from chairside.exchange.rules.headers import KNOWN
from chairside.exchange.rules.targets import LIMITS, TARGETS
from chairside.exchange.rules.text import fold
from chairside.kernel.refusals import Refusal

SETTING = Setting(date(2027, 3, 1), "en-US", "USD")


def look(header: str, *rows: str, corrections: Corrections | None = None) -> Survey:
    width = header.count(",")
    content = "\n".join([header, *(rows or ["x" + "," * width])])
    return survey(io.BytesIO(content.encode()), SETTING, corrections)


@pytest.mark.parametrize(
    ("header", "targets"),
    [
        ("Chart #,Last Name,First Name,MI,Birthdate,Home Phone,Mobile,Work Phone,E-mail,Guarantor ID",
         "register_number last_name first_name middle_name birth_date phone_home phone_mobile phone_work email guarantor"),
        ("patient_id,first_name,last_name,date_of_birth,gender,address_line_1,address_line_2,city,state,zip_code,country",
         "register_number first_name last_name birth_date sex address_line1 address_line2 city region postal_code country"),
        ("Nr. fișă,Nume,Prenume,Data nașterii,Sex,Telefon,Telefon fix,Județ,Cod poștal,Sold,Observații",
         "register_number last_name first_name birth_date sex phone_mobile phone_home region postal_code balance note"),
        ("ID,Nume și prenume,Data naşterii,Telefon mobil", "register_number full_name birth_date phone_mobile"),
        ("Nº Historia,Nombre,Apellidos,Fecha de nacimiento,Sexo,Móvil,Correo electrónico,Saldo",
         "register_number first_name last_name birth_date sex phone_mobile email balance"),
        ("N° dossier,Nom,Prénom,Date de naissance,Sexe,Portable,Courriel,Ville,Solde",
         "register_number last_name first_name birth_date sex phone_mobile email city balance"),
        ("Patienten-Nr.,Name,Vorname,Geburtsdatum,Geschlecht,Straße,PLZ,Ort,Handy,Bemerkungen",
         "register_number last_name first_name birth_date sex address_line1 postal_code city phone_mobile note"),
        ("رقم الملف,الاسم الأول,اسم العائلة,تاريخ الميلاد,الجنس,الجوال,الرصيد",
         "register_number first_name last_name birth_date sex phone_mobile balance"),
        ("Name,DOB,Phone,Phone 1", "full_name birth_date phone_mobile phone_home"),
        ("Cell,Phone,Last,First", "phone_mobile phone_home last_name first_name"),
        ("ChartNumber,PatNum,LName,FName", "ignore register_number last_name first_name"),
        ("Patient's legal last name,Patient's legal first name,Primary e-mail,Note,Comments",
         "last_name first_name email note note"),
        ("SSN,Insurance phone,Emergency phone,Guarantor Name,Date First Visit,Employer,Spouse email,Last name",
         "ignore ignore ignore ignore ignore ignore ignore last_name"),
        ("Sold,Balance,Balance 2", "ignore balance ignore"),
    ],
)  # fmt: skip
def test_are_known_by_their_names(header: str, targets: str) -> None:
    assert [column.target for column in look(header).columns] == targets.split()


def test_every_name_leads_to_a_target_and_no_name_to_two() -> None:
    assert {target for target, _ in KNOWN.values()} == set(TARGETS)
    assert "" not in KNOWN
    assert look("Patient,Patient #,#,Sex").reading.targets == ("full_name", "register_number", "ignore", "sex")
    assert set(LIMITS) <= set(TARGETS)


class TestNamelessOrForeignColumns:
    ROWS = [f"{n},F,{n}@example.org,19{40 + n}-05-17,(212) 555-01{n},123-45-67{n},Main St {n}" for n in range(10, 40)]

    def test_are_known_by_what_they_hold(self) -> None:
        found = look("Last name,c1,c2,c3,c4,c5,c6", *self.ROWS)
        assert [column.target for column in found.columns][1:] == [
            "sex",
            "email",
            "birth_date",
            "phone_mobile",
            "ignore",
            "ignore",
        ]
        assert {column.confidence for column in found.columns[1:5]} == {"unsure"}

    def test_unless_their_names_say_that_they_are_something_else(self) -> None:
        found = look("Last name,c1,Spouse email,Last visit,Insurance phone,c5,c6", *self.ROWS)
        assert [column.target for column in found.columns][2:5] == ["ignore"] * 3

    def test_or_the_target_has_its_column_already(self) -> None:
        found = look("Last name,c1,c2,Birthdate,Mobile,c5,E-mail", *self.ROWS)
        assert [column.target for column in found.columns][2] == "ignore"


class TestCorrections:
    def test_come_before_guesses_which_give_way(self) -> None:
        found = look("Id,Surname,Given,Nick,Born", corrections=Corrections(columns={"nick": "first_name", "Id": "ignore"}))
        assert [column.target for column in found.columns] == ["ignore", "last_name", "ignore", "first_name", "birth_date"]
        by_name = {column.name: (column.target, column.confidence) for column in found.columns}
        assert by_name["Nick"] == ("first_name", "chosen")
        assert by_name["Id"] == ("ignore", "chosen")

    def test_take_a_target_from_the_column_that_was_guessed(self) -> None:
        found = look("First name,Legal,Last name", corrections=Corrections(columns={"Legal": "first_name"}))
        assert [column.target for column in found.columns] == ["ignore", "first_name", "last_name"]

    @pytest.mark.parametrize(
        ("columns", "code"),
        [
            ({"Colour": "note"}, "UnknownColumn"),
            ({"Last name": "shoe_size"}, "UnknownTarget"),
            ({"Last name": "email", "First name": "email"}, "TargetTwice"),
        ],
    )
    def test_must_fit_the_file(self, columns: dict[str, str], code: str) -> None:
        with pytest.raises(Refusal) as refused:
            look("First name,Last name", corrections=Corrections(columns=columns))
        assert refused.value.code == code

    def test_of_dates_and_amounts_hold_for_the_column(self) -> None:
        rows = ("02/13/1980,12.50", "03/14/1980,1.50")
        found = look("DOB,Balance", *rows, corrections=Corrections(date_order="dmy", decimal_mark=","))
        assert (found.reading.date_order, found.reading.decimal_mark) == ("dmy", ",")
        assert (found.dates.order, found.dates_chosen) == ("mdy", True)
        with pytest.raises(Refusal):
            Corrections(date_order="day first")
        with pytest.raises(Refusal):
            Corrections(decimal_mark="'")

    def test_of_codes_must_be_meanings(self) -> None:
        found = look("Sex,Last", "1,a", "2,b", corrections=Corrections(sexes={"1": "female", "7": "male"}))
        assert {code.code: code.meaning for code in found.sexes} == {"1": "female", "2": None}
        assert found.reading.sexes == {"1": "female"}
        with pytest.raises(Refusal) as refused:
            look("Sex,Last", "1,a", corrections=Corrections(sexes={"1": "often"}))
        assert str(refused.value) == 'The code "1" cannot mean "often".'


class TestSexes:
    @pytest.mark.parametrize(
        ("codes", "unclear"),
        [
            ("F M Female MALE Feminin Masculin", ""),
            ("f m U x", ""),
            ("H F M", ""),
            ("H M", "M"),
            ("0 1 2 F", "0 1 2"),
            ("أنثى ذكر", ""),
            ("weiblich männlich divers", ""),
            ("Q F", "Q"),
        ],
    )
    def test_are_asked_about_where_they_are_not_clear(self, codes: str, unclear: str) -> None:
        found = look("Sex,Last", *(f"{code},x" for code in codes.split()))
        assert {code.code for code in found.sexes if code.meaning is None} == set(unclear.split())


def test_what_is_missing_is_said() -> None:
    assert look("Last name,Phone").missing == ("first_name",)
    assert look("Name,DOB").missing == ()


def test_dates_and_amounts_are_shown_as_they_are_read() -> None:
    found = look("DOB,Balance", '02/13/1980,"$1,234.50"', "03/04/80,(45.00)", "13 March 1980,12.50")
    assert found.date_examples[0] == ("03/04/80", date(1980, 3, 4))
    assert len(found.date_examples) == 3
    assert found.amount_examples == (("$1,234.50", 123450), ("(45.00)", -4500), ("12.50", 1250))
    assert found.currencies == (("$", 1),)


def test_a_folded_name_has_letters_and_digits_alone() -> None:
    assert fold("  Nr. Fișă (Ţ) ") == "nrfisat"
    assert fold("ÀÉ-mail_2") == "aemail2"
