"""Write a table as a document of Word: caption, table, sources and remarks.

Whatever a text holds, it stays text; only addresses of the web become links.
"""

from __future__ import annotations

import datetime as dt
import html
import io
import urllib.parse
import zipfile
from itertools import groupby
from typing import TYPE_CHECKING

from positions.errors import InvalidInputError, MissingLibraryError
from positions.tables.cells import Mark, Text
from positions.tables.sheet import Note, Sheet, visible_sheet
from positions.tables.whole_files import FilePath, write_whole
from positions.tables.widths import GAP, page_widths, unwrapped_width

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import _Row  # pyright: ignore[reportPrivateUsage]
    from docx.text.paragraph import Paragraph


NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
"""The names of spaces that the parts use."""

FONT = "Times New Roman"
"""A type that has Latin, Greek and Cyrillic letters, and is at hand nearly everywhere."""

DEFAULTS = f"""
<w:docDefaults {{}}>
  <w:rPrDefault><w:rPr>
    <w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:eastAsia="{FONT}"/>
    <w:sz w:val="19"/><w:szCs w:val="19"/>
    <w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="ar-SA"/>
  </w:rPr></w:rPrDefault>
  <w:pPrDefault><w:pPr>
    <w:spacing w:after="80" w:line="240" w:lineRule="auto"/>
  </w:pPr></w:pPrDefault>
</w:docDefaults>
"""
"""Type and spacing wherever no style says otherwise, so that the style of the table can."""

CAPTION_STYLE = """
<w:style {} w:type="paragraph" w:styleId="Caption">
  <w:name w:val="caption"/>
  <w:basedOn w:val="Normal"/>
  <w:next w:val="Normal"/>
  <w:uiPriority w:val="35"/>
  <w:qFormat/>
  <w:pPr><w:keepNext/></w:pPr>
  <w:rPr><w:b/><w:bCs/><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr>
</w:style>
"""
"""The caption stands with its table."""

HEADING_STYLE = """
<w:style {} w:type="paragraph" w:customStyle="1" w:styleId="PositionsHeading">
  <w:name w:val="Positions Heading"/>
  <w:basedOn w:val="Normal"/>
  <w:next w:val="Normal"/>
  <w:qFormat/>
  <w:pPr><w:keepNext/><w:spacing w:before="200" w:after="60"/></w:pPr>
  <w:rPr><w:b/><w:bCs/></w:rPr>
</w:style>
"""
"""What stands over the sources and the remarks."""

SOURCE_STYLE = """
<w:style {} w:type="paragraph" w:customStyle="1" w:styleId="PositionsSource">
  <w:name w:val="Positions Source"/>
  <w:basedOn w:val="Normal"/>
  <w:qFormat/>
  <w:pPr><w:spacing w:after="20"/><w:ind w:left="567" w:hanging="567"/></w:pPr>
  <w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr>
</w:style>
"""
"""One source: its number stands out to the left."""

TABLE_STYLE = """
<w:style {} w:type="table" w:customStyle="1" w:styleId="PositionsTable">
  <w:name w:val="Positions Table"/>
  <w:basedOn w:val="TableNormal"/>
  <w:uiPriority w:val="99"/>
  <w:pPr><w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/></w:pPr>
  <w:rPr><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr>
  <w:tblPr>
    <w:tblBorders>
      <w:top w:val="single" w:sz="10" w:space="0" w:color="auto"/>
      <w:bottom w:val="single" w:sz="10" w:space="0" w:color="auto"/>
      <w:insideH w:val="single" w:sz="2" w:space="0" w:color="D0D0D0"/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:left w:w="60" w:type="dxa"/>
      <w:right w:w="60" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/><w:bCs/></w:rPr>
    <w:tcPr>
      <w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:tcBorders>
      <w:vAlign w:val="bottom"/>
    </w:tcPr>
  </w:tblStylePr>
  <w:tblStylePr w:type="firstCol"><w:rPr><w:b/><w:bCs/></w:rPr></w:tblStylePr>
</w:style>
"""
"""Rules above, below and under the headers, as in papers; the first row and column are bold."""

