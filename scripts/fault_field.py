"""Planted faults of what a phone in the field writes and sends; part of ``fault_table``."""

from scripts.fault import Fault

QUEUE, LOST_ANSWER = "static/js/antrean.js", "test_first_answer_that_is_lost_makes_one_row_and_one_receipt"
DAYS = "tests/browser/test_three_days_offline.py"

FIELD = [
    Fault(
        "a visit that comes again is not known by its token",
        "programs/fieldwork/services.py",
        "    there = FieldReport.objects.filter(client_token=token).first()\n",
        "    there = None\n",
        "tests/programs/fieldwork/test_services.py::test_same_token_gives_the_same_visit_receipt_and_obstacle",
    ),
    Fault(
        "each sending of a visit has a token of its own",
        QUEUE,
        'body.set("token", item.token);',
        'body.set("token", crypto.randomUUID());',
        f"{DAYS}::{LOST_ANSWER}",
        browser=True,
    ),
    Fault(
        "two windows send at once",
        QUEUE,
        "if (!navigator.locks) return run(tell);",
        "return run(tell);",
        f"{DAYS}::test_two_tabs_that_send_at_once_make_one_row",
        browser=True,
    ),
    Fault(
        "a visit leaves the phone when its text was sent",
        QUEUE,
        "    const photos = await photosOf(item.token);\n    let got",
        "    const photos = await photosOf(item.token);\n    await drop(item.token);\n    let got",
        f"{DAYS}::{LOST_ANSWER}",
        browser=True,
    ),
    Fault(
        "a visit leaves the phone before its receipt",
        QUEUE,
        "    if (!said.receipt) return keep(item);\n",
        "",
        f"{DAYS}::{LOST_ANSWER}",
        browser=True,
    ),
    Fault(
        "a full phone loses what was in the form",
        QUEUE,
        "    return room;\n",
        "    return true;\n",
        "tests/browser/test_field_troubles.py::test_full_phone_keeps_the_visit_in_the_form",
        browser=True,
    ),
]
