"""Large pictures in several widths, and page one of a PDF, from a content folder to the published site."""

import re
from io import BytesIO

import pytest

from labpress.edges import building, pictures
from tests.conftest import build_site
from tests.test_lab import broken_links

Image = pytest.importorskip("PIL.Image", reason="pip install 'labpress[images]'")
pytest.importorskip("pypdfium2", reason="pip install 'labpress[images]'")


def picture(width, height, form="PNG", **options):
    file = BytesIO()
    Image.new("RGB", (width, height), "#8a1c30").save(file, form, **options)
    return file.getvalue()


def pdf(width, height):
    """A PDF of one empty page."""
    parts = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]>>endobj\n" % (width, height),
    ]
    return b"%PDF-1.4\n" + b"".join(parts) + b"trailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def content(tmp_path):
    """A lab whose files are written by ``{path: data}``."""

    def write(files):
        for path, data in files.items():
            place = tmp_path / "content" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data.encode() if isinstance(data, str) else data)
        return tmp_path / "content"

    return write


@pytest.fixture
def built(content, tmp_path):
    def build(files, output="_site"):
        report = build_site(content(files), tmp_path / output)
        return tmp_path / output, report

    return build


def entry(**said):
    lines = "".join(f"{key}: {value}\n" for key, value in said.items())
    return f"---\ntitle: Dust\ndate: 2024\n{lines}---\n\nAn abstract.\n"


def size_of(path):
    with Image.open(path) as image:
        return image.size


def candidates(site, page):
    """Width -> file of each candidate of the first picture with several, and its whole tag."""
    tag = re.search(r"<img[^>]* srcset=[^>]*>", (site / page).read_text())[0]
    listed = re.search(r'srcset="([^"]*)"', tag)[1].split(", ")
    return {int(width[:-1]): (site / page).parent / path for path, width in map(str.split, listed)}, tag


def test_a_large_teaser_is_published_in_the_widths_that_pages_show(built):
    """The shape is kept and stated, so that nothing moves; no candidate is wider than the original."""
    site, report = built({"papers/a.md": entry(image="dust.png"), "papers/dust.png": picture(1000, 500)})
    found, tag = candidates(site, "papers/a/index.html")

    assert report.diagnostics == ()
    assert {width: size_of(path) for width, path in found.items()} == {
        320: (320, 160),
        640: (640, 320),
        1000: (1000, 500),
    }
    assert 'width="1000" height="500"' in tag
    assert broken_links(site, "/") == []


def test_every_browser_is_told_how_wide_a_picture_is_shown(built):
    """The word ``auto`` is not known to all of them, nor to the HTML checker."""
    site, _report = built({"papers/a.md": entry(image="dust.png"), "papers/dust.png": picture(1000, 500)})

    for page in ("papers/index.html", "papers/a/index.html"):
        sizes = re.search(r'sizes="([^"]*)"', candidates(site, page)[1])[1]
        assert re.fullmatch(r"\(min-width: \d+rem\) \d+rem, 100vw", sizes), page


def test_an_enormous_picture_is_not_among_the_candidates_but_a_click_away(built):
    site, _report = built({"papers/a.md": entry(image="dust.jpg"), "papers/dust.jpg": picture(3000, 1500, "JPEG")})
    found, _tag = candidates(site, "papers/a/index.html")

    assert sorted(found) == [320, 640, 1280]
    assert '<a href="../../papers/a/dust.jpg"><img' in (site / "papers/a/index.html").read_text()


def test_small_pictures_drawings_and_films_are_left_alone(built):
    files = {
        "s.png": picture(300, 200),
        "s.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="900"/>',
    }
    files["s.gif"] = picture(2000, 900, "GIF")
    for name, data in files.items():
        site, _report = built({"papers/a.md": entry(image=name), f"papers/{name}": data}, name)

        assert "srcset" not in (site / "papers/a/index.html").read_text(), name
        assert list(site.rglob("*.webp")) == []


def test_photos_are_published_as_small_as_they_are_shown(built):
    files = {
        "people.yml": "ada: {name: Ada Quist, photo: me.jpg}\n",
        "static/me.jpg": picture(2000, 1500, "JPEG"),
        "papers/a.md": entry(authors="[Ada Quist]"),
    }
    site, _report = built(files)

    for page in ("people/index.html", "authors/ada/index.html"):
        assert sorted(candidates(site, page)[0]) == [160, 320], page
    assert size_of(site / "me-160.webp") == (160, 120)
    assert broken_links(site, "/") == []


def test_a_photo_that_lies_on_its_side_is_turned(built):
    exif = Image.Exif()
    exif[0x0112] = 6  # Orientation: to be turned clockwise.
    files = {"papers/a.md": entry(image="a.jpg"), "papers/a.jpg": picture(1600, 800, "JPEG", exif=exif)}
    site, _report = built(files)

    assert size_of(site / "papers/a/a-320.webp") == (320, 640)


