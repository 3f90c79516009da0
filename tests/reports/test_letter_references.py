"""The references of the letters' measure print what our letters print; a reference that says less proves nothing."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp

from reports.enrollment_letter import enrollment_letters
from tests.benchmarks import flowable, letters, rawpdf
from tests.reports.samples import picture, texts

FONTS = str(Path(__file__).parents[2] / "resources" / "fonts")


def written_by(writer) -> bytes:
    out = BytesIO()
    writer(letters.letters(5), out)
    return out.getvalue()


def raw(batch, out: BytesIO) -> None:
    rawpdf.write_letters(batch, out, FONTS)


@pytest.mark.parametrize("reference", [raw, flowable.write_letters])
def test_a_reference_writes_the_same_words_on_the_same_pages(reference):
    ours, others = texts(written_by(enrollment_letters)), texts(written_by(reference))
    assert len(ours) == len(others) == 5
    for our, other in zip(ours, others, strict=True):
        assert sorted(other.split()) == sorted(our.split())


@pytest.mark.parametrize("reference", [raw, flowable.write_letters])
def test_a_reference_draws_the_same_code(reference):
    (ours,), (other,) = (
        zxingcpp.read_barcodes(picture(written_by(writer))) for writer in (enrollment_letters, reference)
    )
    assert ours.text == other.text
