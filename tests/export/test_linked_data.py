"""Web Annotation and schema.org, read back with rdflib; FollowTheMoney, with its own library."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import SDO
from show.conftest import make_hostile, make_sample
from show.timelines import make_eventful

from asreported.export import ftm, schema_org, web_annotation
from asreported.export.countries import ALPHA_2
from asreported.record import Form, Record, Sector

from .hostile_records import hostile_records

OA = Namespace("http://www.w3.org/ns/oa#")
ASR = Namespace(web_annotation.OWN)
# The terms of the Web Annotation vocabulary that we use, as its JSON-LD context maps them; written down here so that
# the tests need no network.
ANNO: dict[str, Any] = {
    "oa": str(OA),
    "dc": "http://purl.org/dc/elements/1.1/",
    "as": "http://www.w3.org/ns/activitystreams#",
    "dctypes": "http://purl.org/dc/dcmitype/",
    "rdf": str(RDF),
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@vocab"},
    "Annotation": "oa:Annotation",
    "AnnotationPage": "as:OrderedCollectionPage",
    "TextualBody": "oa:TextualBody",
    "SpecificResource": "oa:SpecificResource",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "Text": "dctypes:Text",
    "classifying": "oa:classifying",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "via": {"@id": "oa:via", "@type": "@id"},
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "value": "rdf:value",
    "format": "dc:format",
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
}


def read_annotations(record: Record) -> Graph:
    page = json.loads("".join(web_annotation.write([record])))
    assert page["@context"][0] == web_annotation.CONTEXT
    page["@context"][0] = ANNO
    return Graph().parse(data=json.dumps(page), format="json-ld")


def one(graph: Graph, subject: Any, predicate: URIRef) -> Any:
    (value,) = graph.objects(subject, predicate)
    return value


def check_annotations(record: Record, graph: Graph) -> None:
    """The data model's rules: each annotation a target, each target one source and selectors that pick its words."""
    text = record.document.text
    found = set(graph.subjects(RDF.type, OA.Annotation))
    assert len(found) == len(record.statements) + len(record.events) + len(record.times)
    picked = []
    for annotation in found:
        assert one(graph, annotation, OA.motivatedBy) == OA.classifying
        assert (one(graph, annotation, OA.hasBody), RDF.type, OA.TextualBody) in graph
        assert list(graph.objects(annotation, OA.hasTarget))
        for target in graph.objects(annotation, OA.hasTarget):
            assert isinstance(one(graph, target, OA.hasSource), URIRef)
            by_type = {one(graph, s, RDF.type): s for s in graph.objects(target, OA.hasSelector)}
            position, quote = by_type[OA.TextPositionSelector], by_type[OA.TextQuoteSelector]
            start, end = (int(one(graph, position, edge)) for edge in (OA.start, OA.end))
            exact, prefix, suffix = (str(one(graph, quote, part)) for part in (OA.exact, OA.prefix, OA.suffix))
            assert len(exact) == end - start
            if "\ufffd" not in exact + prefix + suffix:
                assert text[start:end] == exact
                assert text[:start].endswith(prefix)
                assert text[end:].startswith(suffix)
            picked.append((start, end))
    spans = [span for s in record.statements for span in s.content]
    spans += [e.trigger for e in record.events] + [t.span for t in record.times]
    assert sorted(picked) == sorted((span.start, span.end) for span in spans)


@pytest.mark.parametrize("make", [make_eventful, make_sample])
def test_web_annotations_pick_the_words_of_every_fact(make: Any) -> None:
    check_annotations(make(), read_annotations(make()))


def test_an_event_names_its_status_and_whose_word_it_is() -> None:
    graph = read_annotations(make_eventful())
    body = one(graph, URIRef("urn:x-asreported:event:doc-7be3:ev-fired"), OA.hasBody)
    assert str(one(graph, body, ASR.status)) == "negated"
    assert one(graph, body, ASR.carrier) == URIRef("urn:x-asreported:statement:doc-7be3:st-5")
    assert (one(graph, body, ASR.carrier), RDF.type, OA.Annotation) in graph


@settings(max_examples=15)
@given(hostile_records())
def test_no_words_break_web_annotations(record: Record) -> None:
    check_annotations(record, read_annotations(record))


def read_schema_org(record: Record) -> Graph:
    written = "".join(schema_org.write([record]))
    assert "<" not in written  # so that it may stand in a page's script element
    data = json.loads(written)
    assert data["@context"] == "https://schema.org"
    data["@context"] = {"@vocab": str(SDO), "url": {"@type": "@id"}}
    return Graph().parse(data=json.dumps(data), format="json-ld")