def test_a_name_that_addresses_cannot_hold_is_escaped(built):
    site, _report = built({"papers/a.md": entry(image='"a b, 100%.png"'), "papers/a b, 100%.png": picture(1000, 500)})

    assert 'srcset="../../papers/a/a%20b%2C%20100%25-320.webp 320w, ' in (site / "papers/a/index.html").read_text()
    assert broken_links(site, "/") == []


FIRST_PAGES = "features: {first_pages: true}\n"


def test_page_one_of_a_pdf_stands_for_a_picture_where_the_lab_wants_it(built):
    files = {"papers/a.md": entry(), "papers/a.pdf": pdf(600, 800)}
    without, _report = built(files, "without")
    site, report = built(files | {"site.yml": FIRST_PAGES})
    found, tag = candidates(site, "papers/a/index.html")

    assert report.diagnostics == ()
    assert "srcset" not in (without / "papers/a/index.html").read_text()
    assert sorted(found) == [320, 640]
    assert size_of(found[320]) == (320, 427)
    assert 'alt="First page" width="640" height="853"' in tag
    assert '<a href="../../papers/a/a.pdf"><img' in (site / "papers/a/index.html").read_text()
    assert broken_links(site, "/") == []


def test_a_picture_of_the_papers_own_stands_before_its_first_page(built):
    files = {"site.yml": FIRST_PAGES, "papers/a.md": entry(image="a.png"), "papers/a.pdf": pdf(600, 800)}
    site, _report = built(files | {"papers/a.png": picture(400, 200)})

    assert sorted(path.name for path in site.rglob("*.webp")) == ["a-320.webp"]
    assert size_of(site / "papers/a/a-320.webp") == (320, 160)


def test_damaged_pictures_are_named_and_the_rest_is_built(built):
    """A PDF that cannot be opened has no first page, and that is all."""
    files = {
        "site.yml": FIRST_PAGES,
        "papers/a.md": entry(image="a.png"),
        "papers/a.png": picture(1000, 500)[:200],
        "papers/b.md": entry(),
        "papers/b.pdf": b"no PDF at all",
    }
    site, report = built(files)

    assert {(fault.code, fault.span.path.rpartition("/")[2]) for fault in report.diagnostics} == {
        ("bad-picture", "a.png")
    }
    assert (site / "papers/a/index.html").exists()
    assert (site / "papers/b/b.pdf").exists()


def test_without_the_libraries_pictures_are_published_as_they_are(built, monkeypatch):
    monkeypatch.setattr(building, "can_draw", lambda: False)
    files = {"papers/a.md": entry(image="a.png"), "papers/a.png": picture(1000, 500), "papers/b.pdf": pdf(600, 800)}
    site, report = built(files | {"site.yml": FIRST_PAGES})

    assert [(fault.code, fault.help) for fault in report.diagnostics] == [
        ("no-pictures", 'pip install "labpress[images]"')
    ]
    assert list(site.rglob("*.webp")) == []
    assert 'src="../../papers/a/a.png"' in (site / "papers/a/index.html").read_text()


def test_a_picture_is_drawn_again_only_when_it_has_changed(content, tmp_path, monkeypatch):
    drawn = []
    draw = pictures.scaled
    monkeypatch.setattr(pictures, "scaled", lambda path, width: drawn.append((path.name, width)) or draw(path, width))
    folder = content({"papers/a.md": entry(image="a.png"), "papers/a.png": picture(1000, 500)})

    def build():
        drawn.clear()
        place = building.BuildPlace(source=str(folder), output=str(tmp_path / "_site"), cache=str(tmp_path / "cache"))
        building.build_place(place)
        return sorted(drawn)

    both = [("a.png", 320), ("a.png", 640)]
    assert build() == both
    content({"papers/a.md": entry(image="a.png", venue="Dust")})
    assert build() == []
    content({"papers/a.png": picture(1000, 250)})
    assert build() == both
    assert size_of(tmp_path / "_site/papers/a/a-640.webp") == (640, 160)


def test_the_labs_logo_is_a_file_of_static(built):
    files = {"site.yml": "title: Lab\noptions: {logo: sign.png}\n", "static/sign.png": picture(120, 60)}
    site, report = built(files)

    assert report.diagnostics == ()
    for page in ("index.html", "papers/index.html"):
        assert re.search(
            r'<img src="(\./|\.\./)sign.png" alt="" width="120" height="60">', (site / page).read_text()
        ), page


def test_a_logo_that_is_not_there_is_named(built):
    files = {"site.yml": "options: {logo: sing.png}\n", "static/sign.png": picture(120, 60)}
    _site, report = built(files)

    assert [(fault.code, fault.help) for fault in report.diagnostics] == [("missing-file", "did you mean sign.png?")]
