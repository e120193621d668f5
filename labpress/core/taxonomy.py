"""arXiv's category taxonomy: which categories there are, what they are called, and what an abbreviation means."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

_TAXONOMY = """
Computer Science | cs
AI Artificial Intelligence
CL Computation and Language
CC Computational Complexity
CE Computational Engineering, Finance, and Science
CG Computational Geometry
GT Computer Science and Game Theory
CV Computer Vision and Pattern Recognition
CY Computers and Society
CR Cryptography and Security
DS Data Structures and Algorithms
DB Databases
DL Digital Libraries
DM Discrete Mathematics
DC Distributed, Parallel, and Cluster Computing
ET Emerging Technologies
FL Formal Languages and Automata Theory
GL General Literature
GR Graphics
AR Hardware Architecture
HC Human-Computer Interaction
IR Information Retrieval
IT Information Theory
LO Logic in Computer Science
LG Machine Learning
MS Mathematical Software
MA Multiagent Systems
MM Multimedia
NI Networking and Internet Architecture
NE Neural and Evolutionary Computing
NA Numerical Analysis
OS Operating Systems
OH Other Computer Science
PF Performance
PL Programming Languages
RO Robotics
SI Social and Information Networks
SE Software Engineering
SD Sound
SC Symbolic Computation
SY Systems and Control
Statistics | stat
AP Applications
CO Computation
ML Machine Learning
ME Methodology
OT Other Statistics
TH Statistics Theory
Electrical Engineering and Systems Science | eess
AS Audio and Speech Processing
IV Image and Video Processing
SP Signal Processing
SY Systems and Control
Quantitative Biology | q-bio
BM Biomolecules
CB Cell Behavior
GN Genomics
MN Molecular Networks
NC Neurons and Cognition
OT Other Quantitative Biology
PE Populations and Evolution
QM Quantitative Methods
SC Subcellular Processes
TO Tissues and Organs
Mathematics | math
AG Algebraic Geometry
AT Algebraic Topology
AP Analysis of PDEs
CT Category Theory
CA Classical Analysis and ODEs
CO Combinatorics
AC Commutative Algebra
CV Complex Variables
DG Differential Geometry
DS Dynamical Systems
FA Functional Analysis
GM General Mathematics
GN General Topology
GT Geometric Topology
GR Group Theory
HO History and Overview
IT Information Theory
KT K-Theory and Homology
LO Logic
MP Mathematical Physics
MG Metric Geometry
NT Number Theory
NA Numerical Analysis
OA Operator Algebras
OC Optimization and Control
PR Probability
QA Quantum Algebra
RT Representation Theory
RA Rings and Algebras
SP Spectral Theory
ST Statistics Theory
SG Symplectic Geometry
Economics | econ
EM Econometrics
GN General Economics
TH Theoretical Economics
Quantitative Finance | q-fin
CP Computational Finance
EC Economics
GN General Finance
MF Mathematical Finance
PM Portfolio Management
PR Pricing of Securities
RM Risk Management
ST Statistical Finance
TR Trading and Market Microstructure
Physics | physics
acc-ph Accelerator Physics
app-ph Applied Physics
ao-ph Atmospheric and Oceanic Physics
atom-ph Atomic Physics
atm-clus Atomic and Molecular Clusters
bio-ph Biological Physics
chem-ph Chemical Physics
class-ph Classical Physics
comp-ph Computational Physics
data-an Data Analysis, Statistics and Probability
flu-dyn Fluid Dynamics
gen-ph General Physics
geo-ph Geophysics
hist-ph History and Philosophy of Physics
ins-det Instrumentation and Detectors
med-ph Medical Physics
optics Optics
ed-ph Physics Education
soc-ph Physics and Society
plasm-ph Plasma Physics
pop-ph Popular Physics
space-ph Space Physics
Astrophysics | astro-ph
GA Astrophysics of Galaxies
CO Cosmology and Nongalactic Astrophysics
EP Earth and Planetary Astrophysics
HE High Energy Astrophysical Phenomena
IM Instrumentation and Methods for Astrophysics
SR Solar and Stellar Astrophysics
Condensed Matter | cond-mat
dis-nn Disordered Systems and Neural Networks
mtrl-sci Materials Science
mes-hall Mesoscale and Nanoscale Physics
other Other Condensed Matter
quant-gas Quantum Gases
soft Soft Condensed Matter
stat-mech Statistical Mechanics
str-el Strongly Correlated Electrons
supr-con Superconductivity
Nonlinear Sciences | nlin
AO Adaptation and Self-Organizing Systems
CG Cellular Automata and Lattice Gases
CD Chaotic Dynamics
SI Exactly Solvable and Integrable Systems
PS Pattern Formation and Solitons
General Relativity and Quantum Cosmology | gr-qc
High Energy Physics - Experiment | hep-ex
High Energy Physics - Lattice | hep-lat
High Energy Physics - Phenomenology | hep-ph
High Energy Physics - Theory | hep-th
Mathematical Physics | math-ph
Nuclear Experiment | nucl-ex
Nuclear Theory | nucl-th
Quantum Physics | quant-ph
"""
"""``Archive | id``, then its subject classes. An archive without classes is a category itself.

