import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from exchange.dbf.counting import bytes_beside_latin, bytes_in_sequences, high_bytes

SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
BESIDE_LATIN = re.compile(rb"(?<=[A-Za-z])[\x80-\xff]|[\x80-\xff](?=[A-Za-z])")
EDGES = b"AZaz@[`{ \x7f\x80\xbf\xc0\xc1\xc2\xda\xdf\xe0\xe1\xef\xf0\xfa\xff"


@given(st.lists(st.sampled_from(EDGES), max_size=20).map(bytes) | st.binary(max_size=20))
def test_counts_as_the_patterns_say(sample: bytes) -> None:
    assert bytes_in_sequences(sample) == sum(map(len, SEQUENCE.findall(sample)))
    assert bytes_beside_latin(sample) == len(BESIDE_LATIN.findall(sample))
    assert high_bytes(sample) == {byte: count for byte, count in Counter(sample).items() if byte >= 0x80}
