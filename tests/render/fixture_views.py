"""Views of every page kind of a small lab, as the site makes them: a rich one, and the barest that are possible."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import combinations, groupby

from msgspec import Struct
from rendering import dressed

from labpress.markup.html import Html
from labpress.site.chart_views import BarView
from labpress.site.kinds.statistics import CountedPapers, StatisticsFacts, statistics_page
from labpress.site.people_views import PeoplePage, PeopleView, PersonView
from labpress.site.publishing import Publishing
from labpress.site.statistics_view import StatisticsPage
from labpress.site.views import (
    AlternateView,
    AuthorPage,
    AuthorView,
    CardView,
    FormView,
    HomePage,
    LinkView,
    ListPage,
    MenuView,
    MetaView,
    NeighbourView,
    NewsView,
    PagerView,
    PageView,
    PaperPage,
    PaperView,
    PictureView,
    SectionView,
    SiteView,
    TermsPage,
    TermView,
    TextPage,
)

MONTHS = "January February March April May June July August September October November December".split()
MEMBERS = {
    "Dimitris Papailiopoulos",
    "Kangwook Lee",
    "Yuchen Zeng",
    "Angeliki Giannou",
    "Shashank Rajput",
    "Nayoung Lee",
}
SQRT = '<math><mi>O</mi><mo stretchy="false">(</mo><msqrt><mi>n</mi></msqrt><mo stretchy="false">)</mo></math>'
DISPLAY = (
    '<math display="block"><mi>L</mi><mo>(</mo><mi>w</mi><mo>)</mo><mo>=</mo><mfrac><mn>1</mn><mi>n</mi></mfrac><munderover><mo>∑</mo>'
    "<mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>max</mi><mo>(</mo><mn>0</mn><mo>,</mo><mn>1</mn><mo>−</mo>"
    "<msub><mi>y</mi><mi>i</mi></msub><msup><mi>w</mi><mi>⊤</mi></msup><msub><mi>x</mi><mi>i</mi></msub><mo>)</mo><mo>+</mo><mi>λ</mi>"
    "<msubsup><mrow><mo>‖</mo><mi>w</mi><mo>‖</mo></mrow><mn>2</mn><mn>2</mn></msubsup><mo>≤</mo><mfrac><mn>1</mn><mi>T</mi></mfrac>"
    "<munderover><mo>∑</mo><mrow><mi>t</mi><mo>=</mo><mn>1</mn></mrow><mi>T</mi></munderover><mi>𝔼</mi><mo>[</mo>"
    "<msup><mrow><mo>‖</mo><mo>∇</mo><mi>f</mi><mo>(</mo><msub><mi>x</mi><mi>t</mi></msub><mo>)</mo><mo>‖</mo></mrow><mn>2</mn></msup>"
    "<mo>]</mo></math>"
)

# id | date | type | venue | title | authors (an ending "+" for et al.) | tags | link kinds | award | status
PAPERS = f"""
kontonis2026memento|2026-04-10|preprint||MEMENTO: Teaching LLMs to Manage Their Own Context|Vasilis Kontonis, Yuchen Zeng, Shivam Garg+|reasoning, memory|pdf arxiv||
kapoor2026open|2026-05-19|article|Patterns|Open-World Evaluations for Measuring Frontier AI Capabilities|Sayash Kapoor, Peter Kirgis, Andrew Schwartz, Stephan Rabanser, J. J. Allaire, Rishi Bommasani, Magda Dubois, Gillian Hadfield, Andy Hall, Sara Hooker, Seth Lazar, Steve Newman, Dimitris Papailiopoulos, Shoshannah Tekofsky, Helen Toner, Cozmin Ududec, Arvind Narayanan|evaluation|pdf doi website||to appear
gandhi2026endless|2026-01-23|preprint||Endless Terminals: Scaling RL Environments for Terminal Agents|Kanishk Gandhi, Shivam Garg, Noah D. Goodman, Dimitris Papailiopoulos|reinforcement learning, agents|pdf arxiv code data||
zeng2025rejump|2025-11-30|preprint||ReJump: A Tree-Jump Representation for Analyzing and Improving LLM Reasoning|Yuchen Zeng, Shuibai Zhang, Wonjun Kang+|reasoning|pdf arxiv code||under review
shrivastava2025sample|2025-08-13|conference|ICLR 2026|Sample More to Think Less: Group Filtered Policy Optimization for Concise Reasoning|Vaishnavi Shrivastava, Ahmed Awadallah, Vidhisha Balachandran+|reasoning, reinforcement learning|pdf arxiv||accepted
lee2025self|2025-02-03|conference|ICML 2025|Self-Improving Transformers Overcome Easy-to-Hard and Length Generalization Challenges|Nayoung Lee, Ziyang Cai, Avi Schwarzschild, Kangwook Lee, Dimitris Papailiopoulos|length generalization, transformers|pdf arxiv code slides||
park2024mamba|2024-02-06|conference|ICML 2024|Can Mamba Learn How to Learn? A Comparative Study on In-Context Learning Tasks|Jongho Park, Jaeseung Park, Zheyang Xiong, Nayoung Lee, Jaewoong Cho, Samet Oymak, Kangwook Lee, Dimitris Papailiopoulos|in-context learning|pdf arxiv code poster||
giannou2024newton|2024-03-05|conference|AISTATS 2025|How Well Can Transformers Emulate In-context Newton’s Method?|Angeliki Giannou, Liu Yang, Tianhao Wang, Dimitris Papailiopoulos, Jason D. Lee|in-context learning, optimization|pdf arxiv||
giannou2023looped|2023-01-30|conference|ICML 2023|Looped Transformers as Programmable Computers|Angeliki Giannou, Shashank Rajput, Jy-yong Sohn, Kangwook Lee, Jason D. Lee, Dimitris Papailiopoulos|transformers|pdf arxiv code video|Oral presentation|
lee2023arithmetic|2023-07-07|conference|ICLR 2024|Teaching Arithmetic to Small Transformers|Nayoung Lee, Kartik Sreenivasan, Jason D. Lee, Kangwook Lee, Dimitris Papailiopoulos|transformers, length generalization|pdf arxiv code||
dinh2022lift|2022-06-14|conference|NeurIPS 2022|LIFT: Language-Interfaced Fine-Tuning for Non-Language Machine Learning Tasks|Tuan Dinh, Yuchen Zeng, Ruisu Zhang, Ziqian Lin, Michael Gira, Shashank Rajput, Jy-yong Sohn, Dimitris Papailiopoulos, Kangwook Lee|language models, fine-tuning|pdf arxiv doi code slides poster video website|Outstanding paper award|
sreenivasan2022rare|2022-02-24|conference|NeurIPS 2022|Rare Gems: Finding Lottery Tickets at Initialization|Kartik Sreenivasan, Jy-yong Sohn, Liu Yang, Matthew Grinde, Alliot Nagle, Hongyi Wang, Eric Xing, Kangwook Lee, Dimitris Papailiopoulos|pruning|pdf arxiv code||
rajput2021threshold|2021-06-14|conference|NeurIPS 2021|Memorizing <math><mi>n</mi></math> points with {SQRT} deep threshold neurons|Shashank Rajput, Kartik Sreenivasan, Dimitris Papailiopoulos, Amin Karbasi|theory|pdf arxiv||
wang2021pufferfish|2021-03-05|conference|MLSys 2021|Pufferfish: Communication-efficient Models At No Extra Cost|Hongyi Wang, Saurabh Agarwal, Dimitris Papailiopoulos|distributed training|pdf code||
wang2020attack|2020-07-09|conference|NeurIPS 2020|Attack of the Tails: Yes, You <em>Really</em> Can Backdoor Federated Learning|Hongyi Wang, Kartik Sreenivasan, Shashank Rajput, Harit Vishwakarma, Saurabh Agarwal, Jy-yong Sohn, Kangwook Lee, Dimitris Papailiopoulos|federated learning|pdf arxiv code video||
pensia2020optimal|2020-06-14|conference|NeurIPS 2020|Optimal Lottery Tickets via <span class="small-caps">SubsetSum</span>: Logarithmic Over-Parameterization is Sufficient|Ankit Pensia, Shashank Rajput, Alliot Nagle, Harit Vishwakarma, Dimitris Papailiopoulos|pruning, theory|pdf arxiv|Spotlight|
wang2020federated|2020-02-15|conference|ICLR 2020|Federated Learning with Matched Averaging|Hongyi Wang, Mikhail Yurochkin, Yuekai Sun, Dimitris Papailiopoulos, Yasaman Khazaeni|federated learning|pdf arxiv code||
ratner2019mlsys|2019-03-29|report|SysML white paper|MLSys: The New Frontier of Machine Learning Systems|Alexander Ratner, Dan Alistarh, Gustavo Alonso+|distributed training|pdf arxiv||
rajput2019detox|2019-07-29|conference|NeurIPS 2019|DETOX: A Redundancy-based Framework for Faster and More Robust Gradient Aggregation|Shashank Rajput, Hongyi Wang, Zachary Charles, Dimitris Papailiopoulos|distributed training|pdf arxiv code||
charles2018geometric|2018-11-08|preprint||A Geometric Perspective on the Transferability of Adversarial Directions|Zachary Charles, Harrison Rosenberg, Dimitris Papailiopoulos|theory|pdf arxiv||
"""
LABELS = {"pdf": "PDF", "arxiv": "arXiv", "doi": "DOI"}
TYPES = {
    "preprint": "Preprint",
    "conference": "Conference paper",
    "article": "Journal article",
    "report": "Technical report",
}

ABSTRACT = f"""<p>Fine-tuning pretrained language models (LMs) without making any architectural changes has become a norm for learning various
language downstream tasks. However, for <em>non</em>-language downstream tasks, a common practice is to employ task-specific designs for input,
output layers, and loss functions. A natural question arises: can LM fine-tuning solve non-language downstream tasks without changing the model
architecture or loss function? To answer this, we propose Language-Interfaced Fine-Tuning (LIFT) and study its efficacy and limitations by conducting
an extensive empirical study on a suite of non-language classification and regression tasks, in {SQRT} time and with
<math><msub><mi>ℓ</mi><mn>2</mn></msub></math> regularization.</p>
<p>We also analyze the effect of pretraining on LIFT and a few properties specific to LIFT, e.g., context-aware learning via appropriate prompting,
calibrated predictions, data generation, and two-stage fine-tuning. Our code is available at
<a href="https://github.com/UW-Madison-Lee-Lab/LanguageInterfacedFineTuning">github.com/UW-Madison-Lee-Lab/LanguageInterfacedFineTuning</a>.</p>"""

BODY = f"""<h2 id="how-it-works">How it works</h2>
<p>A table becomes a sentence, and a sentence is what the model reads:</p>
<pre><code class="language-python"><span class="k">def</span> <span class="nf">prompt</span><span class="p">(</span>row<span class="p">):</span>
    <span class="c1"># One sentence per feature, then the question with a rather long comment that has to wrap somewhere.</span>
    <span class="k">return</span> <span class="s2">"When we have x1=</span><span class="si">{{</span>row<span class="p">[</span><span class="mi">0</span><span class="p">]</span><span class="si">}}</span><span class="s2">, what is y?"</span>