HEADER_ROW = "<w:tblHeader {}/>"
"""Makes a row stand on top of every page."""

WHOLE_ROW = "<w:cantSplit {}/>"
"""Keeps a row on one page."""

CAPTION_NUMBER = r"""
<w:fldSimple {} w:instr=" SEQ Table \* ARABIC "><w:r><w:t>1</w:t></w:r></w:fldSimple>
"""
"""The number of a caption, which Word counts through a document."""

LINK = """
<w:hyperlink {} r:id="RELATION"><w:r>
  <w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr><w:t>ADDRESS</w:t>
</w:r></w:hyperlink>
"""
"""An address that can be followed; both words in capitals are to be replaced."""

MOST_COLUMNS = 63
"""How many columns a table of Word can have."""

UPRIGHT_LETTERS, TURNED_LETTERS = 100, 160
"""Letters that one line of a table holds, on an upright page and on one that is turned."""

UPRIGHT_COLUMNS = 4
"""A table with more columns, if it is too wide for a line, stands on pages that are turned."""

SAVED = dt.datetime(2000, 1, 1)
"""The time that every document bears, so that the same table gives the same bytes."""

_SAFE = "%/:?#[]@!$&'()*+,;=~"
"""What may stand in the target of a link beside letters and digits."""


def write_document(sheet: Sheet, path: FilePath) -> None:
    """Write a document with a caption, the table, its numbered sources, and remarks.

    The same table gives the same bytes.

    Raises:
        MissingLibraryError: python-docx is not installed.
        InvalidInputError: there are more columns than Word can have.
        OSError: the file cannot be written.
    """
    try:
        from docx import Document
    except ImportError as error:
        raise MissingLibraryError("python-docx", "word") from error
    if len(sheet.headers) > MOST_COLUMNS:
        wanted, advice = f"at most {MOST_COLUMNS}", "ask for fewer parties, or write Excel or CSV"
        raise InvalidInputError("columns for Word", wanted, len(sheet.headers), advice)
    shown = visible_sheet(sheet)
    document = Document()
    _set_up(document, shown)
    _write(document, shown)
    data = io.BytesIO()
    document.save(data)
    write_whole(path, _undated(data.getvalue()))


def _write(document: Document, sheet: Sheet) -> None:
    """Write everything, from the caption to where the data are from."""
    _caption(document, sheet.title)
    _table(document, sheet)
    if sheet.notes:
        document.add_paragraph(style="Positions Heading").add_run("Sources")
    for number, note in enumerate(sheet.notes, start=1):
        _note(document.add_paragraph(style="Positions Source"), number, note)
    if sheet.remarks or sheet.about:
        document.add_paragraph(style="Positions Heading").add_run("Remarks")
    for text in (*sheet.remarks, *sheet.about):
        document.add_paragraph(str(text))


# The page and its styles


def _set_up(document: Document, sheet: Sheet) -> None:
    """Choose the page, the styles and the properties."""
    from docx.enum.section import WD_ORIENTATION
    from docx.shared import Cm

    section, size = document.sections[0], (Cm(21), Cm(29.7))
    if _is_turned(sheet):
        section.orientation, size = WD_ORIENTATION.LANDSCAPE, (Cm(29.7), Cm(21))
    section.page_width, section.page_height = size
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    _set_styles(document)
    about = document.core_properties
    about.title, about.author, about.comments = sheet.title[:255], "", ""
    about.created = about.modified = SAVED


def _set_styles(document: Document) -> None:
    """Give the document the type of a paper, and styles that users can change in one place."""
    styles = document.styles.element
    for old in styles.xpath("w:docDefaults | w:style[@w:styleId='Caption']"):
        styles.remove(old)
    styles.insert(0, _parsed(DEFAULTS))
    for style in (CAPTION_STYLE, HEADING_STYLE, SOURCE_STYLE, TABLE_STYLE):
        styles.append(_parsed(style))


