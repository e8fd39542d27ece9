"""Triggers that keep whom a right covers within the right, so that the entitled never outnumber the residents.

Nobody is covered by two rights on a day (`nobody_is_entitled_twice_at_once`), a person is one resident of a dwelling
(`person_is_counted_once_in_a_dwelling`), and of the covered only those registered in the dwelling count: the
entitled of all rights are some of its residents. What those constraints cannot see is asked at the end of a transaction,
when both rows of a change are written: a right of an adult covers nobody else (2.3), and nobody is covered
on a day without the right.
"""

from typing import Final

import pgtrigger

_MISFITS: Final = (
    "PERFORM 1 FROM recipients_entitledperson one JOIN recipients_entitlement granted ON granted.id = one.entitlement_id"
    " WHERE {which} AND (one.valid_from < granted.valid_from"
    " OR coalesce(one.valid_to, 'infinity') > coalesce(granted.valid_to, 'infinity')"
    " OR (granted.holder = 'adult' AND one.person_id <> granted.disabled_person_id));"
    " IF FOUND THEN RAISE EXCEPTION '{words}' USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;"
)

COVER_FITS_ITS_RIGHT = pgtrigger.Trigger(
    name="cover_fits_its_right",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    timing=pgtrigger.Deferred,
    func=_MISFITS.format(which="one.id = NEW.id", words="a right covers whom it may, while it stands"),
)

RIGHT_HOLDS_ITS_COVER = pgtrigger.Trigger(
    name="right_holds_its_cover",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("valid_from", "valid_to", "holder", "disabled_person_id"),
    timing=pgtrigger.Deferred,
    func=_MISFITS.format(which="one.entitlement_id = NEW.id", words="a right ends with its cover"),
)
