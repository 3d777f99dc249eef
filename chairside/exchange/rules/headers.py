"""What programs and people call their columns. Compared folded: without accents, case, spaces and signs.

The first names of a target are its best: where several columns fit, the one named earlier here is taken."""

from chairside.exchange.rules.text import fold

_NAMES = {
    "register_number": """
        patnum, patient number, patient id, patientid, pat id, patid, pat num, patient no, patient nr, patient #, chart number,
        chart #, chart no, chart num, chart id, register number, registration number, record number, file number, file no,
        mrn, medical record number, account number, account no, acct #, id, number, no, nr,
        nr fisa, numar fisa, nr fisei, numar fisa pacient, fisa, id pacient, cod pacient, nr pacient, numar pacient, nr dosar,
        numero de paciente, id paciente, numero de historia, nº historia, historia clinica, expediente, codigo paciente,
        numero de dossier, no dossier, numero patient, numero dossier patient, patientennummer, patienten nr, patientennr,
        kartennummer, kartei nr, رقم الملف, رقم المريض, رقم السجل
        """,
    "last_name": """
        lname, last name, lastname, surname, family name, familyname, last, patient last name, pat lname, lnam,
        nume de familie, nume familie, apellido, apellidos, primer apellido, nom de famille, nachname, familienname, zuname,
        cognome, sobrenome, اسم العائلة, العائلة, اللقب, الكنية
        """,
    "first_name": """
        fname, first name, firstname, given name, givenname, given, forename, first, patient first name, pat fname,
        legal first name, prenume, prenom, vorname, rufname, nombres, nombre de pila, primer nombre, الاسم الأول, الاسم الاول
        """,
    "middle_name": """
        middlei, middle name, middlename, middle initial, middle, mi, m i, mid name, al doilea prenume, segundo nombre,
        deuxieme prenom, zweiter vorname, اسم الأب, الاسم الأوسط
        """,
    "preferred_name": """
        preferred, preferred name, preferredname, nickname, nick name, pref name, known as, goes by, nume preferat, porecla,
        nombre preferido, apodo, prenom usuel, surnom, spitzname
        """,
    "full_name": """
        full name, fullname, patient name, patientname, patient, name and surname, last name first name,
        nume si prenume, nume prenume, nume complet, nume pacient, pacient, nombre completo, nombre y apellidos,
        nombre del paciente, apellidos y nombre, paciente, nom complet, nom et prenom, nom prenom, nom du patient,
        vollstandiger name, name vorname, patientenname, الاسم الكامل, اسم المريض
        """,
    "birth_date": """
        birthdate, birth date, date of birth, dateofbirth, dob, d o b, birthday, birth day, born, born on, birth, pat dob,
        data nasterii, data nastere, data de nastere, data nast, nascut la, nascut, fecha de nacimiento, fecha nacimiento,
        nacimiento, f nacimiento, date de naissance, date naissance, ne le, naissance, geburtsdatum, geburtstag, geb datum,
        geb dat, geboren, geboren am, data di nascita, data de nascimento, تاريخ الميلاد, تاريخ الولادة
        """,
    "sex": "gender, sex, sex at birth, legal sex, gen, sexul, sexo, genero, sexe, genre, geschlecht, sesso, الجنس, النوع",
    "address_line1": """
        address, address 1, address1, address line 1, addressline1, addr1, addr, street, street address, street 1, street1,
        home address, mailing address, adresa, adresa 1, strada, domiciliu, direccion, domicilio, calle, adresse, adresse 1,
        rue, strasse, anschrift, indirizzo, endereco, العنوان, الشارع
        """,
    "address_line2": """
        address2, address 2, address line 2, addressline2, addr2, street2, street 2, apt, apartment, unit, suite, apt suite,
        adresa 2, apartament, bloc, direccion 2, adresse 2, complement d adresse, adresszusatz
        """,
    "city": "city, town, city town, oras, orasul, localitate, localitatea, ciudad, localidad, poblacion, ville, ort, stadt, "
    "wohnort, citta, cidade, المدينة",
    "region": "state, region, province, state province, county, st, judet, judetul, provincia, estado, departement, "
    "bundesland, kanton, المحافظة, الولاية",
    "postal_code": "zip, zip code, zipcode, postal code, postalcode, post code, postcode, zip postal code, cod postal, "
    "codigo postal, cp, code postal, plz, postleitzahl, cap, الرمز البريدي",
    "country": "country, country code, tara, pais, pays, land, paese, الدولة, البلد",
    "phone_mobile": """
        wirelessphone, wireless phone, wireless, mobile phone, mobilephone, mobile, cell phone, cellphone, cell, mobile number,
        cell number, mobile no, text number, telefon mobil, tel mobil, mobil, nr mobil, celular, movil, telefono movil,
        portable, telephone portable, mobiltelefon, handy, handynummer, cellulare, الجوال, الهاتف المحمول, الموبايل, رقم الجوال
        """,
    "phone_home": """
        hmphone, home phone, homephone, home, phone home, home number, tel home, telefon fix, telefon acasa, fix, tel fix,
        telefono fijo, telefono de casa, fijo, telephone fixe, telephone domicile, festnetz, telefon privat, هاتف المنزل
        """,
    "phone_work": """
        wkphone, work phone, workphone, work, phone work, business phone, office phone, work number, telefon serviciu,
        telefon birou, telefono trabajo, telefono del trabajo, telephone travail, telephone bureau, telefon geschaftlich,
        telefon dienstlich, dienstlich, هاتف العمل
        """,
    "email": "email, e mail, email address, e mail address, mail, adresa email, adresa de email, posta electronica, "
    "correo electronico, correo, courriel, adresse email, e mail adresse, البريد الإلكتروني, البريد الالكتروني, الايميل",
    "guarantor": """
        guarantor, guarantor id, guarantorid, guarantor number, guarantor num, guar id, guar, guarantor #, guarantor no,
        responsible party, responsible party id, resp party id, resp party, respparty, head of household id, account holder id,
        garant, nr fisa garant, platitor, titular, cap de familie, responsable, garante, bürge, الضامن
        """,
    "status": "patstatus, patient status, status, pat status, active, is active, stare, statut, activ, estado del paciente, "
    "activo, statut patient, الحالة",
    "balance": """
        balance, account balance, patient balance, current balance, bal total, baltotal, total balance, balance due, bal,
        amount due, est balance, estbalance, patient portion, outstanding, sold, sold curent, sold pacient, balanta, restanta,
        saldo, saldo pendiente, solde, kontostand, offener betrag, offen, الرصيد
        """,
    "note": """
        note, notes, patient note, patient notes, comment, comments, remark, remarks, memo, addr note, fam fin urg note,
        observatii, nota, mentiuni, comentarii, notas, observaciones, comentario, comentarios, remarque, remarques, notiz,
        notizen, bemerkung, bemerkungen, anmerkung, anmerkungen, ملاحظات, ملاحظة
        """,
}