def _is_turned(sheet: Sheet) -> bool:
    """Tell whether the table needs the longer side of the page as its line."""
    wide = unwrapped_width([sheet.headers, *sheet.rows]) > UPRIGHT_LETTERS
    return wide and len(sheet.headers) > UPRIGHT_COLUMNS


# Caption, table, sources


def _caption(document: Document, title: str) -> None:
    """Write the title as a caption, with a number that Word counts."""
    if title.strip():
        paragraph = document.add_paragraph("Table ", style="Caption")
        _put(paragraph, CAPTION_NUMBER)
        paragraph.add_run(f". {' '.join(title.split())}")


def _table(document: Document, sheet: Sheet) -> None:
    """Write headers and rows; the headers are those of every page."""
    from docx.shared import Emu

    table = document.add_table(len(sheet.rows) + 1, len(sheet.headers), style="Positions Table")
    table.autofit = False
    widths = [Emu(width) for width in _widths(document, sheet)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row, cells in zip(table.rows, (sheet.headers, *sheet.rows), strict=True):
        for cell, text, width, right in zip(row.cells, cells, widths, sheet.numeric, strict=True):
            cell.width = width
            _write_cell(cell.paragraphs[0], text, right)
        _mark_row(row, WHOLE_ROW)
    _mark_row(table.rows[0], HEADER_ROW)


def _write_cell(paragraph: Paragraph, text: Text, right: bool) -> None:
    """Write the text of a cell, with the marks of its sources in smaller type."""
    from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
    from docx.shared import Pt

    if right:
        paragraph.alignment = WD_PARAGRAPH_ALIGNMENT.RIGHT
    for kind, pieces in groupby(text.pieces, type):
        run = paragraph.add_run("".join(map(str, pieces)))
        if kind is Mark:
            run.font.size = Pt(6.5)


def _widths(document: Document, sheet: Sheet) -> list[int]:
    """Share the width between the margins among the columns."""
    section = document.sections[0]
    sides = (section.page_width, section.left_margin, section.right_margin)
    page, left, right = (side or 0 for side in sides)
    letters = TURNED_LETTERS if _is_turned(sheet) else UPRIGHT_LETTERS
    shares = [width + GAP for width in page_widths([sheet.headers, *sheet.rows], letters)]
    return [(page - left - right) * share // sum(shares) for share in shares]


def _note(paragraph: Paragraph, number: int, note: Note) -> None:
    """Write a source behind its number, with its address as a link if it can be one."""
    paragraph.add_run(f"[{number}]\t{note.text}")
    if note.url:
        paragraph.add_run(" ")
    if note.url and note.linked:
        _link(paragraph, note.url)
    elif note.url:
        paragraph.add_run(note.url)


def _link(paragraph: Paragraph, url: str) -> None:
    """Write an address as a link to itself."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    target = urllib.parse.quote(url, safe=_SAFE)
    relation = paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    _put(paragraph, LINK.replace("RELATION", relation).replace("ADDRESS", html.escape(url)))


def _put(paragraph: Paragraph, part: str) -> None:
    """Put a part behind what a paragraph holds."""
    paragraph._p.append(_parsed(part))  # pyright: ignore[reportPrivateUsage]


def _mark_row(row: _Row, part: str) -> None:
    """Put a part among the properties of a row."""
    row._tr.get_or_add_trPr().append(_parsed(part))  # pyright: ignore[reportPrivateUsage]


def _parsed(part: str) -> BaseOxmlElement:
    """Make an element of a part of a document."""
    from docx.oxml import parse_xml

    spaces = " ".join(f'xmlns:{name}="{space}"' for name, space in NAMESPACES.items())
    return parse_xml(part.replace("{}", spaces))


def _undated(document: bytes) -> bytes:
    """Write the archive of a document anew, with one time for all its files."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, SAVED.timetuple()[:6])
            new.writestr(entry, old.read(name), zipfile.ZIP_DEFLATED)
    return data.getvalue()
