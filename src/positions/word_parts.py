"""The parts of a Word document that are written as its format has them.

`{}` stands for the names of spaces, see `positions.documents`.
"""

from __future__ import annotations

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
