"""What other programs call our fields. Compared without case, signs and doubled spaces.

Sources: exports of My Music Staff and TutorBird, templates of Teachworks, TutorCruncher,
Opus1, Duet Partner and Jackrabbit, and what people call columns in sheets of their own.
"""

from studio_app.imports.rules.fields import ContactField, Field

ALIASES: dict[Field, str] = {
    Field.STUDENT_ID: "my music staff student id, tutorbird student id, student id, "
    "student number, student ref, external id, id, client id",
    Field.FAMILY_ID: "my music staff family id, tutorbird family id, family id, family number, "
    "household id, customer id, account id, account number",
    Field.FAMILY_NAME: "family, family name, household, household name, account name, "
    "customer name",
    Field.FIRST_NAME: "first name, firstname, given name, forename, student first name, "
    "student firstname, child first name, pupil first name, first, prénom, vorname",
    Field.LAST_NAME: "last name, lastname, surname, family surname, student last name, "
    "student lastname, student surname, child last name, pupil surname, last, nom, nachname",
    Field.FULL_NAME: "name, full name, student, student name, child, child name, pupil, "
    "pupil name, learner, student full name",
    Field.ADULT: "adult student, adult, is adult, adult learner, student type",
    Field.STATUS: "status, student status, state of student, lifecycle",
    Field.EMAIL: "email, e mail, email address, student email, student email address, child email, "
    "pupil email, mail",
    Field.MOBILE_PHONE: "mobile phone, mobile, cell, cell phone, phone, phone number, "
    "telephone, tel, student phone, student phone 1, student mobile, mobile number, cellphone, "
    "téléphone",
    Field.HOME_PHONE: "home phone, landline, home telephone, student phone 2, phone 2, "
    "alternative phone, other phone, work phone",
    Field.BIRTHDAY: "birthday, birth date, birthdate, date of birth, dob, student birthdate, born, "
    "birth date yyyy mm dd",
    Field.ADDRESS: "address, home address, street, street address, address 1, address line 1, "
    "student full address, student street, postal address",
    Field.TOWN: "town, city, student city, address line 2, suburb",
    Field.REGION: "county, state, province, student state, region",
    Field.POSTCODE: "postcode, post code, zip, zip code, postal code, student zip",
    Field.INSTRUMENT: "instrument, instruments, subject, subjects, student subjects, discipline, "
    "instrument s",
    Field.LEVEL: "level, skill level, grade, current grade, exam grade",
    Field.SCHOOL: "school, school name, day school",
    Field.GROUP_TAGS: "group tags, tags, tag, groups, group, student tag, labels",
    Field.REFERRER: "referrer, referred by, referral, referral source, how did you hear, source",
    Field.NOTES: "note, notes, student note, additional notes, comments, comment, remarks, memo, "
    "student notes",
    Field.TEACHER: "teacher, teachers, tutor, tutors, instructor, staff, default teacher, "
    "teacher name, employee, educator, coach",
    Field.DURATION: "duration, default duration, base duration, lesson length, length, minutes, "
    "lesson duration, lesson minutes, duration minutes",
    Field.LESSON_PRICE: "lesson price, price, default price, fee, lesson fee, cost, "
    "price per lesson, lesson cost",
    Field.RATE: "rate, base rate, lesson rate, hourly rate, student hourly cost",
    Field.MAKE_UP_CREDITS: "make up credits, makeup credits, make up, makeups, make ups, "
    "lesson credits, credits, make up balance",
    Field.STARTED_ON: "date started, start date, started, started on, student start date, "
    "enrolment date, enrollment date, joined, joined on, member since",
    Field.LEFT_ON: "inactive date, end date, left on, left, date left, student end date, "
    "leaving date",
    Field.NEXT_LESSON: "next lesson, next lesson date, next appointment, upcoming lesson",
    Field.LAST_LESSON: "last lesson, last lesson date, previous lesson, last appointment",
    Field.LESSON_DAY: "lesson day, day, weekday, day of week",
    Field.LESSON_TIME: "lesson time, time, start time, starts at",
    Field.BALANCE_OWED: "balance, opening balance, account balance, amount owed, "
    "amount owing, owing, outstanding, outstanding balance, balance due, amount due, "
    "family balance",
    Field.BALANCE_IN_CREDIT: "account credit, balance in credit, prepaid, prepayment, "
    "credit balance",
    Field.PASSWORD: "password, passwort, mot de passe, login password, portal password, passcode, "
    "pin code",
}

# Whose column it is; a number behind it says which of several ("parent 2 email").
CONTACT_PREFIXES = (
    "parent contact, parent, parent guardian, guardian, contact, carer, responsible adult, "
    "emergency contact, billing contact, payer, primary contact, mother, father, mum, dad"
)
CONTACT_ALIASES: dict[ContactField, str] = {
    ContactField.NAME: "name, full name",
    ContactField.FIRST_NAME: "first name, firstname, given name, forename",
    ContactField.LAST_NAME: "last name, lastname, surname",
    ContactField.EMAIL: "email, e mail, email address, e mail address",
    ContactField.MOBILE_PHONE: "mobile phone, mobile, cell, cell phone, phone, phone number, "
    "telephone, tel, mobile number",
    ContactField.HOME_PHONE: "home phone, landline, work phone, other phone, home telephone",
    ContactField.ADDRESS: "address, home address, street",
}

# Columns we know and leave out on purpose, with the reason shown beside them.
LEFT_OUT = (
    "age, gender, sex, pronouns, texting allowed, base billing mode, billing mode, billing method, "
    "cost premium name, discount rate, student event reminders, student event notes emails, "
    "student gender, country, student country"
)
