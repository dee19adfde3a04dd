"""What stands in an address comes out as it went in."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanshan_portal.addresses import MomentConverter, TermConverter


@given(st.datetimes(datetime(2001, 9, 10), datetime(2285, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_moment_is_kept_to_the_microsecond(moment):
    written = MomentConverter().to_url(moment)
    assert len(written) == 16
    assert MomentConverter().to_python(written) == moment


def test_a_term_is_a_month_or_once():
    converter = TermConverter()
    assert [converter.to_url(code) for code in ("", "once", "2020-06")] == ["once", "once", "2020-06"]
    assert [converter.to_python(text) for text in ("once", "2020-06")] == ["", "2020-06"]
    with pytest.raises(ValueError, match="不是可识别的期间"):
        converter.to_python("2020-13")
