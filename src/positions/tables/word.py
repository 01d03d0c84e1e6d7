"""Write a table as a Word document: caption, table, sources and remarks.

All content is written as text; only web addresses become links.
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
"""XML namespaces used in the fragments below, by prefix."""

FONT = "Times New Roman"
"""Typeface with Latin, Greek and Cyrillic letters that is available on most systems."""

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
"""Default typeface and spacing; they are set here so that the table style can override them."""

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
"""Style of the caption, which is kept on the page of its table."""

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
"""Style of the headings above the sources and the remarks."""

SOURCE_STYLE = """
<w:style {} w:type="paragraph" w:customStyle="1" w:styleId="PositionsSource">
  <w:name w:val="Positions Source"/>
  <w:basedOn w:val="Normal"/>
  <w:qFormat/>
  <w:pPr><w:spacing w:after="20"/><w:ind w:left="567" w:hanging="567"/></w:pPr>
  <w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr>
</w:style>
"""
"""Style of one source, with its number in the hanging indent."""

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
"""Style of the table: rules as in journals, first row and first column in bold."""

HEADER_ROW = "<w:tblHeader {}/>"
"""Property of a row that is repeated at the top of every page."""

UNSPLIT_ROW = "<w:cantSplit {}/>"
"""Property of a row that is not split across pages."""

CAPTION_NUMBER = r"""
<w:fldSimple {} w:instr=" SEQ Table \* ARABIC "><w:r><w:t>1</w:t></w:r></w:fldSimple>
"""
"""Field for the number of a caption, which Word counts through a document."""

LINK = """
<w:hyperlink {} r:id="RELATION"><w:r>
  <w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr><w:t>ADDRESS</w:t>
