"""XMP that claims PDF/A and PDF/UA in one file.

WeasyPrint takes one variant per file. PDF/A-1a turns tagging on, so only the PDF/UA identifier
and its extension schema are missing. Every namespace is declared on its own rdf:Description:
PDFBox Preflight cannot read the form that WeasyPrint writes by default.
"""

from html import escape

import weasyprint
from weasyprint.document import DocumentMetadata

NAMESPACES = {
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}

UA_SCHEMA = (
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    f"<pdfaSchema:namespaceURI>{NAMESPACES['pdfuaid']}</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name>"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property>"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas>"
)


def _description(prefixes: str, body: str) -> str:
    if not body:
        return ""
    declared = " ".join(f'xmlns:{p}="{NAMESPACES[p]}"' for p in prefixes.split())
    return f'<rdf:Description rdf:about="" {declared}>{body}</rdf:Description>'


def _alternatives(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'


class Metadata(DocumentMetadata):
    def generate_rdf_metadata(self, variant: str, version: str, conformance: str) -> bytes:
        parts = [
            _description(
                "pdfaid",
                f"<pdfaid:part>{version}</pdfaid:part>"
                f"<pdfaid:conformance>{conformance}</pdfaid:conformance>",
            ),
            _description("pdfuaid", "<pdfuaid:part>1</pdfuaid:part>"),
            _description("pdfaExtension pdfaSchema pdfaProperty", UA_SCHEMA),
            _description("pdf", self._producer()),
            _description("dc", self._dublin_core()),
            _description("xmp", self._origin()),
        ]
        rdf = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        return f"<rdf:RDF {rdf}>{''.join(parts)}</rdf:RDF>".encode()

    def _producer(self) -> str:
        keywords = escape(", ".join(self.keywords))
        producer = f"<pdf:Producer>WeasyPrint {weasyprint.__version__}</pdf:Producer>"
        return producer + (f"<pdf:Keywords>{keywords}</pdf:Keywords>" if keywords else "")

    def _dublin_core(self) -> str:
        body = f"<dc:title>{_alternatives(self.title or '')}</dc:title>"
        if self.authors:
            names = "".join(f"<rdf:li>{escape(name)}</rdf:li>" for name in self.authors)
            body += f"<dc:creator><rdf:Seq>{names}</rdf:Seq></dc:creator>"
        if self.description:
            body += f"<dc:description>{_alternatives(self.description)}</dc:description>"
        return body

    def _origin(self) -> str:
        values = {
            "CreatorTool": self.generator,
            "CreateDate": self.created,
            "ModifyDate": self.modified,
        }
        return "".join(
            f"<xmp:{tag}>{escape(value)}</xmp:{tag}>" for tag, value in values.items() if value
        )