</code></pre>
{DISPLAY}
<h3 id="results">Results</h3>
<table><thead><tr><th>Data set</th><th>Baseline</th><th>LIFT</th></tr></thead><tbody><tr><td>Iris</td><td>96.67</td><td>97.00</td></tr>
<tr><td>MNIST</td><td>98.20</td><td>98.15</td></tr></tbody></table>
<ul><li>Robust to outliers.</li><li>Calibrated when asked for probabilities.</li></ul>
<blockquote><p>No-code machine learning with language models.</p></blockquote>"""

BIBTEX = """@inproceedings{dinh2022lift,
  title     = {{LIFT}: Language-Interfaced Fine-Tuning for Non-Language Machine Learning Tasks},
  author    = {Dinh, Tuan and Zeng, Yuchen and Zhang, Ruisu and Lin, Ziqian and Gira, Michael and
               Rajput, Shashank and Sohn, Jy-yong and Papailiopoulos, Dimitris and Lee, Kangwook},
  booktitle = {Advances in Neural Information Processing Systems},
  year      = {2022},
}"""

INTRODUCTION = """<p>We are a group at the University of Wisconsin–Madison that studies how large models learn, reason and compute, and how to train
them with less: less communication, less memory, fewer tokens. We publish our papers with their code, and keep this list ourselves.</p>
<p><a href="pages/join/">Join us</a> or <a href="pages/people/">meet the people</a>.</p>"""


def slug(text: str) -> str:
    return text.lower().replace(" ", "-").replace(".", "")


def term(kind: str, label: str, count: int = 0, **more: object) -> TermView:
    return TermView(label, f"{kind}/{slug(label)}/", count, **more)


def author(name: str, **marks: object) -> AuthorView:
    return AuthorView(name, f"authors/{slug(name)}/", name in MEMBERS, **marks)


def read(row: str) -> CardView:
    key, iso, kind, venue, title, authors, tags, links, award, status = row.split("|")
    year, month, day = iso.split("-")
    return CardView(
        id=key,
        path=f"papers/{key}/",
        title=Html(title),
        authors=tuple(author(name) for name in authors.rstrip("+").split(", ")),
        et_al=authors.endswith("+"),
        date=iso,
        date_text=f"{int(day)} {MONTHS[int(month) - 1]} {year}",
        year=int(year),
        venue=venue,
        venue_path=f"venues/{slug(venue)}/" if venue else "",
        type=kind,
        type_label=TYPES[kind],
        status=status,
        award=award,
        links=tuple(
            LinkView(one, LABELS.get(one, one.title()), url=f"https://example.org/{key}/{one}") for one in links.split()
        ),
        tags=tuple(term("tags", tag) for tag in tags.split(", ")),
        selected=bool(award),
        draft=key == "gandhi2026endless",
        coins=f"ctx_ver=Z39.88-2004&rft.date={year}",
    )


@cache
def cards() -> tuple[CardView, ...]:
    return tuple(sorted(map(read, PAPERS.strip().splitlines()), key=lambda card: card.date, reverse=True))


def lift() -> CardView:
    return next(card for card in cards() if card.id == "dinh2022lift")


THEME = dressed().view
SITE = SiteView(
    title="Wisconsin Learning Systems Lab",
    tagline="Learning, reasoning and computing with large models",
    url="https://lab.example.org/papers/",
    menu=(
        MenuView("Papers", "papers/"),
        MenuView("Topics", "tags/"),
        MenuView("Authors", "authors/"),
        MenuView("Venues", "venues/"),
        MenuView("About", "pages/about/"),
        MenuView("University", url="https://example.org/"),
    ),
    footer=Html(
        "<p>© The authors. Text under <a href='https://creativecommons.org/licenses/by/4.0/'>CC BY 4.0</a>.</p>"
    ),
    repository="https://example.org/lab/papers",
    head_scripts=THEME.head_scripts,
    stylesheets=THEME.stylesheets,
    scripts=THEME.scripts,
    assets=THEME.assets,
    options=THEME.options,
)

TAKE_ALONG = (
    AlternateView("application/x-bibtex", "BibTeX", "papers/papers.bib"),
    AlternateView("application/x-research-info-systems", "RIS", "papers/papers.ris"),
    AlternateView("application/atom+xml", "Papers of the lab", "feed.xml"),
)


def page(kind: str, path: str, title: str, **more: object) -> PageView:
    return PageView(
        kind=kind,
        path=path,
        root="../" * path.count("/") or "./",
        title=title,
        description=f"{title}: what this page is about.",
        canonical=f"{SITE.url}{path}",
        metas=(MetaView("og:title", title, "property"), MetaView("twitter:card", "summary")),
        **more,
    )


def by_year(some: tuple[CardView, ...]) -> tuple[SectionView, ...]:
    groups = [(year, tuple(group)) for year, group in groupby(some, key=lambda card: card.year)]
    return tuple(SectionView(str(year), group, f"years/{year}/", len(group)) for year, group in groups)


def bars(some: tuple[CardView, ...]) -> tuple[BarView, ...]:
    counts = Counter(card.year for card in some)
    return tuple(
        BarView(str(year), counts[year], f"years/{year}/" if counts[year] else "")
        for year in range(min(counts), max(counts) + 1)
    )


def counted(kind: str, labels: list[str], **more: object) -> tuple[TermView, ...]:
    return tuple(
        term(kind, label, count, member=label in MEMBERS, **more) for label, count in Counter(labels).most_common()
    )


def tags(some: tuple[CardView, ...]) -> tuple[TermView, ...]:
    return counted("tags", [tag.label for card in some for tag in card.tags])


def home(**changes: object) -> HomePage:
    return HomePage(
        **{
            "site": SITE,
            "page": page("home", "", SITE.title, alternates=TAKE_ALONG[2:]),
            "introduction": Html(INTRODUCTION),
            "selected": tuple(card for card in cards() if card.selected),
            "newest": cards()[:6],
            "paper_count": len(cards()),
            "author_count": 58,
            "news": (
                NewsView(
                    Html("We have a <em>new</em> microscope"), "news/microscope/", "2026-02-03", "3 February 2026"
                ),
                NewsView(Html("Undated"), "news/undated/"),
            ),
            "years": bars(cards()),
            "tags": tags(cards()),
        }
        | changes
    )


TEASER = PictureView(
    "papers/dinh2022lift/teaser.svg",
    "A table of numbers becomes a sentence, which a language model completes.",
    960,
    320,
)


def paper(**changes: object) -> PaperPage:
    card = lift()
    marked = {
        "Tuan Dinh": {"equal": True},
        "Yuchen Zeng": {"equal": True, "orcid": "0000-0002-1825-0097"},
        "Kangwook Lee": {"corresponding": True},
    }
    authors = tuple(author(one.name, **marked.get(one.name, {})) for one in card.authors)
    index = cards().index(card)
    view = PaperView(
        **{
            "card": CardView(
                **{name: getattr(card, name) for name in card.__struct_fields__} | {"authors": authors, "image": TEASER}
            ),
            "abstract": Html(ABSTRACT),
            "body": Html(BODY),
            "affiliations": ("University of Wisconsin–Madison", "KRAFTON AI"),
            "has_equal": True,
            "has_corresponding": True,
            "published_in": "volume 35, pages 11763–11784, Curran Associates",
            "categories": (TermView("Machine Learning", "", group="cs.LG"),),
            "doi": "10.48550/arXiv.2206.06565",
            "arxiv": "2206.06565",
            "note": "A shorter version was shown at a workshop.",
            "bibtex": BIBTEX,
            "reference": Html(
                "<p>Dinh, T., Zeng, Y., Zhang, R., Lin, Z., Gira, M., Rajput, S., Sohn, J., Papailiopoulos, D., &amp; Lee, K. (2022). LIFT: Language-interfaced fine-tuning for non-language machine learning tasks. <em>Advances in Neural Information Processing Systems</em>, <em>35</em>, 11763–11784.</p>"
            ),
            "exports": tuple(
                AlternateView("text/plain", name, f"{card.path}{card.id}.{name.lower()}")
                for name in ("BibTeX", "RIS", "CSL-JSON")
            ),
            "previous": NeighbourView(cards()[index + 1].title, cards()[index + 1].path),
            "next": NeighbourView(cards()[index - 1].title, cards()[index - 1].path),
            "edit_url": "https://example.org/lab/papers/edit/dinh2022lift.md",
        }
        | changes
    )
    return PaperPage(
        site=SITE,
        page=page("paper", card.path, "LIFT: Language-Interfaced Fine-Tuning for Non-Language Machine Learning Tasks"),
        paper=view,
    )


def papers(**changes: object) -> ListPage:
    return ListPage(
        **{
            "site": SITE,
            "page": page("papers", "papers/page/2/", "Papers, page 2", alternates=TAKE_ALONG),
            "heading": Html("Papers"),
            "count": len(cards()),
            "sections": by_year(cards()),
            "pager": PagerView(
                2,
                9,
                "papers/",
                "papers/page/3/",
                tuple(TermView(str(n), f"papers/page/{n}/" if n > 1 else "papers/") for n in (1, 2, 3, 4, 9)),
            ),
        }
        | changes
    )


def tag(**changes: object) -> ListPage:
    some = tuple(card for card in cards() if any(tag.label == "reasoning" for tag in card.tags))
    return ListPage(
        **{
            "site": SITE,
            "page": page("tag", "tags/reasoning/", "Reasoning", alternates=TAKE_ALONG),
            "heading": Html("Reasoning"),
            "description": Html("<p>How models think in steps, and how to make them think less.</p>"),
            "count": len(some),
            "sections": by_year(some),
            "related": tuple(tag for tag in tags(some) if tag.label != "reasoning"),
        }
        | changes
    )


def year(**changes: object) -> ListPage:
    some = tuple(card for card in cards() if card.year == 2022)
    others = tuple(TermView(bar.label, bar.path, bar.count) for bar in reversed(bars(cards())) if bar.path)
    return ListPage(
        **{
            "site": SITE,
            "page": page("year", "years/2022/", "2022", alternates=TAKE_ALONG),
            "heading": Html("2022"),
            "count": len(some),
            "sections": (SectionView("", some),),
            "related": others,
        }
        | changes
    )


def person(**changes: object) -> AuthorPage:
    name = "Kangwook Lee"
    some = tuple(card for card in cards() if any(one.name == name for one in card.authors))
    others = [one.name for card in some for one in card.authors if one.name != name]
    return AuthorPage(
        **{
            "site": SITE,
            "page": page("author", "authors/kangwook-lee/", name, alternates=TAKE_ALONG),
            "heading": name,
            "count": len(some),
            "member": True,
            "role": "Associate professor",
            "homepage": "https://example.org/kangwook/",
            "orcid": "0000-0002-1825-0097",
            "also_as": ("K. Lee", "이강욱"),
            "biography": Html(
                "<p>Works on foundations of <em>large models</em>, with an eye for what can be left out.</p>"
            ),
            "image": PictureView("people/kangwook-lee.svg"),
            "sections": by_year(some),
            "coauthors": counted("authors", others),
            "years": bars(some),
            "tags": tags(some),
        }
        | changes
    )


def author_index() -> TermsPage:
    names = Counter(one.name for card in cards() for one in card.authors)
    ordered = sorted(names, key=lambda name: name.split()[-1])
    terms = tuple(
        term("authors", name, names[name], member=name in MEMBERS, group=name.split()[-1][0]) for name in ordered
    )
    return TermsPage(site=SITE, page=page("authors", "authors/", "Authors"), heading="Authors", terms=terms)


def tag_index() -> TermsPage:
    return TermsPage(site=SITE, page=page("tags", "tags/", "Topics"), heading="Topics", terms=tags(cards()))


def year_index() -> TermsPage:
    years = bars(cards())
    terms = tuple(TermView(bar.label, bar.path, bar.count) for bar in reversed(years) if bar.path)
    return TermsPage(site=SITE, page=page("years", "years/", "Years"), heading="Years", terms=terms, years=years)


def people() -> PeoplePage:
    ada = PersonView(
        name="Ada Lovelace",
        initials="AL",
        path="authors/ada/",
        role="Professor",
        years="since 1843",
        count=2,
        homepage="https://example.org/",
        orcid="0000-0002-1825-0097",
        links=(LinkView("github", "GitHub", url="https://example.org/ada"), LinkView("cv", "CV", path="cv.pdf")),
        image=PictureView("ada.png", forms=(FormView("ada-160.webp", 160), FormView("ada.png", 300))),
        biography=Html("<p>Counts <em>everything</em>.</p>"),
    )
    groups = (PeopleView("Members", (ada, PersonView(name="N. N.", initials="NN")), has_photos=True),)
    alumni = PeopleView("Alumni", (PersonView(name="Charles Babbage", years="1822–1871"),))
    return PeoplePage(
        site=SITE,
        page=page("people", "people/", "People"),
        heading=Html("People"),
        introduction=Html("<p>Join us.</p>"),
        groups=(*groups, alumni),
    )


def statistics() -> StatisticsPage:
    figures = (TermView("Papers", "papers/", len(cards())), TermView("Authors", "authors/", 73))
    facts = StatisticsFacts(
        title="Statistics", heading=Html("Statistics"), introduction=Html("<p>We count.</p>"), figures=figures
    )
    return statistics_page(SITE, Publishing(metadata=False), facts, CountedPapers(cards()))


def print_list() -> ListPage:
    articles = tuple(card for card in cards() if card.venue)
    return ListPage(
        site=SITE,
        page=page("print", "print/", "Publications"),
        heading=Html("Publications"),
        count=len(cards()),
        sections=(SectionView("Conference paper", articles, count=len(articles)),),
    )


def text() -> TextPage:
    return TextPage(
        site=SITE, page=page("page", "pages/about/", "About"), heading=Html("About"), content=Html(INTRODUCTION + BODY)
    )


def missing() -> TextPage:
    content = Html("<p>The address may have been mistyped, or the page may have moved.</p>")
    return TextPage(
        site=SITE, page=page("404", "404.html", "Page not found"), heading=Html("Page not found"), content=content
    )


LONG_FORMULA = f"<math>{'<mi>x</mi><mo>+</mo>' * 60}<mi>y</mi></math>"
WIDE_BODY = f"""<h2 id="wide">Wide</h2><table><thead><tr>{"<th>Measure</th>" * 14}</tr></thead><tbody><tr>{"<td>0.123456</td>" * 14}</tr></tbody></table>
<p><a href="https://example.org/">https://example.org/{"path" * 60}</a> <code>{"code" * 60}</code></p>
<math display="block">{"<mi>x</mi><mo>+</mo>" * 60}<mi>y</mi></math>"""
LONG = "On the Unreasonable Length of Titles in Machine Learning Systems Research and Its Consequences " * 21
CROWD = tuple(
    AuthorView(f"Ada {first}{last}", f"authors/{first}{last}/")
    for first, last in combinations([f"N{n}" for n in range(78)], 2)
)


def extremes() -> dict[str, tuple[str, Struct]]:
    """Name -> (template, view): nothing at all, and far too much of everything."""
    site = SiteView(title="A Lab")
    bare = CardView(id="x", path="papers/x/", title=Html("X"))
    huge = CardView(
        id="y",
        path="papers/y/",
        title=Html(LONG.strip()),
        authors=CROWD[:3000],
        et_al=True,
        venue="V " * 200,
        date_text="2022",
        date="2022",
    )
    arabic = CardView(
        id="z",
        path="papers/z/",
        title=Html("التعلم العميق للغات: <em>مقدمة</em>"),
        authors=(author("محمد علي"), author("Ada Lovelace")),
    )

    def plain(kind: str, path: str = "x/") -> PageView:
        return PageView(kind=kind, path=path, root="../" * path.count("/") or "./", title="X")

    crowded = (SectionView("", (huge, bare, arabic)),)
    pages: dict[str, tuple[str, Struct]] = {
        "home-empty": ("home.html", HomePage(site=site, page=plain("home", ""))),
        "home-sections": (
            "home.html",
            HomePage(site=site, page=plain("home", ""), sections=crowded, newest=(bare,), paper_count=3),
        ),
        "home-full": (
            "home.html",
            HomePage(site=site, page=plain("home", ""), selected=(huge, arabic), newest=(bare, huge), paper_count=3),
        ),
        "list-empty": ("list.html", ListPage(site=site, page=plain("papers"), heading=Html("Papers"))),
        "list-full": (
            "list.html",
            ListPage(site=site, page=plain("venue"), heading=Html(LONG), count=3, sections=crowded),
        ),
        "author-bare": ("author.html", AuthorPage(site=site, page=plain("author"), heading="X")),
        "author-one": (
            "author.html",
            AuthorPage(site=site, page=plain("author"), heading="X", member=True, count=1, years=(BarView("2022", 1),)),
        ),
        "terms-empty": ("terms.html", TermsPage(site=site, page=plain("tags"), heading="Topics")),
        "statistics-empty": (
            "statistics.html",
            StatisticsPage(site=site, page=plain("statistics"), heading=Html("Statistics")),
        ),
        "people-one": (
            "people.html",
            PeoplePage(
                site=site, page=plain("people"), heading=Html("X"), groups=(PeopleView("", (PersonView(name=LONG),)),)
            ),
        ),
        "page-empty": ("page.html", TextPage(site=site, page=plain("page"), heading=Html("X"))),
        "404-empty": ("404.html", TextPage(site=site, page=plain("404"), heading=Html("X"))),
    }
    for name, card in {"bare": bare, "huge": huge, "arabic": arabic}.items():
        head = PageView(
            kind="paper",
            path=card.path,
            root="../../",
            title=LONG if card is huge else "X",
            language="ar" if card is arabic else "",
        )
        pages[f"paper-{name}"] = ("paper.html", PaperPage(site=site, page=head, paper=PaperView(card=card)))
    wide = PaperView(
        card=bare,
        abstract=Html(f"<p>{'Donaudampfschiffahrtsgesellschaft' * 4} {LONG_FORMULA}</p>"),
        body=Html(WIDE_BODY),
        bibtex="@misc{x,\n  title = {" + "x" * 300 + "}}",
    )
    pages["paper-wide"] = (
        "paper.html",
        PaperPage(site=site, page=PageView(kind="paper", path="papers/x/", root="../../", title="X"), paper=wide),
    )
    years = tuple(
        BarView(str(year), (year * 7919) % 41, f"years/{year}/" if year % 3 else "") for year in range(1962, 2027)
    )
    pages["terms-years"] = ("terms.html", TermsPage(site=site, page=plain("years"), heading="Years", years=years))
    return pages


def everything() -> dict[str, tuple[str, Struct]]:
    """Name -> (template, view) of every page kind of the lab."""
    return {
        "home": ("home.html", home()),
        "paper": ("paper.html", paper()),
        "papers": ("list.html", papers()),
        "tag": ("list.html", tag()),
        "year": ("list.html", year()),
        "author": ("author.html", person()),
        "authors": ("terms.html", author_index()),
        "people": ("people.html", people()),
        "tags": ("terms.html", tag_index()),
        "years": ("terms.html", year_index()),
        "print": ("print.html", print_list()),
        "statistics": ("statistics.html", statistics()),
        "page": ("page.html", text()),
        "404": ("404.html", missing()),
    }