</w:r></w:hyperlink>
"""
"""A hyperlink; both words in capitals are replaced."""

MAX_COLUMNS = 63
"""Maximum number of columns of a table in Word."""

PORTRAIT_WIDTH, LANDSCAPE_WIDTH = 100, 160
"""Assumed number of characters of a line on a portrait and on a landscape page."""

PORTRAIT_COLUMNS = 4
"""Maximum number of columns of a table on a portrait page, if its rows need to be wrapped."""

TIMESTAMP = dt.datetime(2000, 1, 1)
"""Timestamp of all documents, so that the same table always produces the same bytes."""

_SAFE = "%/:?#[]@!$&'()*+,;=~"
"""Characters other than letters and digits that are not escaped in the target of a link."""


def write_document(sheet: Sheet, path: FilePath) -> None:
    """Write a document with a caption, the table, its numbered sources, and remarks.

    The same table always produces the same bytes.

    Raises:
        MissingLibraryError: python-docx is not installed.
        InvalidInputError: the table has more columns than Word allows.
        OSError: the file cannot be written.
    """
    try:
        from docx import Document
    except ImportError as error:
        raise MissingLibraryError("python-docx", "word") from error
    if len(sheet.headers) > MAX_COLUMNS:
        wanted, advice = f"at most {MAX_COLUMNS}", "ask for fewer parties, or write Excel or CSV"
        raise InvalidInputError("columns for Word", wanted, len(sheet.headers), advice)
    shown = visible_sheet(sheet)
    document = Document()
    _set_up(document, shown)
    _write(document, shown)
    data = io.BytesIO()
    document.save(data)
    write_whole(path, _undated(data.getvalue()))


def _write(document: Document, sheet: Sheet) -> None:
    """Write caption, table, sources, remarks, and the origin of the data."""
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
    """Set the page size, the margins, the styles and the properties."""
    from docx.enum.section import WD_ORIENTATION
    from docx.shared import Cm

    section, size = document.sections[0], (Cm(21), Cm(29.7))
    if _is_landscape(sheet):
        section.orientation, size = WD_ORIENTATION.LANDSCAPE, (Cm(29.7), Cm(21))
    section.page_width, section.page_height = size
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    _set_styles(document)
    about = document.core_properties
    about.title, about.author, about.comments = sheet.title[:255], "", ""
    about.created = about.modified = TIMESTAMP


def _set_styles(document: Document) -> None:
    """Add the typeface and the named styles, each of which users can change in one place."""
    styles = document.styles.element
    for old in styles.xpath("w:docDefaults | w:style[@w:styleId='Caption']"):
        styles.remove(old)
    styles.insert(0, _parsed(DEFAULTS))
    for style in (CAPTION_STYLE, HEADING_STYLE, SOURCE_STYLE, TABLE_STYLE):
        styles.append(_parsed(style))


def _is_landscape(sheet: Sheet) -> bool:
    """Whether the table is set on landscape pages."""
    wide = unwrapped_width([sheet.headers, *sheet.rows]) > PORTRAIT_WIDTH
    return wide and len(sheet.headers) > PORTRAIT_COLUMNS


# Caption, table, sources


def _caption(document: Document, title: str) -> None:
    """Write the title as a caption, with a number that Word counts."""
    if title.strip():
        paragraph = document.add_paragraph("Table ", style="Caption")
        _append(paragraph, CAPTION_NUMBER)
        paragraph.add_run(f". {' '.join(title.split())}")


def _table(document: Document, sheet: Sheet) -> None:
    """Write headers and rows; the headers are repeated on every page."""
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
        _set_row_property(row, UNSPLIT_ROW)
    _set_row_property(table.rows[0], HEADER_ROW)


def _write_cell(paragraph: Paragraph, text: Text, right: bool) -> None:
    """Write the text of a cell, with its marks in a smaller size."""
    from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
    from docx.shared import Pt

    if right:
        paragraph.alignment = WD_PARAGRAPH_ALIGNMENT.RIGHT
    for kind, pieces in groupby(text.pieces, type):
        run = paragraph.add_run("".join(map(str, pieces)))
        if kind is Mark:
            run.font.size = Pt(6.5)


def _widths(document: Document, sheet: Sheet) -> list[int]:
    """Divide the width between the margins among the columns."""
    section = document.sections[0]
    sides = (section.page_width, section.left_margin, section.right_margin)
    page, left, right = (side or 0 for side in sides)
    line = LANDSCAPE_WIDTH if _is_landscape(sheet) else PORTRAIT_WIDTH
    shares = [width + GAP for width in page_widths([sheet.headers, *sheet.rows], line)]
    return [(page - left - right) * share // sum(shares) for share in shares]


def _note(paragraph: Paragraph, number: int, note: Note) -> None:
    """Write a source after its number, with its address as a link if it is a web address."""
    paragraph.add_run(f"[{number}]\t{note.text}")
    if note.url:
        paragraph.add_run(" ")
    if note.url and note.linked:
        _link(paragraph, note.url)
    elif note.url:
        paragraph.add_run(note.url)


def _link(paragraph: Paragraph, url: str) -> None:
    """Write an address as a hyperlink to itself."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    target = urllib.parse.quote(url, safe=_SAFE)
    relation = paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    _append(paragraph, LINK.replace("RELATION", relation).replace("ADDRESS", html.escape(url)))


def _append(paragraph: Paragraph, xml: str) -> None:
    """Append an XML element to a paragraph."""
    paragraph._p.append(_parsed(xml))  # pyright: ignore[reportPrivateUsage]


def _set_row_property(row: _Row, xml: str) -> None:
    """Add an XML element to the properties of a row."""
    row._tr.get_or_add_trPr().append(_parsed(xml))  # pyright: ignore[reportPrivateUsage]


def _parsed(xml: str) -> BaseOxmlElement:
    """Parse an XML fragment, with its namespaces in place of `{}`."""
    from docx.oxml import parse_xml

    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return parse_xml(xml.replace("{}", declared))


def _undated(document: bytes) -> bytes:
    """Return a copy of a document in which all files of the archive have one timestamp."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, TIMESTAMP.timetuple()[:6])
            new.writestr(entry, old.read(name), zipfile.ZIP_DEFLATED)
    return data.getvalue()
