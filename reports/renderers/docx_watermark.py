"""The watermark 草稿 in a Word document: a text shape in every header, as Word's own dialogue makes it."""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml

SHAPE = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><w:rPr><w:noProof/></w:rPr>
<w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>
<v:f eqn="if @0 @4 21600"/></v:formulas>
<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape id="LanshanDraft{number}" o:spid="_x0000_s{number}" type="#_x0000_t136" alt="草稿" style="position:absolute;\
width:380pt;height:170pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;\
mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin"
 fillcolor="#d9d9d9" stroked="f"><v:fill opacity=".5"/><v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt"
 string="草稿"/></v:shape></w:pict></w:r>"""


def draw_watermark(section: Any) -> None:
    """Draw 草稿 across every page of the section that has a header of its own."""
    for order, header in enumerate((section.header, section.even_page_header)):
        header.is_linked_to_previous = False
        header.paragraphs[0]._p.append(parse_xml(SHAPE.format(number=2049 + order)))
