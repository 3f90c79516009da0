"""The enrolment that a plan and its price come to, one by one and in lists alike."""

from __future__ import annotations

from datetime import date

from models.schemes.enrolment import Enrolment, EnrolmentPlan
from models.schemes.pricing import Price
from models.schemes.scheme import Scheme
from models.values.months import Period


def planned_enrolment(
    worker: int | None, plan: EnrolmentPlan, scheme: Scheme, price: Price, period: Period, on: date
) -> Enrolment:
    """Not yet saved, registered on a day, at the price of each month of the period."""
    return Enrolment(
        worker=worker,
        scheme=plan.scheme,
        segment=scheme.segment,
        programmes=scheme.programmes,
        period=period,
        base=price.base,
        monthly=price.monthly,
        payer_name=plan.payer_name.strip(),
        payer_number=plan.payer_number.strip(),
        payer_office=plan.payer_office.strip(),
        registered_on=on,
        fund=plan.fund,
        decree=plan.decree,
    )