The order says which archive an abbreviation most probably means in a listing of AI and machine learning papers.
"""

_SAME_AS = {
    "cs.NA": "math.NA",
    "cs.SY": "eess.SY",
    "math.IT": "cs.IT",
    "math.MP": "math-ph",
    "q-fin.EC": "econ.GN",
    "stat.TH": "math.ST",
}
"""Categories that arXiv keeps as second names of others. Written out they stay; an abbreviation means the other."""

_LEGACY = {
    "acc-phys": "physics.acc-ph",
    "adap-org": "nlin.AO",
    "alg-geom": "math.AG",
    "ao-sci": "physics.ao-ph",
    "atom-ph": "physics.atom-ph",
    "bayes-an": "physics.data-an",
    "chao-dyn": "nlin.CD",
    "chem-ph": "physics.chem-ph",
    "cmp-lg": "cs.CL",
    "comp-gas": "nlin.CG",
    "dg-ga": "math.DG",
    "funct-an": "math.FA",
    "mtrl-th": "cond-mat.mtrl-sci",
    "patt-sol": "nlin.PS",
    "plasm-ph": "physics.plasm-ph",
    "q-alg": "math.QA",
    "solv-int": "nlin.SI",
    "supr-con": "cond-mat.supr-con",
}
"""Archives that arXiv closed by 1998 -> the category that took their papers."""


class Category(Struct, frozen=True):
    """One arXiv category."""

    id: str
    """``cs.LG``, ``quant-ph``."""
    name: str
    """``Machine Learning``."""
    archive: str
    """``cs``; the id itself where the archive has no classes."""
    archive_name: str
    """``Computer Science``."""


def _read_taxonomy() -> dict[str, Category]:
    categories: dict[str, Category] = {}
    archive, archive_name = "", ""
    for line in _TAXONOMY.strip().splitlines():
        if " | " in line:
            archive_name, archive = line.split(" | ")
            # The archive alone is a category too: of all papers before it had classes, and of some after.
            categories[archive] = Category(archive, archive_name, archive, archive_name)
        else:
            code, name = line.split(" ", 1)
            categories[f"{archive}.{code}"] = Category(f"{archive}.{code}", name, archive, archive_name)
    return categories


CATEGORIES: dict[str, Category] = _read_taxonomy()
"""Id -> category: every category of arXiv, and its archives as such."""


def _read_abbreviations() -> dict[str, tuple[str, ...]]:
    meanings: dict[str, list[str]] = {}
    for category in CATEGORIES:
        if category not in _SAME_AS:
            meanings.setdefault(_class_of(category), []).append(category)
    for alias, meant in _SAME_AS.items():
        meanings.setdefault(_class_of(alias), [meant])
    return {code: tuple(ids) for code, ids in meanings.items()}


def _class_of(category: str) -> str:
    return category.rpartition(".")[2].lower()


_FULL_NAMES = {f"{one.archive_name} - {one.name}".lower(): one.name for one in CATEGORIES.values()}
_IDS = {category.lower(): category for category in CATEGORIES} | _LEGACY
_ABBREVIATIONS = _read_abbreviations()


def category_id(text: str, context: Mapping[str, int] | None = None) -> str:
    """The category that ``text`` means: an id (``cs.LG``, ``quant-ph``), a closed archive, or a subject class (``LG``).

    A class that several archives have means the first of them in the order of the table above, which is the one of
    an AI and machine learning page: ``DS`` is cs.DS, ``CO`` stat.CO. ``context`` counts the archives that papers
    beside it name beyond doubt: where they never name that archive but name another one that has the class at least
    three times, it means that one, so that ``CO`` between ``GA`` and ``HE`` is astro-ph.CO. "" if there is none.
    """
    code = text.strip().lower()
    if code in _IDS:
        return _IDS[code]
    meanings = _ABBREVIATIONS.get(code, ())
    if not meanings:
        return ""
    if context and len(meanings) > 1 and not context.get(CATEGORIES[meanings[0]].archive):
        likeliest = max(meanings, key=lambda meaning: context.get(CATEGORIES[meaning].archive, 0))
        if context.get(CATEGORIES[likeliest].archive, 0) >= 3:
            return likeliest
    return meanings[0]


def sure_archive(text: str) -> str:
    """The archive that ``text`` names beyond doubt, or "": evidence for the abbreviations beside it."""
    code = text.strip().lower()
    meanings = (_IDS[code],) if code in _IDS else _ABBREVIATIONS.get(code, ())
    return CATEGORIES[meanings[0]].archive if len(meanings) == 1 else ""


def category_name(category: str) -> str:
    """``cs.LG`` -> ``Machine Learning``; an unknown id is its own name."""
    return CATEGORIES[category].name if category in CATEGORIES else category


def without_archive(keyword: str) -> str:
    """``Cosmology and Nongalactic Astrophysics`` for ``Astrophysics - Cosmology and Nongalactic Astrophysics``.

    So ADS and Zotero name the categories of a preprint among its keywords; any other keyword is as it was.
    """
    return _FULL_NAMES.get(keyword.lower(), keyword) if " - " in keyword else keyword
