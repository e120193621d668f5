"""A remembered function gives what the function gives, and is called once for the same values."""

from labpress.core.remembered import ByIdentity


def counted():
    calls = []

    @ByIdentity
    def joined(values: list[str], between: str = ",", *, last: bool = False) -> str:
        """What it does."""
        calls.append(values)
        return between.join(values) + ("!" if last else "")

    return joined, calls


def test_it_is_called_once_for_the_same_value_and_again_for_another():
    joined, calls = counted()
    one, equal = ["a", "b"], ["a", "b"]

    assert [joined(one), joined(one), joined(equal)] == ["a,b"] * 3
    assert len(calls) == 2


def test_texts_and_flags_given_by_name_count_by_what_they_are():
    joined, calls = counted()
    value = ["a", "b"]

    assert joined(value, between="-" * 2) == joined(value, between="--") == "a--b"
    assert joined(value, between="--", last=True) == "a--b!"
    assert len(calls) == 2


def test_what_was_seen_is_kept_so_that_its_identity_is_not_another_values():
    joined, _calls = counted()
    assert [joined([str(number)]) for number in range(100)] == [str(number) for number in range(100)]


def test_it_forgets_when_it_has_seen_too_much_and_still_gives_the_same():
    upper = ByIdentity(str.upper, limit=2)
    assert [upper(text) for text in "abcabc"] == list("ABCABC")


def test_it_looks_like_the_function():
    joined, _calls = counted()
    assert (joined.__name__, joined.__doc__) == ("joined", "What it does.")


def test_each_gives_for_many_what_calling_gives_for_one_and_knows_it_the_next_time():
    calls = []

    @ByIdentity
    def both(one: list[str], other: list[str], *, between: str) -> str:
        calls.append(one)
        return between.join([*one, *other])

    ones, others = [["a"], ["b"], ["a"]], [["x"], ["y"], ["z"]]

    assert both.each(ones, others, between="-") == ["a-x", "b-y", "a-z"]
    assert both.each(ones, others[::-1], between="-") == ["a-z", "b-y", "a-x"], "the same first, another second"
    assert both.each(ones, others, between="+") == ["a+x", "b+y", "a+z"]
    assert both(ones[0], others[0], between="-") == "a-x"
    assert len(calls) == 3 + 2 + 3
    assert both.each([], [], between="-") == []
