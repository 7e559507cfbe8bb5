"""neo4j-graphrag's HybridRetriever on the Neo4j of NEO4J_URI: a vector index with the bundled model's vectors and a
full-text index with Neo4j's Dutch analyser."""

import os
import re
from collections.abc import Sequence

import neo4j
from neo4j_graphrag.embeddings.base import Embedder
from neo4j_graphrag.retrievers import HybridRetriever
from timed import TOP, Ask, run

from graph.meaning import open_encoder

_LUCENE = re.compile(r'[+\-!(){}\[\]^"~*?:\\/&|]')
"""What Lucene's query language would read as more than a word; the retriever passes questions on as they are."""


class Bundled(Embedder):
    def __init__(self) -> None:
        super().__init__()
        self._encoder = open_encoder()

    def embed_query(self, text: str) -> list[float]:
        return self._encoder.encode_queries([text])[0].tolist()


def build(texts: list[str]) -> Ask:
    encoder = open_encoder()
    auth = (os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"])
    driver = neo4j.GraphDatabase.driver(os.environ["NEO4J_URI"], auth=auth, notifications_min_severity="OFF")
    # Neo4j refuses a zero vector
    rows = [
        {"at": at, "text": text, "vector": row.tolist() if row.any() else None}
        for at, (text, row) in enumerate(zip(texts, encoder.encode_passages(texts), strict=True))
    ]
    for query in (
        "MATCH (n:Peer) DETACH DELETE n",
        "CREATE VECTOR INDEX peer_vectors IF NOT EXISTS FOR (n:Peer) ON n.vector OPTIONS {indexConfig: "
        f"{{`vector.dimensions`: {encoder.info.dimension}, `vector.similarity_function`: 'cosine'}}}}",
        "CREATE FULLTEXT INDEX peer_words IF NOT EXISTS FOR (n:Peer) ON EACH [n.text] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'dutch', `fulltext.eventually_consistent`: false}}",
    ):
        driver.execute_query(query)
    driver.execute_query("UNWIND $rows AS row CREATE (n:Peer) SET n = row", rows=rows)
    driver.execute_query("CALL db.awaitIndexes(300)")
    retriever = HybridRetriever(driver, "peer_vectors", "peer_words", Bundled(), return_properties=["at"])

    def ask(question: str) -> Sequence[int]:
        found = retriever.get_search_results(_LUCENE.sub(" ", question), top_k=TOP)
        return [record["node"]["at"] for record in found.records]

    return ask


run("graphrag", build)