@pytest.mark.parametrize("make", [make_eventful, make_sample, make_hostile])
def test_schema_org_has_every_statement_and_no_term_of_our_own(make: Any) -> None:
    record = make()
    graph = read_schema_org(record)
    quotations, claims = (set(graph.subjects(RDF.type, kind)) for kind in (SDO.Quotation, SDO.Claim))
    assert len(claims) == sum(s.form is Form.INDIRECT for s in record.statements)
    assert len(quotations) == len(record.statements) - len(claims)
    known = set(dir(SDO))
    for _, predicate, object in graph:
        term = object if predicate == RDF.type else predicate
        assert term == RDF.type or term in known, f"schema.org has no {term}"
    assert "reviewRating" not in "".join(schema_org.write([record]))


def test_schema_org_says_whose_words_they_are_and_where() -> None:
    graph = read_schema_org(make_eventful())
    quotation = URIRef("urn:x-asreported:statement:doc-7be3:st-2")
    speaker = one(graph, quotation, SDO.spokenByCharacter)
    assert one(graph, speaker, SDO.name) == Literal("Dana Roth")
    assert one(graph, one(graph, quotation, SDO.isPartOf), SDO.publisher)
    unresolved = URIRef("urn:x-asreported:statement:doc-7be3:st-7")
    assert list(graph.objects(unresolved, SDO.author)) == []


@settings(max_examples=15)
@given(hostile_records())
def test_no_words_break_schema_org(record: Record) -> None:
    graph = read_schema_org(record)
    assert len(set(graph.subjects(RDF.type, SDO.NewsArticle))) == 1


def read_ftm(record: Record) -> list[Any]:
    """The entities as the library takes them: known schema and properties, valid values, none thrown away."""
    library = pytest.importorskip("followthemoney", reason="pip install 'followthemoney>=4,<5' (it needs ICU)")
    proxies = []
    for line in "".join(ftm.write([record])).splitlines():
        data = json.loads(line)
        schema = library.model.get(data["schema"])
        assert schema is not None, data["schema"]
        assert set(data["properties"]) <= set(schema.properties), data
        schema.validate(data)
        cleaned = library.model.get_proxy(data, cleaned=False)
        kept = library.model.get_proxy(data, cleaned=True)
        for name, values in data["properties"].items():
            if name in ("country", "date", "startDate", "endDate", "publishedAt", "language", "proof", "entity"):
                assert sorted(cleaned.get(name)) == sorted(set(values)), (name, values)
        proxies.append(kept)
    ids = {proxy.id for proxy in proxies}
    for proxy in proxies:
        for name in ("proof", "document", "resolved", "involved", "entity"):
            if proxy.schema.get(name) is not None:
                assert set(proxy.get(name)) <= ids
    return proxies


@pytest.mark.parametrize("make", [make_eventful, make_sample, make_hostile])
def test_follow_the_money_takes_every_entity(make: Any) -> None:
    record = make()
    kinds = [proxy.schema.name for proxy in read_ftm(record)]
    assert kinds.count("Article") == 1
    assert kinds.count("Event") == len(record.events)
    assert kinds.count("Note") == len(record.statements)


def test_follow_the_money_keeps_status_country_and_date() -> None:
    record = make_eventful()
    record.actors = tuple(replace(actor, country="UKR", sector=Sector.GOV) for actor in record.actors)
    proxies = read_ftm(record)
    (talks,) = [p for p in proxies if p.schema.name == "Event" and p.get("recordId") == ["ev-talks2"]]
    assert {"status:cancelled", "voice:statement"} <= set(talks.get("keywords"))
    assert talks.get("date") == ["2027-03-11"]
    (roth,) = [p for p in proxies if p.schema.name == "Person" and p.get("name") == ["Dana Roth"]]
    assert (roth.schema.name, roth.get("country"), roth.get("position")) == ("Person", ["ua"], ["Foreign Minister"])


def test_every_country_code_is_one_that_follow_the_money_knows() -> None:
    library = pytest.importorskip("followthemoney", reason="pip install 'followthemoney>=4,<5' (it needs ICU)")
    countries = library.types.registry.country
    assert [code for code in ALPHA_2.values() if not countries.validate(code)] == []


@settings(max_examples=30)
@given(hostile_records())
def test_no_words_break_follow_the_money(record: Record) -> None:
    lines = "".join(ftm.write([record])).splitlines()
    assert len([json.loads(line) for line in lines if "Event" in line]) >= len(record.events)
    read_ftm(record)


def test_follow_the_money_gets_no_value_longer_than_it_takes() -> None:
    record = make_eventful()
    record.document = replace(
        record.document, text=record.document.text + "".join(f"{n} words. " for n in range(20_000)), outlet="y" * 2000
    )
    (article,) = [proxy for proxy in read_ftm(record) if proxy.schema.name == "Article"]
    assert len(article.get("bodyText")) > 3
    assert 0 <= len(record.document.text) - sum(map(len, article.get("bodyText"))) < 9  # spaces at the cuts
    assert article.get("publisher") == ["y" * 1023 + "…"]
