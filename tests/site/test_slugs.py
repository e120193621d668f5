"""Path segments of authors, topics and venues."""

from labpress.site.catalog import LONGEST_SLUG, assign_slugs


def test_no_segment_is_too_long_for_a_file_system_and_all_are_distinct():
    name = "Proceedings of the Annual Conference " * 20
    slugs = assign_slugs({"a": name, "b": f"{name} II", "c": f"{name} III"})

    assert len(set(slugs.values())) == 3
    assert all(LONGEST_SLUG / 2 < len(slug) < LONGEST_SLUG + 5 for slug in slugs.values())
    assert not any(slug.endswith("-") for slug in slugs.values())