def key_of(name: str) -> str:
    """Folded, with the signs for "number" as words: "Patient #" is not "Patient"."""
    return fold(name.replace("#", " no ").replace("°", "o"))


# (folded name) → (target, place among the target's names)
KNOWN: dict[str, tuple[str, int]] = {}
for _target, _names in _NAMES.items():
    for _place, _name in enumerate(_names.split(",")):
        KNOWN.setdefault(key_of(_name), (_target, _place))


def _folded(names: str) -> frozenset[str]:
    return frozenset(map(key_of, names.split(",")))


# Names that mean one thing beside a column of given names, another beside family names, and the whole name alone.
NAMES = _folded("name, nume, nombre, nom, naam, nome, names, الاسم, الإسم")
PHONES = _folded(
    "phone, telephone, tel, phone number, telephone number, phone no, phone 1, primary phone, contact number, telefon, "
    "nr telefon, nr de telefon, numar telefon, numar de telefon, telefono, numero de telefono, numero de telephone, "
    "telefonnummer, tel nr, rufnummer, الهاتف, رقم الهاتف, تلفون"
)
# Never guessed from what they hold: other people's dates, numbers that we do not keep.
OTHERS = _folded(
    "ssn, social security, social security number, cnp, cod numeric personal, nif, dni, nir, passport, last visit, "
    "first visit, date first visit, last seen, next visit, recall date, date created, created, updated, modified, age, "
    "varsta, reason, employer, provider, primary provider, insurance, carrier, subscriber, prima vizita, ultima vizita, "
    "spouse email, guarantor name, emergency phone, emergency contact phone, fax"
)
